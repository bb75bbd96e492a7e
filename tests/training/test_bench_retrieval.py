"""The retrieval bench: how it cuts, reports and draws. The systems themselves run in the bench."""

from datetime import date
from xml.etree import ElementTree

import pytest

from evaluation.measures import Metric, Result
from evaluation.runs import Latency
from evaluation.testset import Qrel, Question, TestSet
from training.bench_report import TABLE_END, TABLE_START, Cost, Line, chart, page, with_table
from training.bench_retrieval import shortened, unaccented
from training.bench_systems import CHUNK_CHARS, OVERLAP_CHARS, split_recursively


def line(system: str, *values: float) -> Line:
    metrics = tuple(Metric(f"q{n}", value) for n, value in enumerate(values))
    results = {"Success@1": Result("Success@1", metrics)}
    results["Success@10"] = Result("Success@10", tuple(Metric(m.query_id, 1.0) for m in metrics))
    return Line("toy", "accented", system, results, Cost(1.25, Latency(3.2, 9.8), 321))


LINES = [line("bm25-words", 0, 0, 1, 0), line("hochoi", 1, 1, 1, 0)]


@pytest.mark.parametrize("text", ["một hai ba", "một " * 900, "x" * 2500, "đoạn.\n\n" * 400])
def test_split_pieces_are_short_and_lose_no_word(text: str) -> None:
    pieces = split_recursively(text)
    assert all(0 < len(piece) <= CHUNK_CHARS for piece in pieces)
    assert set("".join(pieces).split()) >= set(text.split()) or len(text.split()) == 1
    assert sum(map(len, pieces)) >= len("".join(text.split()))


def test_split_neighbours_share_at_most_the_overlap() -> None:
    words = " ".join(f"w{n}" for n in range(600))
    first, second, *_ = split_recursively(words)
    shared = [w for w in second.split() if w in set(first.split())]
    assert 0 < len(" ".join(shared)) <= OVERLAP_CHARS


def test_page_shows_means_times_and_the_test() -> None:
    text = page(LINES, date(2026, 11, 24), "command")
    assert "| toy | ours, whole | 0.750 | 1.000 | 1.2 | 3 / 10 | 321 |" in text
    assert "0.250 (BM25 over words (underthesea, bm25s)) | +0.500 | 0.5000 |" in text


def test_page_without_baselines_leaves_the_test_out() -> None:
    assert "| - | - | - |" in page(LINES[1:], date(2026, 11, 24), "command")


def test_chart_is_svg_with_a_bar_per_system() -> None:
    root = ElementTree.fromstring(chart(LINES))
    bars = root.findall("{http://www.w3.org/2000/svg}rect")[1:]
    assert [bar.get("width") for bar in bars] == ["100.0", "300.0"]


def test_wordings_and_limits_keep_ids_and_judgements() -> None:
    questions = tuple(Question(f"q{n}", "Đoàn nào?") for n in range(3))
    testset = TestSet("toy", questions, tuple(Qrel(f"q{n}", "d", 1) for n in range(3)))
    assert [q.text for q in unaccented(testset).questions] == ["doan nao?"] * 3
    short = shortened(testset, 2)
    assert [q.query_id for q in short.questions] == ["q0", "q1"]
    assert len(short.qrels) == 2
    assert shortened(testset, None) == testset


def test_table_of_a_page_is_exchanged_and_the_rest_stays() -> None:
    text = with_table(f"before\n{TABLE_START}\nold\n{TABLE_END}\nafter", LINES, date(2026, 11, 24))
    assert "| toy | accented | 0.250 / 1.000 | 0.750 / 1.000 |" in text
    assert "old" not in text
    assert (text[:6], text[-6:]) == ("before", "\nafter")
    assert with_table(text, LINES, date(2026, 11, 24)) == text


def test_table_of_a_page_without_a_place_for_it_is_refused() -> None:
    with pytest.raises(ValueError, match="the page has no"):
        with_table("words", LINES, date(2026, 11, 24))
