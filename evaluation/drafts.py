"""Questions that wait for a person: proposed by rules or by thumbs down, then approved or rejected.

One JSON lines file, rewritten whole under a lock. A draft counts nowhere until it is approved;
then it is added to a test set with where it came from, and the draft keeps what became of it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from enum import Enum
from pathlib import Path

from evaluation.proposals import Proposal
from evaluation.runs import replace_text
from evaluation.sheet import json_lines
from evaluation.testset import TestSet, read_testset
from hochoi.errors import NotFoundError, TestSetError
from hochoi.locks import ProcessLock
from hochoi.text import nfc

# Runs of digits that name a person: identity cards, telephone and account numbers; and addresses.
_PERSONAL = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}"
    r"|(?<![\w/.,-])(?:\+84[ .-]?|0)\d(?:[ .-]?\d){7,10}(?![\w/])"
    r"|(?<![\w/.,-])\d{9}(?:\d{3})?(?![\w/.,]\d|\d)"
)
_HIDDEN = "…"


class Status(Enum):
    """What became of a draft."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question that may become part of a test set."""

    draft_id: str
    origin: str  # "field who", "sentence", "feedback answer_wrong", ...
    question: str
    kind: str = ""
    history: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    answerable: bool = True
    ask_back: bool = False
    expected: tuple[str, ...] = ()
    relevant: tuple[str, ...] = ()  # file names or report ids
    nearest: str | None = None
    note: str = ""  # for people: what was answered, from which reports
    status: Status = Status.PROPOSED
    testset: str = ""  # once approved
    decided_by: str = ""


def draft_of(proposal: Proposal) -> DraftQuestion:
    """Return a proposal as a draft."""
    return DraftQuestion(
        draft_id=proposal.proposal_id,
        origin=proposal.origin,
        question=proposal.question,
        kind=proposal.kind,
        tags=proposal.tags,
        answerable=proposal.answerable,
        expected=proposal.expected,
        relevant=(proposal.document,) if proposal.answerable else (),
        nearest=None if proposal.answerable else proposal.document,
    )


def without_personal_data(text: str) -> str:
    """Return text with e-mail addresses, telephone, identity and account numbers hidden."""
    return _PERSONAL.sub(_HIDDEN, text)


class Drafts:
    """The drafts of a data directory."""

    def __init__(self, folder: Path) -> None:
        """Look at the folder of added test sets, which need not exist."""
        self._folder, self._path = folder, folder / "drafts.jsonl"

    def all(self) -> tuple[DraftQuestion, ...]:
        """Return all drafts, oldest first.

        Raises:
            TestSetError: If the file is damaged; it names the lines.
        """
        if not self._path.is_file():
            return ()
        found, bad = [], []
        # ends of lines in the file only: a text may hold other signs that end a line, e.g. U+2028
        lines = self._path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        for number, line in enumerate(filter(None, lines), start=1):
            try:
                found.append(_read(line))
            except (ValueError, TypeError, KeyError):
                bad.append(f"drafts.jsonl:{number}: not a draft")
        if bad:
            raise TestSetError(str(self._path), bad)
        return tuple(found)

    def find(self, draft_id: str) -> DraftQuestion:
        """Return one draft.

        Raises:
            NotFoundError: If there is none of that id.
        """
        for draft in self.all():
            if draft.draft_id == draft_id:
                return draft
        raise NotFoundError("draft question", draft_id)

    def add(self, drafts: Iterable[DraftQuestion]) -> int:
        """Add drafts whose ids are new, whatever became of the known ones; returns how many.

        Raises:
            OSError: If the folder cannot be written.
        """
        with self._changing() as known:
            ids = {draft.draft_id for draft in known}
            fresh = [draft for draft in drafts if draft.draft_id not in ids]
            known += fresh
        return len(fresh)

    def edit(self, changed: DraftQuestion) -> None:
        """Put a changed draft in the place of the one with its id.

        Raises:
            NotFoundError: If there is none.
        """
        with self._changing() as known:
            places = [n for n, d in enumerate(known) if d.draft_id == changed.draft_id]
            if not places:
                raise NotFoundError("draft question", changed.draft_id)
            known[places[0]] = changed

    def reject(self, draft_id: str, by: str) -> None:
        """Mark a draft as rejected; it is not proposed again.

        Raises:
            NotFoundError: If there is none.
        """
        self.edit(replace(self.find(draft_id), status=Status.REJECTED, decided_by=by))

    def approve(self, draft_id: str, testset: str, by: str) -> TestSet:
        """Add a draft to a set of this folder, which is made if need be, and return that set.

        Raises:
            NotFoundError: If there is no such draft.
            TestSetError: If it is not complete: an answerable question names a report, an
                unanswerable one expects nothing.
        """
        draft = self.find(draft_id)
        problems = _problems(draft)
        if problems:
            raise TestSetError(draft_id, problems)
        folder = self._folder / testset
        with self._changing() as known:
            _append(folder, draft)
            decided = replace(draft, status=Status.APPROVED, testset=testset, decided_by=by)
            known[:] = [decided if d.draft_id == draft_id else d for d in known]
        return read_testset(folder)

    @contextmanager
    def _changing(self) -> Iterator[list[DraftQuestion]]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with ProcessLock(self._folder / "drafts.lock", "changing draft questions"):
            known = list(self.all())
            yield known
            replace_text(self._path, "".join(_line(draft) + "\n" for draft in known))


def _problems(draft: DraftQuestion) -> list[str]:
    found = []
    if not draft.question.strip():
        found.append("the question is empty")
    if draft.answerable and not draft.relevant:
        found.append("an answerable question names at least one report")
    if not draft.answerable and (draft.relevant or draft.expected):
        found.append("an unanswerable question has no report and no expected words")
    return found


def _append(folder: Path, draft: DraftQuestion) -> None:
    """Add a draft to the three files of a set; a draft that stands there already is replaced."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    query_id = f"d{draft.draft_id}"
    queries = [r for r in _json_rows(folder / "queries.jsonl") if r["_id"] != query_id]
    answers = [r for r in _json_rows(folder / "answers.jsonl") if r["_id"] != query_id]
    qrels = _lines(folder / "qrels" / "test.tsv") or ["query-id\tcorpus-id\tscore"]
    qrels = [line for line in qrels if line.split("\t")[0] != query_id]
    queries.append({"_id": query_id, "text": nfc(draft.question)})
    answers.append(
        {
            "_id": query_id,
            "answerable": draft.answerable,
            "ask_back": draft.ask_back,
            "kind": draft.kind,
            "expected": list(draft.expected),
            "tags": list(draft.tags),
            "nearest": draft.nearest,
            "history": list(draft.history),
            "origin": draft.origin,
        }
    )
    qrels += [f"{query_id}\t{document}\t1" for document in draft.relevant]
    replace_text(folder / "qrels" / "test.tsv", "".join(f"{line}\n" for line in qrels))
    replace_text(folder / "answers.jsonl", json_lines(answers))
    replace_text(folder / "queries.jsonl", json_lines(queries))


def _json_rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in _lines(path)]


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        return []
    return [line for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]


def _line(draft: DraftQuestion) -> str:
    return json.dumps({**asdict(draft), "status": draft.status.value}, ensure_ascii=False)


def _read(line: str) -> DraftQuestion:
    kept = json.loads(line)
    for name in ("history", "tags", "expected", "relevant"):
        kept[name] = tuple(kept[name])
    return DraftQuestion(**{**kept, "status": Status(kept["status"])})


def select(
    drafts: Sequence[DraftQuestion], *, status: Status | None = None, origin: str = ""
) -> tuple[DraftQuestion, ...]:
    """Return the drafts of a status and of origins that start with some words."""
    return tuple(
        draft
        for draft in drafts
        if (status is None or draft.status is status) and draft.origin.startswith(origin)
    )
