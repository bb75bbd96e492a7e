"""The arguments of the commands about the life of reports. Imports nothing heavy."""

import argparse
from pathlib import Path
from typing import Protocol


class AddCommand(Protocol):
    """Adds a command to the program."""

    def __call__(self, name: str, text: str) -> argparse.ArgumentParser:
        """Return the parser of a new command."""


def add_commands(add: AddCommand) -> None:
    """Add what an administrator does with reports, jobs and the library as a whole."""
    remove = add("remove", "remove a report and all that was made from it")
    drafts = add("drafts", "list the reports that wait for a person")
    show_draft = add("show-draft", "show a draft: text, fields with their sentences, warnings")
    publish = add("publish", "make a draft, or an older version, live")
    add_kin_choice(publish)
    refuse = add("refuse", "delete a draft")
    correct = add("correct", "set visit fields of a draft or a published report")
    jobs = add("jobs", "list the jobs of uploaded files, cancel one, try refused files again")
    choice = jobs.add_mutually_exclusive_group()
    choice.add_argument("--cancel", type=int, metavar="JOB", help="take waiting files out of line")
    choice.add_argument("--retry", type=int, metavar="JOB", help="try refused files again")
    check = add("check", "compare record, originals and indexes")
    check.add_argument("--repair", action="store_true", help="make again what is derived")
    backup = add("backup", "write one file with everything, while the server runs")
    restore = add("restore", "bring a backup back; nobody may serve or write meanwhile")
    restore.add_argument("--replace", action="store_true", help="put the library there aside")
    for command in (backup, restore):
        command.add_argument("file", type=Path, metavar="FILE")
    for command in (remove, show_draft, publish, refuse, correct):
        command.add_argument("report_id", metavar="REPORT_ID")
    correct.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    for command in (
        drafts,
        show_draft,
        publish,
        refuse,
        correct,
        remove,
        jobs,
        check,
        backup,
        restore,
    ):
        command.add_argument("--json", action="store_true", help="print JSON")


def add_kin_choice(parser: argparse.ArgumentParser) -> None:
    """Add what shall happen to a report that seems to be a new version of a published one."""
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--replace", action="store_true", help="a new version replaces the old one")
    choice.add_argument("--keep-both", action="store_true", help="a new version is another report")
