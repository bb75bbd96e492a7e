"""Sentences that corpus reports state, in wordings of their own, and altered ones that they do not.

The wordings change form only: number and date formats, abbreviations, province spellings, a
lead-in. Each alteration changes one digit, date, name, or turns host and visitor round.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from hochoi.citations import Verifier
from hochoi.dates.finding import DatePhrase, find_dates
from hochoi.drafting.stated_facts import FactReader
from hochoi.language.abbreviations import load_abbreviations
from hochoi.language.sentences import sentence_spans
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.settings import SHIPPED
from hochoi.types import Report, SourceFile, Span
from hochoi.verification.draft_sentences import MarkedSentence, plain
from hochoi.verification.offers import Offered
from ingest.chunking import chunk
from ingest.readers import read
from ingest.visit_fields import describe

CORPUS = SHIPPED / "corpus"
_SYLLABLES = "Tuấn Hạnh Cường Diệp Khoa Nhung Vinh Quyên Thịnh Loan Đạt Yến Sáng Thảo Duy".split()
_PERSON = re.compile(
    r"(?:ông|bà|đồng chí|Chủ tịch|Giám đốc|Bí thư|Trưởng ban|Chánh Văn phòng)(?: [^\W\d_]+){0,7}? "
    r"((?:[A-ZĐÀ-ỸĂÂÊÔƠƯ][a-zà-ỹđăâêôơư]+ ){1,3}[A-ZĐÀ-ỸĂÂÊÔƠƯ][a-zà-ỹđăâêôơư]+)"
)


@dataclass(frozen=True)
class TrueSentence:
    """A sentence and the passage of a report that states it."""

    text: str
    report: Report
    passage: Span

    def is_shown(self, text: str) -> bool:
        """Return whether `text`, citing this passage, survives verification."""
        return self.verdict(text) == "shown"

    def verdict(self, text: str) -> str:
        """Return "shown", or the reason why `text` is dropped."""
        verifier = Verifier([Offered(1, self.report, self.passage)], fact_reader())
        kept = verifier.check(MarkedSentence(text, (1,)))
        return "shown" if kept is not None else next(iter(verifier.dropped)).value


@cache
def provinces() -> ProvinceTable:
    """Return the shipped table."""
    return ProvinceTable.read(CORPUS / "provinces.csv")


@cache
def fact_reader() -> FactReader:
    """Return a reader with the shipped tables."""
    return FactReader(provinces(), load_abbreviations(CORPUS / "abbreviations.toml"))


@cache
def corpus_reports() -> tuple[tuple[Report, tuple[Span, ...]], ...]:
    """Return the sample reports with the places of their passages."""
    topics = TopicTable.read(CORPUS / "topics.toml")
    found = []
    for path in sorted((CORPUS / "reports").iterdir()):
        extraction = read(SourceFile(path.name, path.read_bytes()), 2**20)
        visit = describe(extraction, provinces(), topics)
        report = Report(path.stem, path.name, extraction.text, extraction.format, "", visit)
        passages = chunk(path.stem, report.text, extraction.headings)
        found.append((report, tuple(Span(p.start, p.end) for p in passages)))
    return tuple(found)


def true_sentences(chance: random.Random) -> list[TrueSentence]:
    """Return every sentence of the corpus with something to alter, reworded, in random order."""
    sentences = []
    for report, passages in corpus_reports():
        for passage in passages:
            for span in sentence_spans(report.text[passage.start : passage.end]):
                text = report.text[passage.start + span.start : passage.start + span.end]
                words = plain(text)
                if 8 <= len(words.split()) <= 70 and words[-1] in ".;":
                    sentences.append(TrueSentence(reworded(words, chance), report, passage))
    chance.shuffle(sentences)
    return sentences


def reworded(text: str, chance: random.Random) -> str:
    """Return the same statement in another form."""
    changes: list[Callable[[str], str]] = [
        lambda s: re.sub(r"(\d),(\d{1,2})%", r"\1.\2 %", s),
        lambda s: re.sub(r"(\d)%", r"\1 phần trăm", s),
        lambda s: re.sub(r"(?<=ngày )(\d{1,2})/(\d{1,2})/(20\d\d)", r"\1 tháng \2 năm \3", s),
        lambda s: re.sub(r"(?<=ngày )0?(\d)/0?(\d)(?=[ ,/])", r"0\1/0\2", s),
        lambda s: re.sub(r"tháng (\d{1,2})/(20\d\d)", r"tháng \1 năm \2", s),
        lambda s: re.sub(r"(?:Thành phố|TP\.?) ?Hồ Chí Minh", "TP.HCM", s),
        lambda s: re.sub(r"(?<!-)\bUBND\b", "Ủy ban nhân dân", s),
        lambda s: s.replace("Ủy ban nhân dân", "UBND"),
        lambda s: re.sub(r"(?<![\d/,.])0([1-9])(?= [a-zà-ỹđ])", r"\1", s),
        lambda s: "Theo báo cáo, " + s[0].lower() + s[1:] if s[1].islower() else s,
        lambda s: s.rstrip(".;") + ".",
        lambda s: re.sub(r"(?<!\d)(\d)\.(\d{3})(?![.\d])", r"\1\2", s),
    ]
    for change in chance.sample(changes, 4):
        text = change(text)
    return text


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


def role_sentences() -> Iterator[tuple[TrueSentence, str]]:
    """Yield sentences of our own about who visited whom, each with its false reverse."""
    for report, passages in corpus_reports():
        hosts = {p.value.province for p in report.visit.host if p.value.province}
        visitors = {p.value.province for p in report.visit.visitors if p.value.province}
        if len(hosts) != 1 or len(visitors) != 1 or hosts == visitors:
            continue
        host, visitor = *hosts, *visitors
        for wording in _ROLE_WORDINGS:
            text = wording.format(host=host, visitor=visitor)
            turned = wording.format(host=visitor, visitor=host)
            yield TrueSentence(text, report, passages[0]), turned


def altered_digit(text: str, chance: random.Random) -> str | None:
    """Return the text with one digit exchanged; numbers of list items are left alone."""
    places = [m.start() for m in re.finditer(r"\d", text)]
    if not places:
        return None
    place = chance.choice(places)
    others = [d for d in "0123456789" if d != text[place]]
    return text[:place] + chance.choice(others) + text[place + 1 :]


def altered_date(text: str, chance: random.Random) -> str | None:
    """Return the text with the day, month or year of one date moved."""
    dates = [d for d in find_dates(text) if re.search(r"\d", d.text)]
    if not dates:
        return None
    phrase = chance.choice(dates)
    numbers = list(re.finditer(r"\d+", phrase.text))
    number = chance.choice(numbers)
    moved = _moved(number[0], chance)
    changed = phrase.text[: number.start()] + moved + phrase.text[number.end() :]
    return (
        text[: phrase.start] + changed + text[phrase.end :] if _is_date(changed, phrase) else None
    )


def _moved(number: str, chance: random.Random) -> str:
    value = int(number)
    top = 12 if value <= 12 else 28 if value <= 31 else 9999
    new = value + chance.choice([-3, -2, -1, 1, 2, 3])
    return str(new if 1 <= new <= top else max(1, value - 1) if value > 1 else 2).zfill(len(number))


def _is_date(changed: str, phrase: DatePhrase) -> bool:
    found = find_dates(changed)
    return len(found) == 1 and (found[0].first, found[0].day, found[0].month) != (
        phrase.first,
        phrase.day,
        phrase.month,
    )


def altered_name(text: str, chance: random.Random) -> str | None:
    """Return the text with one syllable of one person's name exchanged."""
    people = [m for m in _PERSON.finditer(text) if not provinces().find(m[1])]
    if not people:
        return None
    person = chance.choice(people)
    words = person[1].split(" ")
    place = chance.randrange(len(words))
    words[place] = chance.choice([s for s in _SYLLABLES if s not in words])
    return text[: person.start(1)] + " ".join(words) + text[person.end(1) :]


def altered_order(text: str, report: Report) -> str | None:
    """Return the text with the host and the visitor of the report exchanged."""
    hosts = {p.value.province for p in report.visit.host if p.value.province}
    visitors = {p.value.province for p in report.visit.visitors if p.value.province}
    mentions = [m for m in provinces().find(text) if m.province in hosts ^ visitors]
    names = {m.province for m in mentions}
    if not (names & hosts and names & visitors) or len(names) != 2:
        return None
    host, visitor = (next(m.text for m in mentions if m.province in s) for s in (hosts, visitors))
    pieces, position = [], 0
    for mention in mentions:
        pieces += [text[position : mention.start], visitor if mention.province in hosts else host]
        position = mention.end
    return "".join([*pieces, text[position:]])


def alterations(sentence: TrueSentence, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (what was changed, altered text) for everything the sentence offers."""
    for name, alter in (
        ("digit", altered_digit),
        ("date", altered_date),
        ("name", altered_name),
    ):
        altered = alter(sentence.text, chance)
        if altered is not None:
            yield name, altered
    turned = altered_order(sentence.text, sentence.report)
    if turned is not None:
        yield "order", turned
