"""Every command that changes the library leaves its lines in the log of who did what."""

import json
import os
from pathlib import Path

import pytest

from hochoi.people.audit import verify_audit
from hochoi.people.database import PeopleDatabase
from tests.ui.command_line import LONG_AN, Program
from ui.admin.audit_page import ACTION_LABELS
from ui.command_log import command_actor

Line = tuple[str, str, str, str]  # action, object, result, detail


def log(program: Program) -> list[Line]:
    events = program("audit", "--json").json_lines
    assert {event["who"] for event in events} <= {command_actor().who}
    return [tuple(str(e[k]) for k in ("action", "object", "result", "detail")) for e in events]  # type: ignore[misc]


def ids(program: Program) -> list[str]:
    found = json.loads(program("reports", "--all", "--json").out)
    return [report["report_id"] for report in found if report["report_id"]]


def test_life_of_a_report_can_be_read_in_the_log(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(LONG_AN, encoding="utf-8")
    bad = tmp_path / "b.txt"
    bad.write_bytes(b"")
    assert program("ingest", "--review", path, bad).code == 1
    (report_id,) = ids(program)
    assert program("correct", report_id, "participants=12").code == 0
    assert program("publish", report_id).code == 0
    assert program("remove", report_id).code == 0
    assert program("ingest", "--review", path).code == 0
    assert program("refuse", report_id).code == 0
    assert log(program) == [
        ("report.ingest", "", "done", "begun: 2 files"),
        ("report.ingest", "", "done", "0 added, 1 held, 0 already present, 1 refused"),
        ("report.correct", report_id, "done", "participants"),
        ("report.publish", report_id, "done", ""),
        ("report.remove", report_id, "done", ""),
        ("report.ingest", "", "done", "begun: 1 files"),
        ("report.ingest", "", "done", "0 added, 1 held, 0 already present, 0 refused"),
        ("report.refuse", report_id, "done", ""),
    ]


def test_jobs_rebuilding_and_repairs_are_in_the_log(program: Program, reports: Path) -> None:
    assert program("ingest", "--queue", reports).code == 0
    assert program("jobs", "--cancel", "1").code == 0
    assert program("jobs", "--retry", "1").code == 0
    assert program("rebuild").code == 0
    assert program("check", "--repair").code == 0
    assert log(program) == [
        ("report.upload", "1", "done", "2 files"),
        ("job.cancel", "1", "done", "2 files"),
        ("job.retry", "1", "done", "0 files"),
        ("library.rebuild", "", "done", "0 passages"),
        ("library.repair", "", "done", "0 repaired"),
    ]


def test_backup_and_restore_are_in_the_log_that_came_back(filled: Program, tmp_path: Path) -> None:
    report_id = ids(filled)[0]
    assert filled("remove", report_id).code == 0
    assert filled("backup", tmp_path / "a.zip").code == 0
    assert filled("remove", ids(filled)[0]).code == 0
    assert filled("restore", "--replace", tmp_path / "a.zip").code == 0
    lines = log(filled)
    assert [line[:2] for line in lines] == [("report.remove", report_id), ("library.restore", "")]
    assert lines[-1][3].startswith("1 reports as of 20")


@pytest.mark.parametrize(
    ("arguments", "action"),
    [
        (("remove", "0" * 16), "report.remove"),
        (("publish", "0" * 16), "report.publish"),
        (("correct", "0" * 16, "participants=1"), "report.correct"),
        (("jobs", "--cancel", "7"), "job.cancel"),
    ],
)
def test_what_was_refused_is_in_the_log_too(
    filled: Program, arguments: tuple[str, ...], action: str
) -> None:
    assert filled(*arguments).code == 1
    ((found, _, result, detail),) = log(filled)
    assert (found, result, detail) == (action, "refused", "NotFoundError")


def test_nothing_is_done_where_the_log_cannot_be_written(filled: Program, var: Path) -> None:
    before = ids(filled)
    (var / "people.sqlite3").mkdir()
    for command in (("remove", before[0]), ("ingest", var), ("rebuild",)):
        assert filled(*command).code == 1
    os.rmdir(var / "people.sqlite3")
    assert ids(filled) == before


def test_lines_of_commands_are_chained_and_have_words(filled: Program, var: Path) -> None:
    filled("remove", ids(filled)[0])
    filled("rebuild")
    assert all(action in ACTION_LABELS for action, *_ in log(filled))
    with PeopleDatabase(var / "people.sqlite3") as people:
        assert verify_audit(people) == ()
        with people.writing() as db:
            db.execute("UPDATE audit SET who = 'ai đó' WHERE number = 1")
    ran = filled("audit")
    assert (ran.code, "event 1 is not as it was written" in ran.err) == (1, True)
