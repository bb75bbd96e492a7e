"""The JSON objects hold exactly the keys of DESIGN.md 7, "not stated" as null."""

import json
from datetime import date

import pytest

from hochoi.types import (
    Answer,
    Cell,
    Choice,
    Citation,
    Filters,
    Hit,
    Outcome,
    Party,
    PartyKind,
    Passage,
    Person,
    Report,
    Row,
    Sentence,
    Source,
    Stated,
    Table,
    Visit,
)
from hochoi.understood import (
    AskedDates,
    AskedProvince,
    AskedRegion,
    Chip,
    ProvinceRole,
    QuestionKind,
    Understood,
)
from tests.ui.command_line import Program
from ui.json_output import answer_json, hit_json, report_json, visit_json

VISIT_KEYS = [
    "title", "host", "visitors", "date_first", "date_last", "date_text", "places",
    "head_of_delegation", "deputy_heads", "host_leads", "participants", "document_numbers",
    "topics", "source_url", "published",
]  # fmt: skip
TEXT = "Đoàn thăm\n\nNgày 5/5, 12 người."
VISIT = Visit(
    title="Đoàn thăm",
    host=(Stated(Party("tỉnh Long An", "Long An", "Tây Ninh", PartyKind.PROVINCE), 0, 4),),
    visitors=(Stated(Party("Bộ Nội vụ Lào", None, None, PartyKind.FOREIGN), 0, 4),),
    date_text=Stated("Ngày 5/5", 11, 19),
    date_first=date(2025, 5, 5),
    date_last=date(2025, 5, 6),
    places=(Stated("Quận 1", 0, 1),),
    head_of_delegation=Stated(Person("Tạ Văn Dũng", None), 0, 1),
    deputy_heads=(Stated(Person(None, "Phó Giám đốc"), 0, 1),),
    host_leads=(Stated(Person("A", "B"), 0, 1),),
    participants=Stated(12, 21, 23),
    document_numbers=(Stated("683/SNV-CCVC", 0, 1),),
    topics=("mot_cua",),
    source_url="https://a.vn",
    published=date(2025, 5, 7),
)
REPORT = Report("r1", "a.txt", TEXT, "txt", "0" * 64, VISIT, warnings=("w",))


LATER_KEYS = {
    "suggestion",
    "generator",
    "table",
    "understood",
    "choices",
    "confidence",
}  # added since; null when there is nothing to say


def design_keys(found: dict[str, object]) -> dict[str, object]:
    """Return an answer without the keys that came later, which may be missing."""
    return {key: value for key, value in found.items() if key not in LATER_KEYS}


def test_visit_json_full_visit() -> None:
    assert visit_json(VISIT) == {
        "title": "Đoàn thăm",
        "host": [
            {"text": "tỉnh Long An", "province": "Long An", "current": "Tây Ninh",
             "kind": "province"}
        ],
        "visitors": [
            {"text": "Bộ Nội vụ Lào", "province": None, "current": None, "kind": "foreign"}
        ],
        "date_first": "2025-05-05",
        "date_last": "2025-05-06",
        "date_text": "Ngày 5/5",
        "places": ["Quận 1"],
        "head_of_delegation": {"name": "Tạ Văn Dũng", "title": None},
        "deputy_heads": [{"name": None, "title": "Phó Giám đốc"}],
        "host_leads": [{"name": "A", "title": "B"}],
        "participants": 12,
        "document_numbers": ["683/SNV-CCVC"],
        "topics": ["mot_cua"],
        "source_url": "https://a.vn",
        "published": "2025-05-07",
    }  # fmt: skip


def test_visit_json_nothing_stated_is_null_or_empty() -> None:
    found = visit_json(Visit("Đoàn thăm"))
    assert list(found) == VISIT_KEYS
    assert {key for key, value in found.items() if value == []} == {
        "host", "visitors", "places", "deputy_heads", "host_leads", "document_numbers", "topics",
    }  # fmt: skip
    assert {key for key, value in found.items() if value is None} == {
        "date_first", "date_last", "date_text", "head_of_delegation", "participants",
        "source_url", "published",
    }  # fmt: skip


def test_report_json_shape() -> None:
    found = report_json(REPORT)
    assert found.pop("visit") == visit_json(VISIT)
    assert found == {
        "report_id": "r1",
        "file_name": "a.txt",
        "title": "Đoàn thăm",
        "status": "published",
        "version": 1,
        "warnings": ["w"],
        "warning_sentences": ["w"],
        "pages": None,
    }


def test_answer_json_shape() -> None:
    citation = Citation(1, "r1", 11, 30, TEXT[11:30])
    answer = Answer(
        "Bao nhiêu?",
        Outcome.ANSWERED,
        sentences=(Sentence("Có 12 người.", (citation,)),),
        sources=(Source(1, REPORT),),
        related=(REPORT,),
        timings_ms=(("search", 1.23456),),
        confidence=0.93456,
    )
    assert answer_json(answer)["confidence"] == 0.935
    reference = {
        "report_id": "r1",
        "file_name": "a.txt",
        "title": "Đoàn thăm",
        "host": ["tỉnh Long An"],
        "visitors": ["Bộ Nội vụ Lào"],
        "date_text": "Ngày 5/5",
        "url": "https://a.vn",
    }
    assert design_keys(answer_json(answer)) == {
        "question": "Bao nhiêu?",
        "outcome": "answered",
        "notice": None,
        "sentences": [
            {
                "text": "Có 12 người.",
                "citations": [
                    {
                        "number": 1,
                        "report_id": "r1",
                        "start": 11,
                        "end": 30,
                        "quote": TEXT[11:30],
                        "page": None,
                    }
                ],
            }
        ],
        "sources": [{"number": 1, **reference}],
        "related": [reference],
        "timings_ms": {"search": 1.23},
    }


@pytest.mark.parametrize("outcome", [Outcome.ABSTAINED, Outcome.CLARIFY])
def test_answer_json_other_outcomes_keep_the_shape(outcome: Outcome) -> None:
    choices = (Choice("Huế", "Giá vàng ở Huế?"),) if outcome is Outcome.CLARIFY else ()
    found = answer_json(Answer("Giá vàng?", outcome, notice="Không có.", choices=choices))
    assert found["choices"] == [{"label": c.label, "question": c.question} for c in choices]
    assert design_keys(found) == {
        "question": "Giá vàng?",
        "outcome": outcome.value,
        "notice": "Không có.",
        "sentences": [],
        "sources": [],
        "related": [],
        "timings_ms": {},
    }


def test_answer_json_holds_what_was_understood_and_the_table() -> None:
    citation = Citation(1, "r1", 0, 9, TEXT[0:9])
    understood = Understood(
        QuestionKind.LIST,
        "Liệt kê các đoàn đến Long An năm 2025",
        chips=(Chip("province:Long An", "province", "Long An"),),
        provinces=(AskedProvince("Long An", "Long An", "Tây Ninh", ProvinceRole.HOST),),
        dates=(AskedDates("năm 2025", date(2025, 1, 1), None),),
        topics=("mot_cua",),
        regions=(AskedRegion("miền Nam", ProvinceRole.HOST),),
        groups=("foreign",),
        document_numbers=("683/SNV-CCVC",),
        carried=("province:Long An",),
    )
    found = answer_json(
        Answer(
            "Liệt kê",
            Outcome.ANSWERED,
            (Sentence("Có 1 chuyến.", (citation,)),),
            (Source(1, REPORT),),
            understood=understood,
            table=Table(("title", "head"), (Row(1, (Cell("Đoàn thăm", (citation,)), Cell(None))),)),
        )
    )
    assert found["understood"] == {
        "kind": "list",
        "question": "Liệt kê các đoàn đến Long An năm 2025",
        "chips": [{"key": "province:Long An", "kind": "province", "text": "Long An"}],
        "provinces": [
            {"text": "Long An", "province": "Long An", "current": "Tây Ninh", "role": "host"}
        ],
        "dates": [{"text": "năm 2025", "first": "2025-01-01", "last": None}],
        "topics": ["mot_cua"],
        "regions": [{"name": "miền Nam", "role": "host"}],
        "groups": ["foreign"],
        "document_numbers": ["683/SNV-CCVC"],
        "carried": ["province:Long An"],
    }
    quote = {
        "number": 1,
        "report_id": "r1",
        "start": 0,
        "end": 9,
        "quote": "Đoàn thăm",
        "page": None,
    }
    assert found["table"] == {
        "columns": ["title", "head"],
        "rows": [{"number": 1, "cells": ["Đoàn thăm", None], "citations": [quote]}],
    }


def test_hit_json_shape() -> None:
    passage = Passage("r1:11-30", "r1", "", 11, 30, TEXT[11:30])
    found = hit_json(Hit(passage, 0.12345678, 1), REPORT)
    assert found.pop("visit") == visit_json(VISIT)
    assert found == {
        "rank": 1,
        "score": 0.123457,
        "report_id": "r1",
        "file_name": "a.txt",
        "passage_id": "r1:11-30",
        "start": 11,
        "end": 30,
        "page": None,
        "text": TEXT[11:30],
    }


def test_commands_print_json_on_one_line_with_vietnamese_readable(filled: Program) -> None:
    for arguments in (
        ["reports"],
        ["ask", "Đoàn Cà Mau gồm bao nhiêu người?"],
        ["search", "Cà Mau"],
    ):
        ran = filled(*arguments, "--json")
        assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 1)
        assert "Cà Mau" in ran.out


def test_ask_json_quotes_stand_in_the_report(filled: Program) -> None:
    found = filled("ask", "Đoàn Cà Mau gồm bao nhiêu người?", "--json").json
    hits = filled("search", "Cà Mau", "--json").json
    assert isinstance(found, dict)
    assert isinstance(hits, list)
    citation = found["sentences"][0]["citations"][0]
    passage = next(h for h in hits if h["report_id"] == citation["report_id"])
    start = citation["start"] - passage["start"]
    assert passage["text"][start : start + len(citation["quote"])] == citation["quote"]
    assert json.dumps(found, ensure_ascii=False)


def test_filters_are_empty_by_default() -> None:
    assert not Filters()
