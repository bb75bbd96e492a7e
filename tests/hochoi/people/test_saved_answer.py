from dataclasses import replace

import pytest

from hochoi.people.saved_answer import (
    HITS_KEPT,
    decode_answer,
    decode_filters,
    encode_answer,
    encode_filters,
    slim,
)
from hochoi.types import (
    Answer,
    Cell,
    Choice,
    Filters,
    Hit,
    Outcome,
    Passage,
    Row,
    Table,
)
from hochoi.understood import AskedDates, AskedProvince, Chip, QuestionKind, Understood
from tests.ui.samples import OTHER, REPORT, abstained, answered, citation

UNDERSTOOD = Understood(
    QuestionKind.LIST,
    "Cà Mau đã đi những đâu?",
    (Chip("province:Cà Mau", "province", "Cà Mau"),),
    (AskedProvince("Cà Mau", "Cà Mau", "Cà Mau"),),
    (AskedDates("năm 2024", REPORT.visit.date_first, None),),
)


def hit(rank: int, report_id: str = REPORT.report_id, start: int = 0, end: int = 9) -> Hit:
    passage = Passage(f"{report_id}:{start}-{end}", report_id, "Kết quả", start, end, "x" * 9)
    return Hit(passage, 0.5, rank, signals=(("province", 0.25),))


FULL = replace(
    answered(),
    understood=UNDERSTOOD,
    table=Table(("date", "head"), (Row(1, (Cell("12/3", (citation(),)), Cell(None))),)),
    notice="Chỉ tính năm 2024.",
    suggestion="Đoàn Cà Mau?",
    timings_ms=(("total", 12.5),),
    hits=(hit(1), hit(2, OTHER.report_id)),
)
CLARIFY = Answer(
    "Đoàn nào?", Outcome.CLARIFY, notice="Năm nào?", choices=(Choice("2019", "Đoàn năm 2019?"),)
)


@pytest.mark.parametrize("answer", [FULL, CLARIFY, abstained(), answered()])
def test_answer_read_back_is_the_slim_answer(answer: Answer) -> None:
    assert decode_answer(encode_answer(answer)) == slim(answer)


def test_slim_keeps_citations_visits_and_order_and_drops_texts() -> None:
    kept = slim(FULL)
    assert kept.sentences == FULL.sentences
    assert kept.table == FULL.table
    assert kept.sources[0].report == replace(REPORT, text="")
    assert [r.report_id for r in kept.related] == [OTHER.report_id]
    assert "gồm 14 người đến" not in encode_answer(FULL).replace(citation().quote, "")


def test_slim_keeps_few_hits_per_shown_report_and_every_one_that_is_cited() -> None:
    many = tuple(hit(n, start=9 * n, end=9 * n + 9) for n in range(1, 20))
    kept = slim(replace(FULL, hits=(*many, hit(20, "elsewhere")))).hits
    cited = [h for h in many if any(
        h.passage.start <= c.start < h.passage.end for s in FULL.sentences for c in s.citations
    )]  # fmt: skip
    assert cited
    assert set(kept) == {
        replace(h, passage=replace(h.passage, text="")) for h in (*many[:HITS_KEPT], *cited)
    }


@pytest.mark.parametrize(
    "filters", [Filters(), Filters("Hải Dương", 2019, "DTI", frozenset({"date:2019", "x"}))]
)
def test_filters_read_back_are_the_same(filters: Filters) -> None:
    assert decode_filters(encode_filters(filters)) == filters


def test_answer_of_an_older_version_without_newer_fields_is_read() -> None:
    old = '{"question": "Ai?", "outcome": "abstained", "notice": "Không có."}'
    assert decode_answer(old) == Answer("Ai?", Outcome.ABSTAINED, notice="Không có.")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"question": "x", "outcome": "answered"}'])
def test_answer_from_something_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode_answer(text)
