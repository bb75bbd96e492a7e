"""Question -> hits: keyword and vector search fused, judged again, fitting visits first.

Filters narrow to what the user set; what the question itself names (provinces and their parts,
dates, document numbers) raises fitting visits and never hides the others. Does not judge whether
the hits suffice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hochoi.errors import QuestionError
from hochoi.index_text import header, index_text
from hochoi.language.document_numbers import document_key
from hochoi.question import Query
from hochoi.ranking.features import Candidates
from hochoi.ranking.tokens import PassageTokens
from hochoi.ranking.visit_roles import Roles, known_roles, read_roles
from hochoi.text import clean
from hochoi.types import Filters, Hit, Report, Visit
from hochoi.workspace import Workspace

CANDIDATES = 100  # taken from each side
ASKED_TIMES = 4  # what was asked counts this many times an added spelling
JUDGED = 50  # of them are judged again, the best of the first ranking
VECTOR_WEIGHT = 0.25  # of the vector side in the fused score (docs/measurements.md, 24 Nov 2026)
RERANK_WEIGHT = 0.3  # of the re-ranker's judgement beside the fused score (docs/retrieval.md)
PROVINCE_WEIGHT = 0.15  # per share of the named provinces that a visit has
ROLE_WEIGHT = 0.1  # for host and visitor as the question has them; taken off for the reverse
DATE_WEIGHT = 0.15
DOCUMENT_WEIGHT = 0.5
CROSS_JUDGED = 20  # passages that a cross-encoder reads, where the settings name one
CROSS_WEIGHT = 1.0  # of its judgement, 0..1; not tuned, for no such model is shipped
MAX_PER_REPORT = 2  # passages of one report among the first ten
SPREAD_OVER = 10

Signals = tuple[tuple[str, float], ...]  # named parts of a score


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate passage with what its score is made of. Higher is better."""

    passage_id: str
    score: float
    signals: Signals
    first_rank: int  # 1-based, before it was judged again
    lexical_rank: int | None  # 1-based; None: that side did not return it
    vector_rank: int | None

    @property
    def report_id(self) -> str:
        """The report of the passage."""
        return self.passage_id.partition(":")[0]


def prepare(
    question: str,
    filters: Filters,
    ws: Workspace,
    history: Sequence[str] = (),
    today: date | None = None,
) -> Query:
    """Return a question made ready for search.

    Args:
        question: As typed.
        filters: What the user restricted the search to.
        ws: The library.
        history: Earlier questions of the conversation, oldest first.
        today: What "năm ngoái" is reckoned from; the present day when None.

    Raises:
        QuestionError: If it is empty or longer than the settings allow.
    """
    text = clean(question).strip()
    limit = ws.settings.max_question_chars
    if not text:
        raise QuestionError("empty", limit)
    if len(text) > limit:
        raise QuestionError("too long", limit)
    return ws.questions.understand(text, filters, history, today or date.today())


def retrieve(ws: Workspace, query: Query, k: int) -> tuple[Hit, ...]:
    """Return at most `k` hits, best first, at most two of one report among the first ten."""
    chosen = spread(rank(ws, query))[:k]
    passages = ws.store.passages(item.passage_id for item in chosen)
    found = [item for item in chosen if item.passage_id in passages]
    return tuple(
        Hit(
            passages[item.passage_id],
            item.score,
            place,
            item.lexical_rank,
            item.vector_rank,
            item.signals,
        )
        for place, item in enumerate(found, 1)
    )


def rank(ws: Workspace, query: Query) -> list[Ranked]:
    """Return all candidates, best first.

    The score is the keyword score as a share of the best one, plus the weighted cosine, plus what
    the visit shares with the provinces, dates and document numbers of the question; for the best
    of them also how far the re-ranker puts them ahead of the one it likes least, and what a
    cross-encoder says where the settings name one.
    """
    among = allowed(ws, query.filters)
    lexical = ws.lexical.search(keyword_text(ws, query), CANDIDATES, among)
    vector = ws.encoder.encode_query(query.question)
    if among is None:
        nearest = ws.nearest(vector, CANDIDATES)
    else:
        nearest = ws.exact.search(vector, CANDIDATES, among)
    lexical_rank = {i: n for n, (i, _) in enumerate(lexical, 1)}
    vector_rank = {i: n for n, (i, _) in enumerate(nearest, 1)}
    cosines = ws.exact.scores(vector, list(lexical_rank | vector_rank))
    known = [i for i in cosines if i.partition(":")[0] in ws.reports]
    if not known:
        return []
    scores = dict(lexical)
    found = _Found(
        known,
        np.array([scores.get(i, 0.0) for i in known], dtype=np.float32),
        np.array([cosines[i] for i in known], dtype=np.float32),
    )
    ranked = _first_ranking(ws, query, found, (lexical_rank, vector_rank))
    judged = _judge(ws, query, ranked[:JUDGED], found)
    return (
        _read_together(ws, query, judged[:CROSS_JUDGED]) + judged[CROSS_JUDGED:] + ranked[JUDGED:]
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What both sides found: ids and float32[n] beside them."""

    passage_ids: list[str]
    lexical: NDArray[np.float32]
    cosine: NDArray[np.float32]

    def places(self, passage_ids: Iterable[str]) -> NDArray[np.intp]:
        """Return where these ids stand."""
        place = {passage_id: n for n, passage_id in enumerate(self.passage_ids)}
        return np.array([place[i] for i in passage_ids], dtype=np.intp)


def fuse(
    lexical: NDArray[np.float32], cosine: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the parts of the first score: keyword score as a share of the best, and cosine.

    Args:
        lexical: Keyword scores, 0 or more.
        cosine: -1..1, of the same passages; below 0 counts as 0.
    """
    best = max(float(lexical.max(initial=0.0)), 1e-9)
    parts = lexical / best, VECTOR_WEIGHT * np.maximum(cosine, 0)
    return parts[0].astype(np.float32), parts[1].astype(np.float32)


def _first_ranking(
    ws: Workspace, query: Query, found: _Found, ranks: tuple[dict[str, int], dict[str, int]]
) -> list[Ranked]:
    shares, vectors = fuse(found.lexical, found.cosine)
    of_report: dict[str, Signals] = {}
    asked = read_roles(ws.facts.read(query.question)) if query.provinces else Roles()
    scored = []
    for passage_id, share, vector in zip(found.passage_ids, shares, vectors, strict=True):
        report = ws.reports[passage_id.partition(":")[0]]
        if report.report_id not in of_report:
            of_report[report.report_id] = _visit_signals(query, asked, report)
        own = of_report[report.report_id]
        signals = (("lexical", float(share)), ("vector", float(vector)), *own)
        scored.append((sum(value for _, value in signals), passage_id, signals))
    scored.sort(key=lambda item: (-item[0], item[1]))
    return [
        Ranked(passage_id, score, signals, n, ranks[0].get(passage_id), ranks[1].get(passage_id))
        for n, (score, passage_id, signals) in enumerate(scored, 1)
    ]


def _judge(ws: Workspace, query: Query, ranked: Sequence[Ranked], found: _Found) -> list[Ranked]:
    """Return the candidates in the order after the re-ranker's judgement."""
    if ws.reranker is None:
        return list(ranked)
    places = found.places(item.passage_id for item in ranked)
    lexical, cosine = found.lexical[places], found.cosine[places]
    shares, vectors = fuse(lexical, cosine)
    headers = [header(ws.reports[item.report_id].visit) for item in ranked]
    candidates = Candidates(
        passages=_tokens(ws, ranked, headers),
        lexical=lexical,
        cosine=cosine,
        fused=shares + vectors,
        report=numbered([item.report_id for item in ranked]),
        header=np.where([not h for h in headers], -1, numbered(headers)),
        is_first=np.array([starts_report(item.passage_id) for item in ranked]),
    )
    judged = ws.reranker.judge(asked_text(ws, query), ws.lexical.rarity, candidates)
    return _raised(ranked, "rerank", RERANK_WEIGHT * judged)


def _read_together(ws: Workspace, query: Query, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return the candidates in the order after the cross-encoder's judgement."""
    if ws.cross_encoder is None:
        return list(ranked)
    passages = ws.store.passages(item.passage_id for item in ranked)
    held = [item for item in ranked if item.passage_id in passages]
    texts = [index_text(ws.reports[i.report_id].visit, passages[i.passage_id]) for i in held]
    judged = ws.cross_encoder.judge(asked_text(ws, query), texts)
    return _raised(held, "cross", CROSS_WEIGHT * judged)


def _raised(ranked: Sequence[Ranked], signal: str, values: NDArray[np.float32]) -> list[Ranked]:
    """Return the candidates with another part in their scores, in the new order."""
    raised = [
        replace(item, score=item.score + value, signals=(*item.signals, (signal, value)))
        for item, value in zip(ranked, values.tolist(), strict=True)
    ]
    return sorted(raised, key=lambda item: (-item.score, item.passage_id))


def asked_text(ws: Workspace, query: Query) -> str:
    """Return the words of the question, and of the earlier one that it goes on with."""
    added = set(ws.abbreviations.expansions(query.question))
    added |= {name for m in query.provinces for name in (m.province, m.current)}
    first, *rest = query.search_text.split("\n")
    return "\n".join([first, *(line for line in rest if line not in added)])


def keyword_text(ws: Workspace, query: Query) -> str:
    """Return what is searched for by keywords: what was added counts a quarter of what was asked.

    Weights of terms are summed over repetitions, so what was asked is repeated. At full weight
    the added spellings drowned the question (headlines: Success@1 .770, so: .793).
    """
    asked = asked_text(ws, query)
    added = query.search_text.removeprefix(asked).strip("\n")
    return "\n".join([*[asked] * ASKED_TIMES, added]) if added else asked


def numbered(names: Sequence[str]) -> NDArray[np.int64]:
    """Return a number per name, the same for the same name, in order of first use."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def starts_report(passage_id: str) -> bool:
    """Return whether a passage is the first of its report."""
    return ":0-" in passage_id


def _tokens(ws: Workspace, ranked: Sequence[Ranked], headers: Sequence[str]) -> list[PassageTokens]:
    """Return the tokens of each candidate; a passage that has just been removed has none."""
    held = [
        ws.tokens.get(item.passage_id, head) for item, head in zip(ranked, headers, strict=True)
    ]
    missing = [item.passage_id for item, one in zip(ranked, held, strict=True) if one is None]
    read = ws.store.passages(missing) if missing else {}
    tokens = []
    for item, head, one in zip(ranked, headers, held, strict=True):
        if one is None:
            passage = read.get(item.passage_id)
            title = ws.reports[item.report_id].title
            text = passage.text.removeprefix(title).lstrip() if passage else ""
            one = ws.tokens.read(item.passage_id, head, text)
        tokens.append(one)
    return tokens


def spread(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Return all, with third and later passages of a report moved behind the first ten."""
    first: list[Ranked] = []
    later: list[Ranked] = []
    seen: dict[str, int] = {}
    for item in ranked:
        seen[item.report_id] = seen.get(item.report_id, 0) + 1
        is_crowded = seen[item.report_id] > MAX_PER_REPORT and len(first) < SPREAD_OVER
        (later if is_crowded else first).append(item)
    rest = sorted(first[SPREAD_OVER:] + later, key=lambda item: (-item.score, item.passage_id))
    return first[:SPREAD_OVER] + rest


def allowed(ws: Workspace, filters: Filters) -> set[str] | None:
    """Return the passages that the filters leave, None when nothing is restricted."""
    if not filters:
        return None
    return set(ws.passages_of(i for i, r in ws.reports.items() if fits(r.visit, filters, ws)))


def fits(visit: Visit, filters: Filters, ws: Workspace) -> bool:
    """Return whether a visit passes the filters; what it does not state does not pass."""
    if filters.year is not None:
        years = {d.year for d in (visit.date_first, visit.date_last) if d is not None}
        if filters.year not in years:
            return False
    if filters.topic is not None and filters.topic not in visit.topics:
        return False
    if filters.province is None:
        return True
    canonical = ws.provinces.canonical(filters.province)
    parties = [s.value for s in (*visit.host, *visit.visitors)]
    wanted = {canonical} if canonical else set()
    wanted |= set(ws.provinces.former_parts(filters.province))
    return any(p.province in wanted for p in parties)


def visit_provinces(visit: Visit) -> set[str]:
    """Return the canonical names of all provinces that host or visit."""
    return {s.value.province for s in (*visit.host, *visit.visitors) if s.value.province}


def _visit_signals(query: Query, asked: Roles, report: Report) -> Signals:
    visit = report.visit
    signals: list[tuple[str, float]] = []
    named = {m.province for m in query.provinces}
    if named:
        share = len(named & visit_provinces(visit)) / len(named)
        signals.append(("province", PROVINCE_WEIGHT * share))
        if asked != Roles():
            signals.append(("role", ROLE_WEIGHT * _agreement(asked, known_roles([report]))))
    if query.dates:
        signals.append(("date", DATE_WEIGHT * _date_share(query, visit)))
    if query.documents:
        keys = {d.key for d in query.documents}
        own = {document_key(s.value) for s in visit.document_numbers}
        signals.append(("document", DOCUMENT_WEIGHT * len(keys & own) / len(keys)))
    return tuple(signals)


def _agreement(asked: Roles, known: Roles) -> int:
    """Return 1 when a visit has host and visitor as asked, -1 when the other way round."""
    if asked.stands_in(known):
        return 1
    return -1 if asked.contradicts(known) else 0


def _date_share(query: Query, visit: Visit) -> float:
    """Return the share of the question's dates that the visit's own dates meet."""
    return _share(
        visit.date_first is not None
        and visit.date_last is not None
        and phrase.first is not None
        and phrase.last is not None
        and phrase.first <= visit.date_last
        and visit.date_first <= phrase.last
        for phrase in query.dates
    )


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
