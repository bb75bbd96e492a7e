"""What conversations keep of a removed report: that it was removed, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hochoi.people.conversations import Conversations
from hochoi.people.database import PeopleDatabase
from hochoi.people.forgetting import forget_reports, without_reports
from hochoi.types import Filters, Outcome
from tests.ui.samples import QUOTE, REPORT, TITLE, abstained, answered

WORDS = "[đã gỡ]"
LAN = "lan"


@pytest.fixture
def people(tmp_path: Path) -> Iterator[PeopleDatabase]:
    with PeopleDatabase(tmp_path / "people.sqlite3") as people:
        yield people


def keep(people: PeopleDatabase, question: str) -> str:
    kept = Conversations(people)
    conversation_id = kept.begin(LAN)
    turn_id = kept.ask(LAN, conversation_id, question, Filters())
    kept.answered(LAN, conversation_id, turn_id, answered())
    return conversation_id


def test_kept_answer_says_that_the_report_was_removed(
    people: PeopleDatabase, tmp_path: Path
) -> None:
    conversation_id = keep(people, "Ai đến?")
    cited = {c.report_id for s in answered().sentences for c in s.citations}
    assert forget_reports(people, sorted(cited), WORDS) == 1
    (turn,) = Conversations(people).turns(LAN, conversation_id)
    assert turn.answer is not None
    assert (turn.question, turn.answer.outcome) == ("Ai đến?", Outcome.ANSWERED)
    assert {s.text for s in turn.answer.sentences} == {WORDS}
    assert {c.quote for s in turn.answer.sentences for c in s.citations} == {""}
    assert {s.report.title for s in turn.answer.sources} == {WORDS}
    assert Conversations(people).find(LAN, QUOTE[:12]) == ()
    people.close()
    content = (tmp_path / "people.sqlite3").read_bytes()
    assert QUOTE.encode() not in content
    assert TITLE.encode() not in content
    assert REPORT.file_name.encode() not in content


def test_other_reports_stay_as_they_are(people: PeopleDatabase) -> None:
    conversation_id = keep(people, "Ai đến?")
    assert forget_reports(people, ["0000"], WORDS) == 0
    assert forget_reports(people, [], WORDS) == 0
    (turn,) = Conversations(people).turns(LAN, conversation_id)
    assert turn.answer is not None
    assert QUOTE in [c.quote for s in turn.answer.sentences for c in s.citations]


def test_report_that_was_only_near_is_left_out() -> None:
    answer = abstained()
    near = [r.report_id for r in answer.related]
    assert without_reports(answer, near, WORDS).related == ()
    assert without_reports(answer, ["0000"], WORDS) == answer
