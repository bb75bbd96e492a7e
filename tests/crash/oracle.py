"""Whether a library is as it must be after whatever happened to the process that wrote to it."""

from pathlib import Path

import numpy as np

from hochoi.index import ChromaIndex
from hochoi.locks import ProcessLock
from hochoi.record.shelf import Shelf
from hochoi.record.states import Standing
from hochoi.workspace import Workspace
from tests.crash.work import Log, library, run_queue

KINDS = ("failed start", "lost", "half visible", "unsearchable")


def judge(var: Path, log: Log) -> list[tuple[str, str]]:
    """Open a library as the server does and return what is wrong with it, as (kind, words)."""
    try:
        with library(var) as ws:
            if ws.chroma is None:
                return [("failed start", "; ".join(ws.notices))]
            problems = [("half visible", p) for p in ws.store.integrity_problems()]
            with ProcessLock(var / "writer.lock", "going on"):
                run_queue(ws)
            ws.refresh()
            ws.settle()
            if ws.chroma is None:
                return [("unsearchable", "the vector index was given up")]
            return [*problems, *_lost(ws, log), *_unsearchable(ws, ws.chroma)]
    except Exception as exc:
        return [("failed start", f"{type(exc).__name__}: {exc}")]


def _lost(ws: Workspace, log: Log) -> list[tuple[str, str]]:
    """Compare the record with what was acknowledged."""
    shelf = Shelf(ws.store.database)
    live: set[str] = set()
    gone: set[str] = set()
    unsure: set[str] = set()  # touched by an act without an acknowledgement: either way is right
    queued: list[str] = []
    pending: set[str] = set()
    for line in log.lines():
        ids = [str(i) for i in line[2:] if i]
        if line[0] == "begin":
            unsure |= pending
            pending = set(ids)
            continue
        pending = set()
        name = line[1]
        if name in ("ingest", "draft"):
            live.update(ids)
            gone.difference_update(ids)
        elif name == "replace":
            live.update(ids[:1])
            live.difference_update(ids[1:])
        elif name == "remove":
            live.difference_update(ids)
            gone.update(ids)
        elif name == "enqueue":
            queued += ids
        unsure.difference_update(ids)
    unsure |= pending
    standing = {i: shelf.standing(i) for i in live | gone}
    wrong = [
        ("lost", f"{i} was acknowledged and is {standing[i]}")
        for i in live - unsure
        if standing[i] not in (Standing.PUBLISHED, Standing.REPLACED)
    ]
    wrong += [
        ("half visible", f"{i} was removed and is {standing[i]}")
        for i in gone - live - unsure
        if standing[i] is not Standing.REMOVED
    ]
    wrong += [("lost", f"{i} was handed over") for i in queued if shelf.standing(i) is None]
    waiting = ws.store.database.rows(
        "SELECT file_name FROM receipts WHERE state IN"
        " ('received', 'parsed', 'described', 'embedded')"
    )
    wrong += [("lost", f"{row[0]} waits for ever") for row in waiting]
    return wrong


def _unsearchable(ws: Workspace, chroma: ChromaIndex) -> list[tuple[str, str]]:
    """Look every published passage up in each index, and for anything else in them."""
    wrong: list[tuple[str, str]] = []
    published: set[str] = set()
    for commit in ws.store.commits():
        ids, vectors = ws.store.vectors_of(commit.report_id)
        published.update(ids)
        for passage_id, vector in zip(ids, vectors, strict=True):
            for name, found in (
                ("vector index", chroma.search(vector, 5)),
                ("exact index", ws.exact.search(vector, 5)),
            ):
                near = [i for i, score in found if score > 0.999]
                if np.any(vector) and passage_id not in near and len(near) < 5:
                    wrong.append(("unsearchable", f"{passage_id} in the {name}"))
    for name, held in (
        ("keyword index", ws.lexical.passage_ids()),
        ("vector index", chroma.passage_ids()),
        ("exact index", set(ws.exact.passage_ids)),
    ):
        wrong += [("unsearchable", f"{i} in the {name}") for i in sorted(published - held)]
        wrong += [("half visible", f"{i} in the {name}") for i in sorted(held - published)]
    return wrong
