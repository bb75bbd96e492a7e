"""Which function runs a command about the life of reports; each imports its own libraries."""

import argparse
from collections.abc import Callable

from hochoi.settings import Settings

Command = Callable[[Settings, argparse.Namespace], int]
NAMES = frozenset(
    {"drafts", "show-draft", "publish", "refuse", "correct", "jobs", "check", "backup", "restore"}
)


def command(name: str) -> Command:
    """Return the verb of one of `NAMES`."""
    if name == "check":
        from ui.lifecycle.check import check

        return check
    if name in ("backup", "restore"):
        from ui.lifecycle import backup

        return backup.backup if name == "backup" else backup.restore
    if name == "jobs":
        from ui.lifecycle.jobs import jobs

        return jobs
    from ui.lifecycle import drafts

    return {
        "drafts": drafts.drafts,
        "show-draft": drafts.show_draft,
        "publish": drafts.publish,
        "refuse": drafts.refuse,
        "correct": drafts.correct,
    }[name]
