"""The whole application over a library of hostile reports, one for each payload."""

import asyncio
import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from fastapi import FastAPI

from hochoi.people.person import Role
from hochoi.store import Publication, Store
from hochoi.types import Answer, Party, PartyKind, Passage, Person, Report, SourceFile, Stated
from hochoi.types import Visit as VisitRecord
from hochoi.workspace import Purpose, open_workspace
from ingest.jobs import Desk, Worker
from tests.fakes import SyllableEncoder
from tests.ingest.review_library import settings_in
from tests.people_door import CHEAP, Clock, open_people
from tests.ui.house import House
from tests.ui.samples import answered
from tests.xss.payloads import PAYLOADS
from ui.admin.keeper import Keeper
from ui.door.door import open_door
from ui.door.options import DoorOptions
from ui.evaluate.desk import desk_of
from ui.site import site_of
from ui.web_app import build_app


def report_of(number: int, payload: str) -> Report:
    """Return a report in which everything that is text is the payload."""
    text = f"{payload}\n\nNgày 5/5/2024, đoàn {payload} đến {payload}.\n\n{payload}: {number}."
    party = Stated(Party(payload, None, None, PartyKind.OTHER), 0, len(payload))
    person = Stated(Person(payload, payload), 0, len(payload))
    words = Stated(payload, 0, len(payload))
    visit = VisitRecord(
        title=payload, host=(party,), visitors=(party,), date_text=words, places=(words,),
        head_of_delegation=person, host_leads=(person,), document_numbers=(words,),
        source_url=payload,
    )  # fmt: skip
    report_id = hashlib.sha256(payload.encode()).hexdigest()[:16]
    return Report(report_id, f"{payload}.txt", text, "txt", "0" * 64, visit)


def _publication(report: Report, payload: str) -> Publication:
    content = report.text.encode()
    passage = Passage(
        f"{report.report_id}:0-{len(report.text)}", report.report_id, payload, 0,
        len(report.text), report.text,
    )  # fmt: skip
    stored = replace(report, source_sha256=hashlib.sha256(content).hexdigest())
    vectors = np.full((1, SyllableEncoder().dimension), 0.1, dtype=np.float32)
    return Publication(SourceFile(report.file_name, content), stored, [passage], vectors)


def answer_of(report: Report) -> Answer:
    """Return an answer that quotes a hostile report."""
    payload = report.visit.title
    return replace(answered(report=report, text=f"{payload} [1]"), question=payload)


@contextmanager
def hostile_house(folder: Path) -> Iterator[House]:
    """Build the application with everybody in it, over a report per payload."""
    settings = settings_in(folder)
    encoder = SyllableEncoder()
    with (
        open_workspace(settings, Purpose.SERVE, encoder=encoder) as ws,
        closing(Store(settings.database_path)) as store,
        open_people(folder, Clock()) as people,
    ):
        pairs = [(report_of(n, p), p) for n, p in enumerate(PAYLOADS)]
        store.publish_many([_publication(*pair) for pair in pairs], encoder=ws.encoder_name)
        ws.refresh()
        door = open_door(people.db, DoorOptions(open_asking=False), CHEAP, people.clock)
        everything = people.add("all", *Role)
        assert everything.roles == set(Role)
        side = Desk(store, ws.encoder, ws.encoder_name, ws.provinces, ws.topics, ws.max_file_bytes)
        keeper = Keeper(ws, side, Worker(side, settings.var / "writer.lock", ws.refresh))

        async def build() -> FastAPI:
            return build_app(site_of(ws), door, desk_of(ws, people.db), keeper)

        yield House(asyncio.run(build()), door, people)
