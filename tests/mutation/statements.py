"""True statements with the passages that they cite: sentences of reports and of our own answers.

Two sets of reports: the corpus, on which the rules of verification were made, and 90 short
reports of `tests/data/visit_fields_unseen`, which those rules had not seen. Alters nothing.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hochoi.answering import answer
from hochoi.citations import Verifier
from hochoi.drafting.stated_facts import FactReader
from hochoi.language.abbreviations import load_abbreviations
from hochoi.language.sentences import sentence_spans
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.settings import SHIPPED
from hochoi.types import Report, Sentence, SourceFile, Span
from hochoi.verification.draft_sentences import MarkedSentence, plain
from hochoi.verification.offers import Offered
from hochoi.workspace import Workspace
from ingest.chunking import chunk
from ingest.readers import read
from ingest.visit_fields import describe

CORPUS = SHIPPED / "corpus"
UNSEEN = Path(__file__).parents[1] / "data" / "visit_fields_unseen"
_REWORDINGS = Path(__file__).with_name("rewordings.tsv")  # report, tab, sentence
_IMAGINED = "(Văn bản giả định"  # the last line of each unseen report


@dataclass(frozen=True)
class Statement:
    """A true sentence and the passages of one report that it cites."""

    text: str
    report: Report
    passages: tuple[Span, ...]
    origin: str  # "corpus", "unseen" or "answer"

    def verdict(self, text: str) -> str:
        """Return "shown", or the reason why `text`, citing these passages, is dropped."""
        offered = [Offered(n, self.report, span) for n, span in enumerate(self.passages, 1)]
        verifier = Verifier(offered, fact_reader())
        kept = verifier.check(MarkedSentence(text, tuple(o.number for o in offered)))
        return "shown" if kept is not None else next(iter(verifier.dropped)).value


@dataclass(frozen=True)
class Passages:
    """A report and the places of its passages."""

    report: Report
    spans: tuple[Span, ...]


@cache
def provinces() -> ProvinceTable:
    """Return the shipped table."""
    return ProvinceTable.read(CORPUS / "provinces.csv")


@cache
def fact_reader() -> FactReader:
    """Return a reader with the shipped tables."""
    return FactReader(provinces(), load_abbreviations(CORPUS / "abbreviations.toml"))


@cache
def reports_in(folder: Path) -> tuple[Passages, ...]:
    """Return the reports of a folder as they would be published."""
    topics = TopicTable.read(CORPUS / "topics.toml")
    found = []
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        extraction = read(SourceFile(path.name, path.read_bytes()), 2**20)
        visit = describe(extraction, provinces(), topics)
        report = Report(path.stem, path.name, extraction.text, extraction.format, "", visit)
        passages = chunk(path.stem, report.text, extraction.headings)
        found.append(Passages(report, tuple(Span(p.start, p.end) for p in passages)))
    return tuple(found)


def corpus_reports() -> tuple[Passages, ...]:
    """Return the sample reports."""
    return reports_in(CORPUS / "reports")


def unseen_reports() -> tuple[Passages, ...]:
    """Return the reports that the rules of verification were not made on."""
    return reports_in(UNSEEN)


def report_statements(reports: Sequence[Passages], origin: str) -> list[Statement]:
    """Return every sentence of some reports that a person would call one, in their order."""
    found = []
    for one in reports:
        text = one.report.text
        for passage in one.spans:
            for span in sentence_spans(text[passage.start : passage.end]):
                words = plain(text[passage.start + span.start : passage.start + span.end])
                is_sentence = 8 <= len(words.split()) <= 70 and words[-1] in ".;"
                if is_sentence and not words.startswith(_IMAGINED):
                    found.append(Statement(words, one.report, (passage,), origin))
    return found


def answer_statements(ws: Workspace, questions: Sequence[str]) -> Iterator[Statement]:
    """Yield the sentences of extractive answers that cite one report, with what they cite."""
    spans = {one.report.file_name: one.spans for one in corpus_reports()}
    for question in questions:
        found = answer(ws, question)
        for sentence in found.sentences if found.table is None else ():
            if len({c.report_id for c in sentence.citations}) == 1:
                report = ws.reports[sentence.citations[0].report_id]
                cited = tuple(s for s in spans[report.file_name] if _cites(sentence, s))
                yield Statement(plain(sentence.text), report, cited, "answer")


def _cites(sentence: Sentence, span: Span) -> bool:
    return any(c.start < span.end and span.start < c.end for c in sentence.citations)


def rewordings() -> list[Statement]:
    """Return sentences that a person worded freely after reading a sample report; all are true."""
    by_id = {one.report.report_id: one for one in corpus_reports()}
    found = []
    for line in _REWORDINGS.read_text(encoding="utf-8").splitlines():
        report_id, text = line.split("\t")
        found.append(Statement(text, by_id[report_id].report, by_id[report_id].spans, "free"))
    return found


def drawn(statements: Sequence[Statement], count: int, chance: random.Random) -> list[Statement]:
    """Return some statements, each text once, all of them when there are fewer."""
    each = list({statement.text: statement for statement in statements}.values())
    return chance.sample(each, min(count, len(each)))


_ROLE_WORDINGS = (
    "{visitor} đến làm việc với {host}.",
    "{visitor} học {host}.",
    "Đoàn {visitor} đến {host} trao đổi kinh nghiệm.",
    "Đoàn công tác của {visitor} học tập kinh nghiệm tại {host}.",
    "{host} tiếp đoàn {visitor}.",
    "{host} chia sẻ kinh nghiệm với {visitor}.",
    "{visitor} sang thăm {host}.",
    "{visitor} được {host} giới thiệu kinh nghiệm.",
)


def role_statements(reports: Sequence[Passages]) -> Iterator[tuple[Statement, str]]:
    """Yield sentences of our own about who visited whom, each with its false reverse."""
    for one in reports:
        visit = one.report.visit
        hosts = {p.value.province for p in visit.host if p.value.province}
        visitors = {p.value.province for p in visit.visitors if p.value.province}
        if len(hosts) != 1 or len(visitors) != 1 or hosts == visitors:
            continue
        host, visitor = *hosts, *visitors
        for wording in _ROLE_WORDINGS:
            text = wording.format(host=host, visitor=visitor)
            turned = wording.format(host=visitor, visitor=host)
            yield Statement(text, one.report, one.spans[:1], "roles"), turned
