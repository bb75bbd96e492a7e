"""`hochoi check`: compare record, originals and indexes, and repair what is derived."""

import argparse
from collections.abc import Iterable
from contextlib import closing, suppress

from hochoi.errors import StoreLockedError
from hochoi.index_state import NO_INDEX
from hochoi.lexical import LexicalIndex
from hochoi.locks import ProcessLock
from hochoi.people.audit import verify_audit
from hochoi.people.database import PeopleDatabase
from hochoi.record.checking import Problem, problems_of, repair_rows
from hochoi.settings import Settings
from hochoi.workspace import Purpose, Workspace, open_workspace
from ui.command_log import logged
from ui.output import print_json, print_line

_NAMED = 20  # orphans of one kind that are named one by one


def check(settings: Settings, options: argparse.Namespace) -> int:
    """Compare record, originals and indexes; exit 1 when something is wrong and stays so."""
    repaired: list[str] = []
    if options.repair:
        with logged(settings, "library.repair") as deed:
            repaired = _repair(settings)
            deed.detail = f"{len(repaired)} repaired"
    with open_workspace(settings, Purpose.READ) as ws:
        problems = [str(p) for p in problems_of(ws.store.database)]
        problems += [*_index_problems(ws), *_people_problems(settings), *ws.notices]
        summary = {"reports": len(ws.reports), "passages": len(ws.exact), "problems": problems}
    if options.json:
        print_json({**summary, "repaired": repaired} if options.repair else summary)
        return 1 if problems else 0
    for sentence in repaired:
        print_line(f"repaired: {sentence}")
    for problem in problems:
        print_line(f"problem: {problem}")
    print_line(
        f"{summary['reports']} reports, {summary['passages']} passages, {len(problems)} problems"
    )
    return 1 if problems else 0


def _people_problems(settings: Settings) -> tuple[str, ...]:
    """Return what is wrong with the chain of the audit log, where there is one."""
    if not settings.people_path.is_file():
        return ()
    with closing(PeopleDatabase(settings.people_path)) as people:
        return verify_audit(people)


def _index_problems(ws: Workspace) -> list[str]:
    """Return where the stored indexes and the record differ, both ways, by the id of the passage.

    The vector index can be looked into only while no server has it open; its state file always.
    """
    published = set(ws.exact.passage_ids)
    found = []
    if ws.settings.lexical_path.is_dir():
        held = LexicalIndex(ws.settings.lexical_path, owned=False).passage_ids()
        found += _differences("keyword index", published, held)
    reason = ws.chroma_problem()
    if reason == NO_INDEX:  # it is made when a server starts
        return found
    if reason is not None:
        return [*found, f"the vector index needs a rebuild: {reason}"]
    with suppress(StoreLockedError), ProcessLock(ws.settings.var / "index.lock", "checking"):
        ws.open_chroma()
        if ws.chroma is not None:
            found += _differences("vector index", published, ws.chroma.passage_ids())
    return found


def _differences(index: str, published: set[str], held: set[str]) -> list[str]:
    return [
        *_named(f"passage {{}} is missing from the {index}", published - held),
        *_named(f"passage {{}} in the {index} is not published", held - published),
    ]


def _named(sentence: str, passage_ids: Iterable[str]) -> list[str]:
    ids = sorted(passage_ids)
    named = [sentence.format(i) for i in ids[:_NAMED]]
    if len(ids) > _NAMED:
        named.append(sentence.format(f"... and {len(ids) - _NAMED} more, each"))
    return named


def _repair(settings: Settings) -> list[str]:
    """Make again what is derived: vectors, signatures, both indexes. Originals are left alone."""
    with open_workspace(settings, Purpose.WRITE) as ws:
        if not ws.owns_index:
            raise StoreLockedError(str(settings.var), "the server, which keeps its own index")
        derived = [p for p in problems_of(ws.store.database) if p.is_derived]
        wrong = [str(p) for p in derived] + _index_problems(ws)
        if not wrong:
            return []
        repair_rows(ws.store.database)
        for report_id in _stale(derived):
            ws.embed_again(report_id)
    with open_workspace(settings, Purpose.WRITE) as ws:  # reads every vector anew
        ws.rebuild()
    return wrong


def _stale(problems: Iterable[Problem]) -> list[str]:
    return sorted({p.stale_vectors for p in problems if p.stale_vectors})
