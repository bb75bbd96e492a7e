"""The arguments of `users` and `audit`. Imports nothing heavy: every command parses them."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hochoi.people.person import Role


def add_commands(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add `users` with its actions, and `audit`."""
    actions = add("users", "manage accounts").add_subparsers(
        dest="action", required=True, metavar="ACTION"
    )

    def act(name: str, text: str) -> argparse.ArgumentParser:
        parser = actions.add_parser(name, help=text, description=text)
        parser.add_argument("--var", type=Path, default=argparse.SUPPRESS, help="data directory")
        return parser

    listed = act("list", "list the accounts")
    listed.add_argument("--json", action="store_true", help="print JSON")
    make = act("add", "make an account and print its first password once")
    make.add_argument("name", metavar="NAME")
    make.add_argument(
        "--role", action="append", choices=[r.value for r in Role], help="repeat for several"
    )
    _add_stdin(make)
    change = act("role", "give an account exactly these roles")
    change.add_argument("name", metavar="NAME")
    change.add_argument("role", nargs="+", choices=[r.value for r in Role], metavar="ROLE")
    password = act("password", "set a new first password and print it once")
    password.add_argument("name", metavar="NAME")
    _add_stdin(password)
    for name, text in (
        ("disable", "let an account sign in no more"),
        ("enable", "let a disabled account sign in again"),
        ("unlock", "let an account be tried at once after failures"),
        ("logout", "sign an account out everywhere"),
    ):
        act(name, text).add_argument("name", metavar="NAME")
    audit = add("audit", "print the log of who did what, newest last")
    audit.add_argument("--who", default="", help="only this person")
    audit.add_argument("--action", default="", help="only actions that begin so, e.g. account.")
    audit.add_argument(
        "--since", type=_day, default="", metavar="YYYY-MM-DD", help="from this day (UTC)"
    )
    audit.add_argument(
        "--until", type=_day, default="", metavar="YYYY-MM-DD", help="before this day (UTC)"
    )
    audit.add_argument("--limit", type=int, default=1000, help="at most so many (default 1000)")
    audit.add_argument("--json", action="store_true", help="print JSON, one event a line")


def _day(text: str) -> str:
    """Return a day as the log writes it; argparse makes a sentence of the ValueError of others."""
    return date.fromisoformat(text).isoformat() if text else ""


def _add_stdin(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input"
    )
