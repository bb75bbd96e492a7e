"""Question -> hits: keyword and vector search fused, visits that fit the question's names first.

Filters narrow to what the user set; what the question itself names (provinces, dates, document
numbers) raises fitting visits and never hides the others. Does not judge whether hits suffice.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from hochoi.document_numbers import document_key
from hochoi.errors import QuestionError
from hochoi.question import Query, understand
from hochoi.text import clean
from hochoi.types import Filters, Hit, Visit
from hochoi.workspace import Workspace

CANDIDATES = 100  # taken from each side
VECTOR_WEIGHT = 0.25  # of the vector side in the fused score (docs/measurements.md, 24 Nov 2026)
PROVINCE_WEIGHT = 0.15  # per share of the named provinces that a visit has
DATE_WEIGHT = 0.15
DOCUMENT_WEIGHT = 0.5
MAX_PER_REPORT = 2  # passages of one report among the first ten


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
        raise QuestionError(f"{len(text)} characters long", limit)
    return understand(text, ws.provinces, ws.abbreviations, filters, history, today or date.today())


def retrieve(ws: Workspace, query: Query, k: int) -> tuple[Hit, ...]:
    """Return at most `k` hits, best first, at most two of one report among the first ten.

    The score is the keyword score as a share of the best one, plus the weighted cosine, plus
    what the visit shares with the provinces, dates and document numbers of the question.
    """
    among = _allowed(ws, query.filters)
    lexical = ws.lexical.search(query.search_text, CANDIDATES, among)
    vector = ws.encoder.encode_query(query.question)
    if among is None:
        nearest = ws.nearest(vector, CANDIDATES)
    else:
        nearest = ws.exact.search(vector, CANDIDATES, among)
    lexical_scores = dict(lexical)
    lexical_rank = {i: n for n, (i, _) in enumerate(lexical, 1)}
    vector_rank = {i: n for n, (i, _) in enumerate(nearest, 1)}
    candidates = list(lexical_rank | vector_rank)
    cosines = ws.exact.scores(vector, candidates)
    best = max(lexical_scores.values(), default=1.0)
    scored = []
    for passage_id in candidates:
        report = ws.reports.get(passage_id.partition(":")[0])
        if report is None or passage_id not in cosines:
            continue
        signals = (
            ("lexical", lexical_scores.get(passage_id, 0.0) / best),
            ("vector", VECTOR_WEIGHT * max(0.0, cosines[passage_id])),
            *_visit_signals(query, report.visit),
        )
        scored.append((sum(value for _, value in signals), passage_id, signals))
    scored.sort(key=lambda item: (-item[0], item[1]))
    chosen = _spread(scored, k)
    passages = ws.store.passages(passage_id for _, passage_id, _ in chosen)
    found = [item for item in chosen if item[1] in passages]
    return tuple(
        Hit(passages[i], score, n, lexical_rank.get(i), vector_rank.get(i), signals)
        for n, (score, i, signals) in enumerate(found, 1)
    )


Signals = tuple[tuple[str, float], ...]
Scored = tuple[float, str, Signals]  # score, passage id, its parts


def _spread(scored: Sequence[Scored], k: int) -> list[Scored]:
    """Return the first `k`, moving third and later passages of a report behind the first ten."""
    first: list[Scored] = []
    later: list[Scored] = []
    seen: dict[str, int] = {}
    for item in scored:
        report_id = item[1].partition(":")[0]
        seen[report_id] = seen.get(report_id, 0) + 1
        crowded = seen[report_id] > MAX_PER_REPORT and len(first) < 10
        (later if crowded else first).append(item)
        if len(first) >= k:
            break
    ordered = first[:10] + sorted(first[10:] + later, key=lambda item: (-item[0], item[1]))
    return ordered[:k]


def _allowed(ws: Workspace, filters: Filters) -> set[str] | None:
    """Return the passages that the filters leave, None when nothing is restricted."""
    if not filters:
        return None
    fitting = {i for i, r in ws.reports.items() if fits(r.visit, filters, ws)}
    return {i for i in ws.exact.passage_ids if i.partition(":")[0] in fitting}


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


def _visit_signals(query: Query, visit: Visit) -> Signals:
    signals: list[tuple[str, float]] = []
    named = {m.province for m in query.provinces}
    if named:
        share = len(named & visit_provinces(visit)) / len(named)
        signals.append(("province", PROVINCE_WEIGHT * share))
    if query.dates:
        signals.append(("date", DATE_WEIGHT * _date_share(query, visit)))
    if query.documents:
        keys = {d.key for d in query.documents}
        own = {document_key(s.value) for s in visit.document_numbers}
        signals.append(("document", DOCUMENT_WEIGHT * len(keys & own) / len(keys)))
    return tuple(signals)


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
