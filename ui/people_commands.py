"""`hochoi users` and `hochoi audit`. They work beside a running server."""

import argparse
import sys
from dataclasses import asdict

from hochoi.people.accounts import Account, Accounts
from hochoi.people.audit import Actor, AuditLog, verify_audit
from hochoi.people.database import PeopleDatabase
from hochoi.people.passwords import Passwords, temporary_password
from hochoi.people.person import Role
from hochoi.settings import Settings
from ui.command_log import command_actor
from ui.output import print_json, print_line


def users(settings: Settings, options: argparse.Namespace) -> int:
    """Carry out one action on the accounts."""
    with PeopleDatabase(settings.people_path) as people:
        accounts = Accounts(people, AuditLog(people), Passwords())
        by = command_actor()
        match options.action:
            case "list":
                _list(accounts, as_json=options.json)
            case "add":
                _add(accounts, options, by)
            case "password":
                account, password = accounts.named(options.name), _password(options)
                accounts.set_password(account, password, by, must_change=True)
                _say_password(account, password, options)
            case _:
                _change(accounts, options, by)
    return 0


def audit(settings: Settings, options: argparse.Namespace) -> int:
    """Print events, oldest first; exit 1 when the log was tampered with."""
    with PeopleDatabase(settings.people_path) as people:
        events = AuditLog(people).events(
            who=options.who,
            action=options.action,
            since=options.since,
            until=options.until,
            limit=options.limit,
        )
        problems = verify_audit(people)
    for event in reversed(events):
        if options.json:
            print_json(asdict(event))
        else:
            detail = f"  {event.detail}" if event.detail else ""
            print_line(
                f"{event.number:6d}  {event.at}  {event.who or '-'}  {event.address or '-'}"
                f"  {event.action}  {event.object or '-'}  {event.result}{detail}"
            )
    for problem in problems:
        sys.stderr.write(f"Nhật ký đã bị sửa.\nerror: {problem}\n")
    return 1 if problems else 0


def _list(accounts: Accounts, *, as_json: bool) -> None:
    found = accounts.all()
    if as_json:
        print_json([_json(account, accounts.wait_s(account)) for account in found])
        return
    for account in found:
        states = ["disabled"] if account.is_disabled else []
        states += ["must change password"] if account.must_change else []
        wait_s = accounts.wait_s(account)
        states += [f"locked for {wait_s} s"] if wait_s else []
        roles = ", ".join(sorted(account.roles))
        print_line(f"{account.name:24s}  {roles:30s}  {', '.join(states) or 'active'}")
    print_line(f"{len(found)} accounts")


def _json(account: Account, wait_s: int) -> dict[str, object]:
    return {
        "name": account.name,
        "roles": sorted(account.roles),
        "is_disabled": account.is_disabled,
        "must_change": account.must_change,
        "wait_s": wait_s,
        "origin": account.origin,
        "created_at": account.created_at,
    }


def _add(accounts: Accounts, options: argparse.Namespace, by: Actor) -> None:
    password = _password(options)
    roles = [Role(name) for name in options.role or [Role.OFFICIAL.value]]
    account = accounts.add(options.name, roles, by, password=password, must_change=True)
    print_line(f"added {account.name} ({', '.join(sorted(account.roles))})")
    _say_password(account, password, options)


def _change(accounts: Accounts, options: argparse.Namespace, by: Actor) -> None:
    account = accounts.named(options.name)
    match options.action:
        case "role":
            account = accounts.set_roles(account, [Role(name) for name in options.role], by)
            print_line(f"{account.name}: {', '.join(sorted(account.roles))}")
        case "disable":
            print_line(f"disabled {accounts.disable(account, by).name}")
        case "enable":
            print_line(f"enabled {accounts.enable(account, by).name}")
        case "unlock":
            accounts.unlock(account, by)
            print_line(f"unlocked {account.name}")
        case "logout":
            accounts.end_sessions(account, by)
            print_line(f"signed {account.name} out everywhere")
        case other:
            raise ValueError(other)


def _password(options: argparse.Namespace) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return temporary_password()


def _say_password(account: Account, password: str, options: argparse.Namespace) -> None:
    if not options.password_stdin:
        print_line(f"first password of {account.name}, to be changed at once: {password}")
