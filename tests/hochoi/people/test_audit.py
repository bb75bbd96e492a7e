"""The log is whole, or the check says at which event it is not."""

import logging
import random

import pytest

from hochoi.errors import HocHoiError
from hochoi.people.audit import Actor, one_line, verify_audit
from tests.people_door import BY, People

DAY = 24 * 3600


def fill(people: People, count: int = 12) -> None:
    for number in range(count):
        people.audit.write(BY, "report.add", f"báo cáo {number}")


def change(people: People, sql: str) -> None:
    with people.db.writing() as db:
        db.execute(sql)


def test_audit_as_written_has_no_problem(people: People) -> None:
    assert verify_audit(people.db) == ()
    fill(people)
    assert verify_audit(people.db) == ()


def test_audit_event_says_who_when_from_where_what_and_result(people: People) -> None:
    people.audit.write(Actor("an", "10.0.0.7"), "report.add", "hd01", detail="3 đoạn")
    (event,) = people.audit.events()
    assert event.at == "2023-11-14T22:13:20+00:00"
    assert (event.who, event.address, event.action) == ("an", "10.0.0.7", "report.add")
    assert (event.object, event.result, event.detail) == ("hd01", "done", "3 đoạn")


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE audit SET who = 'khác' WHERE number = 5", "event 5 is not as it was written"),
        ("UPDATE audit SET result = 'refused' WHERE number = 1", "event 1 is not"),
        ("UPDATE audit SET hash = 'x' WHERE number = 12", "event 12 is not"),
        ("DELETE FROM audit WHERE number = 7", "event 7 is missing"),
        ("DELETE FROM audit WHERE number = 1", "event 1 is missing"),
        ("DELETE FROM audit WHERE number > 10", "events after 10 are missing"),
        ("DELETE FROM audit", "events after 0 are missing"),
        ("UPDATE audit SET number = 99 WHERE number = 3", "event 3 is missing"),
        (
            "UPDATE audit SET object = (SELECT object FROM audit WHERE number = 4) "
            "WHERE number = 3",
            "event 3 is not",
        ),
    ],
)
def test_audit_changed_is_found_at_the_event(people: People, sql: str, problem: str) -> None:
    fill(people)
    change(people, sql)
    (found,) = verify_audit(people.db)
    assert problem in found


def test_audit_a_hundred_random_changes_are_all_found(people: People) -> None:
    fill(people, 20)
    choose = random.Random(7)
    columns = ["at", "who", "address", "action", "object", "result", "detail", "previous", "hash"]
    for _ in range(100):
        number, column = choose.randint(1, 20), choose.choice(columns)
        with people.db.reading() as db:
            sql = f"SELECT {column} FROM audit WHERE number = {number}"
            before = db.execute(sql).fetchone()[0]
        change(people, f"UPDATE audit SET {column} = {column} || ' ' WHERE number = {number}")
        assert f"event {number} is not as it was written" in str(verify_audit(people.db))
        with people.db.writing() as db:
            db.execute(f"UPDATE audit SET {column} = ? WHERE number = {number}", (before,))
    assert verify_audit(people.db) == ()


def test_audit_is_kept_a_year_and_stays_verifiable(people: People) -> None:
    fill(people, 3)
    people.clock.now += 200 * DAY
    fill(people, 2)
    people.clock.now += 167 * DAY
    fill(people, 1)
    assert [e.number for e in people.audit.events()] == [6, 5, 4]
    assert verify_audit(people.db) == ()
    people.clock.now += 1000 * DAY
    fill(people, 1)
    assert [e.number for e in people.audit.events()] == [7]
    assert verify_audit(people.db) == ()
    change(people, "DELETE FROM audit WHERE number = 7")
    assert verify_audit(people.db) != ()


def test_audit_one_event_is_one_line_whatever_is_in_it(people: People) -> None:
    people.audit.write(BY, "report.add", "a\nb\r\x1b[31m\u2028đỏ\u202e" + "x" * 999)
    text = people.audit.events()[0].object
    assert text.isprintable()
    assert text.startswith("a\\u000ab\\u000d\\u001b[31m\\u2028đỏ\\u202e")
    assert len(text) <= 300


def test_one_line_leaves_vietnamese_as_it_is() -> None:
    assert one_line("Đoàn công tác tỉnh Thừa Thiên Huế") == "Đoàn công tác tỉnh Thừa Thiên Huế"


def test_audit_events_can_be_narrowed(people: People) -> None:
    people.audit.write(Actor("an", ""), "report.add", "1")
    people.clock.now += DAY
    people.audit.write(Actor("binh", ""), "report.remove", "2")
    people.audit.write(Actor("an", ""), "account.add", "3")
    audit = people.audit
    assert [e.object for e in audit.events(who="an")] == ["3", "1"]
    assert [e.object for e in audit.events(action="report.")] == ["2", "1"]
    assert [e.object for e in audit.events(since="2023-11-15")] == ["3", "2"]
    assert [e.object for e in audit.events(until="2023-11-15")] == ["1"]
    assert [e.object for e in audit.events(limit=1)] == ["3"]


def test_audit_change_and_event_are_written_together_or_not_at_all(people: People) -> None:
    change(people, "DROP TABLE audit")  # stands for a disk that refuses
    with pytest.raises(HocHoiError):
        people.add("an")
    assert people.accounts.all() == ()


def test_audit_process_log_has_the_seal_and_no_name(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        people.audit.write(BY, "report.add", "báo cáo mật")
    assert "audit number=1 action=report.add result=done hash=" in caplog.text
    assert "mật" not in caplog.text
    assert BY.who not in caplog.text
