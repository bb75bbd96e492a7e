"""Laws of passages: exact, whole, in order, short enough, and each repeats a sentence."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hochoi.language.sentences import sentence_spans
from hochoi.types import Passage, SourceFile
from ingest.chunking import MAX_CHARS, MAX_OVERLAP_CHARS, chunk
from ingest.readers import read

REPORTS = Path(__file__).parents[2] / "corpus" / "reports"
sentences = st.builds(
    lambda word, count, end: " ".join([word.capitalize()] + [word] * count) + end,
    st.sampled_from(["đoàn", "huyện", "tỉnh", "a", "x" * 90]),
    st.integers(0, 60),
    st.sampled_from([".", "!", "?", ";", ""]),
)
texts = st.lists(st.lists(sentences, max_size=6).map(" ".join), max_size=12).map("\n".join)


def assert_laws(text: str, passages: tuple[Passage, ...], max_chars: int) -> None:
    covered = 0
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.passage_id == f"r:{passage.start}-{passage.end}"
        assert 0 < len(passage.text) <= max_chars
        assert passage.text == passage.text.strip()
        assert not text[covered : passage.start].strip(), "a word between passages"
        covered = max(covered, passage.end)
    assert not text[covered:].strip()
    for one, next_one in pairwise(passages):
        assert one.start < next_one.start
        assert one.end < next_one.end


@settings(max_examples=80, deadline=None)
@given(texts, st.sampled_from([50, 120, MAX_CHARS]))
def test_chunk_any_text_keeps_the_laws(text: str, max_chars: int) -> None:
    assert_laws(text, chunk("r", text, max_chars=max_chars), max_chars)


@settings(max_examples=60, deadline=None)
@given(texts, st.data())
def test_chunk_headings_name_the_section_and_start_it(text: str, data: st.DataObject) -> None:
    lines = [line for line in text.split("\n")[1:] if line.strip()]
    headings = data.draw(st.lists(st.sampled_from(lines), max_size=3)) if lines else []
    passages = chunk("r", text, headings, max_chars=120)
    assert_laws(text, passages, 120)
    for passage in passages:
        above = text[: passage.start + len(passage.section)]
        assert not passage.section or f"\n{passage.section}\n" in f"\n{above}\n"


@settings(max_examples=60, deadline=None)
@given(texts)
def test_chunk_whole_sentences_and_one_repeated(text: str) -> None:
    spans = sentence_spans(text)
    starts, ends = {s.start for s in spans}, {s.end for s in spans}
    passages = chunk("r", text)
    for one, next_one in pairwise(passages):
        shared = [s for s in spans if next_one.start <= s.start and s.end <= one.end]
        assert len(shared) <= 1
        if one.end in ends and one.start in starts and next_one.end in ends:
            last = next(s for s in spans if s.end == one.end)
            following = next(s for s in spans if s.start >= one.end)
            fits = following.end - last.start <= MAX_CHARS
            short = last.end - last.start <= MAX_OVERLAP_CHARS
            alone = last.start <= one.start
            assert bool(shared) == (fits and short and not alone)


def test_chunk_corpus_passages_keep_the_laws_and_are_long() -> None:
    short = 0
    for path in REPORTS.iterdir():
        found = read(SourceFile(path.name, path.read_bytes()), 10**7)
        passages = chunk("r", found.text, found.headings)
        assert_laws(found.text, passages, MAX_CHARS)
        short += sum(len(p.text) < 800 for p in passages[:-1])
    assert short <= 2


def test_chunk_repeats_exactly_the_last_sentence() -> None:
    text = " ".join(f"Câu số {n} dài vừa phải để thử." for n in range(10, 20))
    first, second, *_ = chunk("r", text, max_chars=100)
    assert first.text == " ".join(f"Câu số {n} dài vừa phải để thử." for n in (10, 11, 12))
    assert second.text == " ".join(f"Câu số {n} dài vừa phải để thử." for n in (12, 13, 14))


def test_chunk_short_report_with_headings_is_one_passage() -> None:
    text = "Tiêu đề\n\nPhần 1\nMột.\nPhần 2\nHai."
    (passage,) = chunk("r", text, ("Phần 1", "Phần 2"))
    assert (passage.text, passage.section) == (text, "")


def test_chunk_long_sections_stay_apart() -> None:
    long = "Câu dài vừa phải. " * 40
    text = f"Tiêu đề\n\nPhần 1\n{long}\nPhần 2\n{long}"
    passages = chunk("r", text, ("Phần 1", "Phần 2"))
    assert [p.section for p in passages] == ["", "Phần 2"]
    assert passages[1].text.startswith("Phần 2\n")


def test_chunk_blank_text_has_no_passage() -> None:
    assert chunk("r", " \n\n ") == ()


def test_chunk_too_small_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 50, got 49"):
        chunk("r", "a", max_chars=49)


@pytest.mark.parametrize(
    "text",
    ["x" * 2**20, "từ " * 2**18, "Câu. " * 2**15, "A\n" * 2**16],
    ids=["no space", "no stop", "short", "lines"],
)
def test_chunk_megabyte_takes_linear_time(text: str) -> None:
    def seconds(part: str) -> float:
        start = time.process_time()
        assert_laws(part, chunk("r", part, ["A"]), MAX_CHARS)
        return time.process_time() - start

    quarter = max(seconds(text[: len(text) // 4]), 0.05)
    assert seconds(text) < 10 * quarter
