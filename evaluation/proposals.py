"""Published reports -> questions that a person may take into a test set. Rules only, no model.

From visit fields (who, when, how many, where, which document) and from sentences with one figure,
each with variants: typed without diacritics, abbreviated, with the other name of a province, host
and visitor swapped, and about a field that the report leaves out. A proposal is not a test
question: it counts nowhere until a person has approved it.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from hochoi.language.abbreviations import Abbreviations
from hochoi.language.numbers import NumberPhrase, find_numbers
from hochoi.language.sentences import sentence_spans
from hochoi.provinces import ProvinceTable
from hochoi.text import fold
from hochoi.types import Party, Report, Visit

_FEWEST_WORDS, _MOST_WORDS = 5, 22  # before a figure, for a question that reads well
_OPENERS = ("trong đó", "tuy nhiên", "ngoài ra", "bên cạnh đó", "theo đó", "đồng thời", "do đó")
_POINTERS = frozenset("này đó trên đây ấy ông bà anh chị họ".split())


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question with what its answer must hold, as rules read it from a report."""

    question: str
    kind: str
    expected: tuple[str, ...]
    document: str  # file name of the report; with nothing expected, the nearest one
    tags: tuple[str, ...]
    origin: str  # the rule, e.g. "field who" or "sentence"
    answerable: bool = True

    @property
    def proposal_id(self) -> str:
        """An id made from question and report: the same proposal has the same id."""
        return hashlib.sha256(f"{self.document}\n{self.question}".encode()).hexdigest()[:12]


class Proposer:
    """Turns reports into proposals."""

    def __init__(
        self, wording: Path, provinces: ProvinceTable, abbreviations: Abbreviations
    ) -> None:
        """Read the wording of questions, `prompts/questions.vi.toml`."""
        table: Mapping[str, list[str]] = tomllib.loads(wording.read_text("utf-8"))["question"]
        self._wording, self._provinces, self._abbreviations = table, provinces, abbreviations

    def propose(self, reports: Sequence[Report]) -> tuple[Proposal, ...]:
        """Return the proposals of all reports, report by report, no question twice."""
        journeys = {pair for report in reports for pair in _journeys(report.visit)}
        found: dict[str, Proposal] = {}
        for report in reports:
            plain = [*self._of_fields(report), *self._of_sentences(report)]
            for proposal in chain(plain, self._swapped(report, journeys)):
                for variant in (proposal, *self._variants(proposal)):
                    found.setdefault(variant.question.casefold(), variant)
        return tuple(found.values())

    def _of_fields(self, report: Report) -> Iterator[Proposal]:
        visit = report.visit
        names = _names(visit)
        if names is None:
            return
        for kind, values in _stated(visit):
            question = self._say(kind, report, **names)
            asked_kind = "who" if kind == "host_lead" else kind
            if values:
                yield Proposal(
                    question, asked_kind, values, report.file_name, ("accented",), f"field {kind}"
                )
            elif values is not None:
                yield Proposal(
                    question, asked_kind, (), report.file_name, ("accented", "not_stated"),
                    f"field {kind}", answerable=False,
                )  # fmt: skip

    def _of_sentences(self, report: Report) -> Iterator[Proposal]:
        for span in sentence_spans(report.text):
            sentence = report.text[span.start : span.end]
            numbers = find_numbers(sentence)
            if len(numbers) != 1 or not _reads_well(sentence, numbers[0]):
                continue
            number = numbers[0]
            subject = sentence[: number.start].strip(" ,;:–-")
            unit = number.unit or ""
            question = self._say("figure", report, subject=subject, unit=unit)
            expected = sentence[number.start : number.end]
            yield Proposal(
                " ".join(question.split()).replace(" ?", "?"), "result", (expected,),
                report.file_name, ("accented",), "sentence",
            )  # fmt: skip

    def _swapped(self, report: Report, journeys: set[tuple[str, str]]) -> Iterator[Proposal]:
        """Yield the question with host and visitor changed over, if no report is about that."""
        names = _names(report.visit)
        pairs = _journeys(report.visit)
        if names is None or not pairs or any((b, a) in journeys for a, b in pairs):
            return
        question = self._say("when", report, host=names["visitor"], visitor=names["host"])
        yield Proposal(
            question, "when", (), report.file_name, ("accented", "swapped"), "swapped",
            answerable=False,
        )  # fmt: skip

    def _variants(self, proposal: Proposal) -> Iterator[Proposal]:
        tags = tuple(tag for tag in proposal.tags if tag != "accented")
        bare = fold(proposal.question).lower()
        if bare != proposal.question.lower():
            yield replace(proposal, question=bare, tags=("unaccented", *tags))
        short = self._shortened(proposal.question)
        if short != proposal.question:
            yield replace(proposal, question=short, tags=("accented", "abbreviated", *tags))
        other = self._renamed(proposal.question)
        if other is not None:
            name, tag = other
            yield replace(proposal, question=name, tags=("accented", tag, *tags))

    def _shortened(self, question: str) -> str:
        """Return the question with its long forms abbreviated where the table knows a short one."""
        lowered = question.casefold()
        for short in self._abbreviations.expansions(question):
            for long in self._abbreviations.expansions(short):
                at = lowered.find(long.casefold())
                if at >= 0 and len(short) < len(long):
                    question = question[:at] + short + question[at + len(long) :]
                    lowered = question.casefold()
        return question

    def _renamed(self, question: str) -> tuple[str, str] | None:
        """Return the question with the first province that was renamed under its name of today."""
        for mention in self._provinces.find(question):
            if mention.current != mention.province:
                renamed = question.replace(mention.text, mention.current, 1)
                return (renamed, "new_name") if renamed != question else None
        return None

    def _say(self, kind: str, report: Report, **values: str) -> str:
        """Return a question of a kind; the report decides which of the wordings."""
        wordings = self._wording[kind]
        return wordings[int(report.report_id[:8], 16) % len(wordings)].format(**values)


def _names(visit: Visit) -> dict[str, str] | None:
    if not visit.host or not visit.visitors:
        return None
    visitor = visit.visitors[0].value.text
    return {"host": visit.host[0].value.text, "visitor": visitor[:1].upper() + visitor[1:]}


def _stated(visit: Visit) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """Yield kinds with what the report states; () is a field it leaves out, None is not asked."""
    head, count = visit.head_of_delegation, visit.participants
    yield "who", (head.value.name,) if head and head.value.name else () if head is None else None
    yield "when", (visit.date_text.value,) if visit.date_text else None
    yield "how_many", (f"{count.value}",) if count else ()
    yield "where", tuple(place.value for place in visit.places) or None
    yield "document", tuple(number.value for number in visit.document_numbers[:1]) or ()
    leads = tuple(lead.value.name for lead in visit.host_leads[:1] if lead.value.name)
    yield "host_lead", leads or None


def _journeys(visit: Visit) -> set[tuple[str, str]]:
    """Return (visitor, host) by current province, as far as they are provinces."""

    def provinces(parties: Iterable[Party]) -> set[str]:
        return {party.current for party in parties if party.current}

    hosts = provinces(stated.value for stated in visit.host)
    visitors = provinces(stated.value for stated in visit.visitors)
    return {(visitor, host) for visitor in visitors for host in hosts if visitor != host}


def _reads_well(sentence: str, number: NumberPhrase) -> bool:
    """Whether the words before a figure make a question that stands alone."""
    before = sentence[: number.start].strip()
    if "\n" in before or any(mark in before for mark in ':;()“”"'):
        return False
    syllables = before.split()
    lowered = [s.strip(",.").lower() for s in syllables]
    return (
        number.unit is not None
        and _FEWEST_WORDS <= len(syllables) <= _MOST_WORDS
        and not before.lower().startswith(_OPENERS)
        and not _POINTERS & set(lowered)
    )
