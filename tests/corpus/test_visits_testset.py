"""The shipped test sets agree with the shipped reports."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from evaluation.answers import missing_words
from evaluation.testset import TestSet, read_testset
from hochoi.text import fold, has_diacritics
from hochoi.types import SourceFile
from ingest.readers import read

CORPUS = Path(__file__).parents[2] / "corpus"
FOLDER = CORPUS / "testsets" / "visits"
SEED = "000_69676b97deb71c3b.txt"
OVER_VISITS = {"list", "count", "compare", "timeline"}
KINDS = {"who", "when", "where", "how_many", "document", "content", "result"}
KINDS |= OVER_VISITS | {"out_of_scope"}
REFUSED = {"not_stated", "no_such_visit", "judgement", "off_topic", "order", "nonsense"}
TAGS = {"accented", "unaccented", "abbreviated", "old_name", "new_name", "follow_up", "swapped"}
TAGS |= {"ask_back"} | REFUSED


@pytest.fixture(scope="module")
def testset() -> TestSet:
    return read_testset(FOLDER)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The text of every shipped report by file name."""
    return {
        path.name: read(SourceFile(path.name, path.read_bytes()), 50 * 2**20).text
        for path in sorted((CORPUS / "reports").iterdir())
    }


@pytest.mark.parametrize("name", ["visits", "topics", "figures"])
def test_expected_words_stand_in_their_report(name: str, texts: dict[str, str]) -> None:
    """In the only right report; where several are right, in one of them."""
    testset = read_testset(CORPUS / "testsets" / name)
    relevant = testset.relevant()

    def stands(words: str, report: str) -> bool:
        return words in texts[report] and not missing_words(texts[report], [words])

    absent = [
        (expectation.query_id, words)
        for expectation in testset.expectations
        for words in expectation.expected
        if not any(stands(words, report) for report in relevant[expectation.query_id])
    ]
    assert absent == []


def test_visits_answerable_questions_have_reports_and_expected_words(testset: TestSet) -> None:
    relevant = testset.relevant()
    for expectation in testset.expectations:
        reports = len(relevant[expectation.query_id])
        if expectation.ask_back:
            assert reports >= 2, expectation
        elif expectation.kind in OVER_VISITS:
            assert reports >= 1, expectation
        elif expectation.answerable:
            assert reports in {1, 2}, expectation
        else:
            assert reports == 0, expectation
        has_words = expectation.answerable and not expectation.ask_back
        assert bool(expectation.expected) == has_words, expectation


def test_visits_is_balanced_over_the_ways_of_asking(testset: TestSet) -> None:
    found = testset.expectations
    tags = Counter(tag for e in found for tag in e.tags)
    assert len(found) >= 300
    assert sum(not e.answerable for e in found) >= 60
    assert tags["follow_up"] >= 40
    assert sum(bool({"unaccented", "abbreviated"} & set(e.tags)) for e in found) >= 40
    assert min(tags["old_name"], 40) == 40
    assert min(tags["swapped"], tags["ask_back"]) >= 10


def test_visits_ids_are_numbered_and_agree_in_all_files(testset: TestSet) -> None:
    ids = [f"q{number:03}" for number in range(1, len(testset.questions) + 1)]
    assert [question.query_id for question in testset.questions] == ids
    assert [expectation.query_id for expectation in testset.expectations] == ids


def test_visits_named_reports_are_shipped(testset: TestSet, texts: dict[str, str]) -> None:
    assert testset.missing({name: name for name in texts}) == ()


def test_visits_is_large_enough_beyond_the_seed(testset: TestSet) -> None:
    others = [qrel for qrel in testset.qrels if qrel.doc_id != SEED]
    assert len(others) >= 40
    assert len({qrel.doc_id for qrel in others}) >= 30


def test_visits_questions_are_asked_once(testset: TestSet) -> None:
    asked = Counter(" ".join(fold(question.text).split()) for question in testset.questions)
    assert [text for text, times in asked.items() if times > 1] == []


def test_visits_tags_say_what_is_true(testset: TestSet) -> None:
    for question, expectation in zip(testset.questions, testset.expectations, strict=True):
        tags = set(expectation.tags)
        accents = "accented" if has_diacritics(question.text) else "unaccented"
        assert tags <= TAGS, question
        assert expectation.kind in KINDS, question
        assert tags & {"accented", "unaccented"} == {accents}, question
        assert ("follow_up" in tags) == bool(question.history), question
        assert ("ask_back" in tags) == expectation.ask_back, question
        assert len(tags & REFUSED) == (0 if expectation.answerable else 1), question


@pytest.mark.parametrize("name", ["queries.jsonl", "answers.jsonl", "qrels/test.tsv"])
def test_visits_files_are_nfc(name: str) -> None:
    content = (FOLDER / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", content)
    assert "\r" not in content


def test_visits_readme_counts_what_the_set_holds(testset: TestSet) -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")] for line in readme.splitlines()]
    told = {
        (row[1], answerable): int(number)
        for row in rows
        if len(row) == 5 and row[1] in KINDS
        for answerable, number in ((True, row[2]), (False, row[3]))
        if number
    }
    assert told == dict(Counter((e.kind, e.answerable) for e in testset.expectations))
    assert f"{len(testset.questions)} questions" in readme
