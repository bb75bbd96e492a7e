"""Questions looked at in the library -> cases that weights of evidence are fitted on and judged by.

Each answerable question is also asked with its report taken away, and rules make more questions
that nothing answers. Fits nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from evaluation.testset import Expectation, Question, TestSet
from hochoi.evidence import Seen, look
from hochoi.question import Query
from hochoi.retrieval import prepare, retrieve
from hochoi.types import Filters
from hochoi.workspace import Workspace
from training.made_questions import made_questions

HITS = 20
DECIDED_ELSEWHERE = {"list", "count", "compare", "timeline", "out_of_scope"}


class Sort(Enum):
    """Where a case comes from."""

    ASKED = "asked"  # a question of the test set, as it is
    TAKEN_AWAY = "taken away"  # the same without the report that answers it
    MADE = "made"  # by rules; nothing answers it


@dataclass(frozen=True, slots=True)
class Case:
    """One question and the reports found for it, best hit first."""

    sort: Sort
    group: str  # document that the question is about; "" when about none
    question: Question
    expectation: Expectation
    query: Query
    seen: tuple[Seen, ...]
    right: frozenset[str]  # document ids; empty when nothing answers
    is_nearest_known: bool = True

    @property
    def is_answerable(self) -> bool:
        """Whether one report answers; several to choose between do not count."""
        return self.expectation.answerable and not self.expectation.ask_back and bool(self.right)


def gather(ws: Workspace, testset: TestSet) -> list[Case]:
    """Return the cases of a test set over an open library."""
    ids = testset.document_ids({r.report_id: r.file_name for r in ws.reports.values()})
    relevant = testset.relevant()
    by_id = {q.query_id: q for q in testset.questions}
    cases: list[Case] = []
    asked: list[tuple[Question, Expectation]] = []
    for expectation in testset.expectations:
        if expectation.kind in DECIDED_ELSEWHERE:
            continue
        question, right = by_id[expectation.query_id], relevant[expectation.query_id]
        group = min(right, default=expectation.nearest or "")
        query = prepare(question.text, Filters(), ws, question.history)
        hits = retrieve(ws, query, HITS)
        seen = tuple(look(ws, query, hits))
        cases.append(Case(Sort.ASKED, group, question, expectation, query, seen, right))
        if expectation.answerable and not expectation.ask_back:  # a vague one others may answer
            asked.append((question, expectation))
            left = [h for h in hits if ids[h.passage.report_id] not in right]
            seen = tuple(look(ws, query, left))
            none = Expectation(expectation.query_id, answerable=False)
            case = Case(Sort.TAKEN_AWAY, group, question, none, query, seen, frozenset())
            cases.append(case)
    return [*cases, *_made(ws, asked)]


def _made(ws: Workspace, asked: list[tuple[Question, Expectation]]) -> Iterator[Case]:
    made = made_questions(tuple(ws.reports.values()), asked, ws.provinces)
    for number, one in enumerate(made):
        query = prepare(one.question, Filters(), ws, ())
        if query.is_beyond_reports:
            continue
        question = Question(f"m{number}", one.question)
        none = Expectation(question.query_id, answerable=False, nearest=one.nearest)
        seen = tuple(look(ws, query, retrieve(ws, query, HITS)))
        yield Case(
            Sort.MADE, one.nearest, question, none, query, seen, frozenset(),
            is_nearest_known=one.is_about_it,
        )  # fmt: skip
