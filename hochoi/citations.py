"""Turn drafted sentences with markers into sentences whose citations were checked.

A marker is resolved to a passage offered in this request, the sentences of its report that
support the draft are found, and every fact is compared with them. What is not supported is
dropped and counted. Writes nothing and knows no model.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from hochoi.drafting.stated_facts import FactReader, StatedFacts, words_of
from hochoi.language.sentences import sentence_spans
from hochoi.ranking.visit_roles import known_roles
from hochoi.types import Citation, Report, Sentence, Source, Span
from hochoi.verification.draft_form import is_foreign_form, is_foreign_voice, quotations
from hochoi.verification.draft_sentences import MarkedSentence, read_sentences
from hochoi.verification.offers import Offered
from hochoi.verification.quotes import locate
from hochoi.verification.support import Fault, faults

MAX_QUOTES = 3  # sentences of reports that may support one drafted sentence together
_FIGURE = 4  # words that one figure outweighs when sentences are chosen
MAX_QUOTED = 8  # sentences that one quotation may run over


@dataclass(frozen=True, slots=True)
class Verified:
    """What is left of a draft. Citations are numbered by report, in order of first use."""

    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    dropped: tuple[tuple[Fault, int], ...]  # how many sentences for which reason


@dataclass(slots=True)
class Verifier:
    """Checks the sentences of one draft one by one."""

    offered: Sequence[Offered]
    facts: FactReader
    dropped: Counter[Fault] = field(default_factory=Counter)
    _kept: list[Sentence] = field(default_factory=list)
    _sources: dict[str, Source] = field(default_factory=dict)
    _seen: set[tuple[str, ...]] = field(default_factory=set)

    def check(self, drafted: MarkedSentence) -> Sentence | None:
        """Return the sentence with its citations; None, and counted, when it is not supported."""
        fault = self._form_fault(drafted)
        if fault is None:
            found = self._supporting(drafted)
            if not isinstance(found, Fault):
                sentence = Sentence(drafted.text, tuple(self._citations(found)))
                self._kept.append(sentence)
                return sentence
            fault = found
        self.dropped[fault] += 1
        return None

    def result(self) -> Verified:
        """Return everything kept so far."""
        dropped = sorted(self.dropped.items(), key=lambda item: item[0].value)
        return Verified(tuple(self._kept), tuple(self._sources.values()), tuple(dropped))

    def _form_fault(self, drafted: MarkedSentence) -> Fault | None:
        if is_foreign_form(drafted.text):
            return Fault.FORM
        if is_foreign_voice(drafted.text):
            return Fault.VOICE
        if not drafted.numbers:
            return Fault.UNCITED
        words = words_of(drafted.text)
        if words in self._seen:
            return Fault.REPEATED
        self._seen.add(words)
        return None

    def _supporting(self, drafted: MarkedSentence) -> "list[_Quote] | Fault":
        """Return the quotes that support a sentence, or why there are none."""
        cited = [o for o in self.offered if o.number in drafted.numbers]
        if not cited:
            return Fault.UNKNOWN_SOURCE
        sentence = self.facts.read(drafted.text)
        by_report: dict[str, list[_Quote]] = {}
        for passage in cited:
            quotes = by_report.setdefault(passage.report.report_id, [])
            quotes += [q for q in _quotes(passage) if q not in quotes]
        pools = list(by_report.values())
        if len(pools) > 1:
            pools.append([quote for pool in pools for quote in pool])
        first_fault = Fault.UNQUOTABLE
        for n, pool in enumerate(pools):
            found = self._chosen(sentence, pool)
            if not isinstance(found, Fault):
                return found
            first_fault = found if n == 0 else first_fault
        return first_fault

    def _chosen(self, sentence: StatedFacts, pool: "Sequence[_Quote]") -> "list[_Quote] | Fault":
        """Return the fewest sentences of a pool that support a sentence together."""
        verbatim = _holding(quotations(sentence.text), pool)
        if verbatim is None:
            return Fault.QUOTATION
        chosen = list(verbatim)
        fault = Fault.UNQUOTABLE
        known = known_roles(list({q.report.report_id: q.report for q in pool}.values()))
        for quote in [None, *_ranked(sentence.words, chosen, pool)]:
            if quote is not None:
                chosen.append(quote)
            if not chosen:
                continue
            chosen.sort(key=lambda q: (q.report.report_id, q.span.start))
            quoted = self.facts.read("\n".join(q.text for q in chosen))
            found = faults(sentence, quoted, known, self.facts.provinces)
            if not found:
                return chosen
            fault = found[0] if fault is Fault.UNQUOTABLE or len(chosen) <= 1 else fault
        return fault

    def _citations(self, quotes: "Sequence[_Quote]") -> Iterator[Citation]:
        for report_id, span in _merged(quotes):
            report = next(q.report for q in quotes if q.report.report_id == report_id)
            number = len(self._sources) + 1
            source = self._sources.setdefault(report_id, Source(number, report))
            quote = report.text[span.start : span.end]
            yield Citation(source.number, report_id, span.start, span.end, quote)


def verify(draft: str, offered: Sequence[Offered], facts: FactReader) -> Verified:
    """Return what a whole draft is worth.

    Args:
        draft: Sentences with markers such as [1] or [1, 3].
        offered: The passages that the markers may name.
        facts: The tables to read facts with.
    """
    verifier = Verifier(offered, facts)
    for drafted in read_sentences(draft):
        verifier.check(drafted)
    return verifier.result()


@dataclass(frozen=True, slots=True)
class _Quote:
    """A sentence of a report. Equal by place, so that a shared title counts once."""

    report: Report
    span: Span

    @property
    def text(self) -> str:
        return self.report.text[self.span.start : self.span.end]


def _quotes(offered: Offered) -> Iterator[_Quote]:
    """Yield the title of the report and the sentences of the passage."""
    report, passage = offered.report, offered.span
    title = len(report.title) if report.text.startswith(report.title) else 0
    if title:
        yield _Quote(report, Span(0, title))
    for span in _sentences(report.text):
        if span.start >= max(title, passage.start) and span.end <= passage.end:
            yield _Quote(report, span)


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[Span, ...]:
    return sentence_spans(text)


def _holding(quoted: Sequence[str], pool: Sequence[_Quote]) -> list[_Quote] | None:
    """Return the sentences in which quotations stand; None when one stands nowhere."""
    holding: list[_Quote] = []
    for words in quoted:
        first = next(filter(None, (_holders(words, n, pool) for n in range(len(pool)))), None)
        if first is None:
            return None
        holding += [quote for quote in first if quote not in holding]
    return holding


def _holders(words: str, n: int, pool: Sequence[_Quote]) -> Sequence[_Quote]:
    """Return the sentences from the n-th on that a quotation runs over; empty when it does not.

    It must begin in the n-th; what it runs over is offered text of the same report in one piece.
    """
    first = pool[n]
    run = [first]
    for quote in pool[n + 1 :][: MAX_QUOTED - 1]:
        between = first.report.text[run[-1].span.end : quote.span.start]
        if (
            quote.report is not first.report
            or quote.span.start < run[-1].span.end
            or between.strip()
        ):
            break
        run.append(quote)
    found = locate(words, first.report.text, first.span.start, run[-1].span.end)
    if found is None or found.start >= first.span.end:
        return ()
    return [quote for quote in run if quote.span.start < found.end]


def _ranked(
    words: Sequence[str], chosen: Sequence[_Quote], pool: Sequence[_Quote]
) -> Iterator[_Quote]:
    """Yield the sentences that add most of the missing words, best first, a few at most."""
    open_terms = _terms(words)
    for quote in chosen:
        open_terms -= _terms(words_of(quote.text))
    left = [(quote, _terms(words_of(quote.text))) for quote in pool if quote not in chosen]
    for _ in range(max(1, MAX_QUOTES - len(chosen))):
        if not left:
            return
        best = max(left, key=lambda item: (_worth(item[1] & open_terms), -len(item[1])))
        if not best[1] & open_terms:
            return
        left.remove(best)
        open_terms -= best[1]
        yield best[0]


def _worth(terms: set[str | tuple[str, str]]) -> int:
    """Return how much some terms help: a figure more than words, for without it all falls."""
    return sum(_FIGURE if isinstance(t, str) and t[:1].isdecimal() else 1 for t in terms)


def _terms(words: Sequence[str]) -> set[str | tuple[str, str]]:
    return {*words, *pairwise(words)}


def _merged(quotes: Sequence[_Quote]) -> list[tuple[str, Span]]:
    """Return the places of quotes; neighbours with only white space between become one."""
    merged: list[tuple[str, Span]] = []
    for quote in quotes:
        report_id, last = merged[-1] if merged else ("", Span(0, 0))
        between = quote.report.text[last.end : quote.span.start]
        if report_id == quote.report.report_id and not between.strip() and "\n" not in between:
            merged[-1] = (report_id, Span(last.start, quote.span.end))
        else:
            merged.append((quote.report.report_id, quote.span))
    return merged
