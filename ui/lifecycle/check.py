"""`hochoi check`: compare record, originals and indexes, and repair what is derived."""

import argparse

from hochoi.settings import Settings
from hochoi.workspace import Purpose, Workspace, open_workspace
from ui.output import print_json, print_line


def check(settings: Settings, options: argparse.Namespace) -> int:
    """Compare record, originals and indexes; exit 1 when something is wrong."""
    with open_workspace(settings, Purpose.READ) as ws:
        problems = [*ws.store.integrity_problems(), *_index_problems(ws), *ws.notices]
        summary = {"reports": len(ws.reports), "passages": len(ws.exact), "problems": problems}
    if options.json:
        print_json(summary)
    else:
        for problem in problems:
            print_line(f"problem: {problem}")
        print_line(f"{len(ws.reports)} reports, {len(ws.exact)} passages, {len(problems)} problems")
    return 1 if problems else 0


def _index_problems(ws: Workspace) -> list[str]:
    found = []
    if ws.exact.passage_ids and set(ws.exact.passage_ids) != ws.lexical.passage_ids():
        found.append("the keyword index does not hold exactly the published passages")
    reason = ws.chroma_problem()
    if reason is not None:
        found.append(f"the vector index needs a rebuild: {reason}")
    return found
