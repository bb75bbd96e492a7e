"""How often a password may be tried: growing delays per account, a ceiling per address.

A try is counted before the password is looked at, so that many at once gain nothing. Delays end
by themselves: nobody, and not the last administrator, can be locked out for good.
"""

from hochoi.people.database import Connection

FREE_TRIES = 5
MAX_DELAY_S = 15 * 60
ADDRESS_TRIES = 60  # in `ADDRESS_WINDOW_S`; an office may share one address
ADDRESS_WINDOW_S = 15 * 60
_FORGOTTEN_S = 24 * 3600


def account_key(name_key: str) -> str:
    """Return what the failures of an account are counted under, whether it exists or not."""
    return f"account {name_key}"


def delay_s(failures: int) -> int:
    """Return how long to wait after so many failures in a row: 0, then 1, 2, 4, 8, 15 minutes."""
    if failures < FREE_TRIES:
        return 0
    return min(60 << min(failures - FREE_TRIES, 10), MAX_DELAY_S)


def begin_try(db: Connection, name_key: str, address: str, now: float) -> int:
    """Count a try, or say how many seconds to wait before the next one may be made.

    Args:
        db: Inside a transaction.
        name_key: Of the account that is tried; it need not exist.
        address: Where the try comes from.
        now: Seconds since 1970.
    """
    db.execute("DELETE FROM login_failures WHERE failed_at < ?", (now - _FORGOTTEN_S,))
    account, place = account_key(name_key), f"address {address}"
    waits = [_account_wait(db, account, now), _address_wait(db, place, now)]
    if max(waits) > 0:
        return max(waits)
    db.executemany("INSERT INTO login_failures VALUES (?, ?)", [(account, now), (place, now)])
    return 0


def forget_failures(db: Connection, name_key: str) -> int:
    """Forget the failures of an account, after a success or by an admin; return how many."""
    key = account_key(name_key)
    return db.execute("DELETE FROM login_failures WHERE failed_key = ?", (key,)).rowcount


def take_back(db: Connection, address: str, begun_at: float) -> None:
    """Let a try that succeeded not count for its address: an office may share one."""
    db.execute(
        "DELETE FROM login_failures WHERE rowid = (SELECT rowid FROM login_failures"
        " WHERE failed_key = ? AND failed_at = ? LIMIT 1)",
        (f"address {address}", begun_at),
    )


def wait_of(db: Connection, name_key: str, now: float) -> int:
    """Return how many seconds an account has to wait; 0 when it may be tried."""
    return max(_account_wait(db, account_key(name_key), now), 0)


def _account_wait(db: Connection, key: str, now: float) -> int:
    count, latest = db.execute(
        "SELECT count(*), max(failed_at) FROM login_failures WHERE failed_key = ?", (key,)
    ).fetchone()
    return _left(latest + delay_s(count) - now) if count else 0


def _address_wait(db: Connection, key: str, now: float) -> int:
    recent = db.execute(
        "SELECT failed_at FROM login_failures WHERE failed_key = ? AND failed_at > ?"
        " ORDER BY failed_at DESC LIMIT ?",
        (key, now - ADDRESS_WINDOW_S, ADDRESS_TRIES),
    ).fetchall()
    return _left(recent[-1][0] + ADDRESS_WINDOW_S - now) if len(recent) == ADDRESS_TRIES else 0


def _left(seconds: float) -> int:
    """Return whole seconds, rounded up."""
    return max(0, int(-(-seconds // 1)))
