"""At most ten tries of a password in fifteen minutes, and nobody locked out for good."""

from hochoi.people.lockout import begin_try, delay_s, forget_failures, wait_of
from tests.people_door import People


def tries_made(people: People, name: str, address: str, seconds: int) -> int:
    """Count the tries that an attacker who asks every second gets."""
    made = 0
    for second in range(seconds):
        with people.db.writing() as db:
            made += begin_try(db, name, address, people.clock() + second) == 0
    people.clock.now += seconds
    return made


def test_delay_grows_and_ends_at_a_quarter_of_an_hour() -> None:
    delays = [delay_s(failures) for failures in range(4, 12)]
    assert delays == [0, 60, 120, 240, 480, 900, 900, 900]


def test_tries_at_most_ten_in_fifteen_minutes_however_often_one_asks(people: People) -> None:
    assert tries_made(people, "a", "10.0.0.1", 900) <= 10
    assert 1 <= tries_made(people, "a", "10.0.0.1", 1800) <= 4


def test_tries_from_many_addresses_count_for_the_account(people: People) -> None:
    with people.db.writing() as db:
        waits = [begin_try(db, "a", f"10.0.0.{n}", 1000.0) for n in range(30)]
    assert waits.count(0) == 5


def test_tries_of_many_accounts_from_one_address_have_a_ceiling(people: People) -> None:
    with people.db.writing() as db:
        waits = [begin_try(db, f"account {n}", "10.0.0.1", 1000.0) for n in range(300)]
        assert waits.count(0) == 60
        assert begin_try(db, "another", "10.0.0.2", 1000.0) == 0
        assert begin_try(db, "another", "10.0.0.1", 1000.0 + 901) == 0


def test_tries_waiting_is_not_a_try(people: People) -> None:
    with people.db.writing() as db:
        for _ in range(5):
            begin_try(db, "a", "10.0.0.1", 1000.0)
        assert [begin_try(db, "a", "10.0.0.1", 1030.5) for _ in range(9)] == [30] * 9
        assert begin_try(db, "a", "10.0.0.1", 1060.0) == 0


def test_tries_forgotten_failures_free_the_account_at_once(people: People) -> None:
    with people.db.writing() as db:
        for _ in range(9):
            begin_try(db, "a", "10.0.0.1", 1000.0)
        assert wait_of(db, "a", 1000.0) == 60
        assert forget_failures(db, "a") == 5
        assert wait_of(db, "a", 1000.0) == 0


def test_tries_what_failed_yesterday_is_forgotten(people: People) -> None:
    with people.db.writing() as db:
        for number in range(500):
            begin_try(db, f"account {number}", "10.0.0.1", 1000.0 + number * 16)
        begin_try(db, "a", "10.0.0.9", 1000.0 + 2 * 24 * 3600)
        assert db.execute("SELECT count(*) FROM login_failures").fetchone()[0] == 2
