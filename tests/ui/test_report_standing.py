"""What a report's address shows while it waits, when it is replaced, and after it is removed."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from hochoi.people.database import PeopleDatabase
from hochoi.types import Answer, Progress
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest import drafts
from ingest.intake import OnKin, Policy
from ingest.pipeline import ingest_source
from tests.fakes import SyllableEncoder
from tests.ingest.review_library import CHANGED, FIRST, PRIVATE, settings_in, source
from tests.ui.samples import site_with
from ui.door.door import open_door
from ui.door.options import DoorOptions
from ui.web_app import build_app


def ask(question: str, history: tuple[str, ...]) -> Iterator[Progress | Answer]:
    yield from ()


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = settings_in(tmp_path_factory.mktemp("standing"))
    with open_workspace(settings, Purpose.WRITE, encoder=SyllableEncoder()) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(ws: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    people_path: Path = tmp_path_factory.mktemp("people") / "people.sqlite3"
    with PeopleDatabase(people_path) as people:

        async def build() -> FastAPI:
            door = open_door(people, DoorOptions(open_asking=True))
            return build_app(site_with(ws.store, ask, tuple), door)

        with TestClient(asyncio.run(build()), base_url="http://127.0.0.1") as opened:
            yield opened


def added(ws: Workspace, text: str, on_kin: OnKin = OnKin.ASK) -> str:
    return ingest_source(ws, source(text), Policy(on_kin=on_kin)).report_id or ""


def test_older_version_is_read_with_a_way_to_the_live_one(
    ws: Workspace, client: TestClient
) -> None:
    first = added(ws, FIRST)
    second = added(ws, CHANGED, OnKin.REPLACE)
    start = ws.store.report(second).text.index("15 người")
    page = client.get(f"/reports/{first}?start={start}&end={start + 8}")
    assert page.status_code == 200
    assert "bản cũ" in page.text
    assert f'href="/reports/{second}"' in page.text
    assert ">12 người</mark>" in page.text
    assert client.get(f"/reports/{first}/original").content == FIRST.encode()
    assert "bản cũ" not in client.get(f"/reports/{second}").text


def test_draft_has_no_page_and_no_original(ws: Workspace, client: TestClient) -> None:
    waiting = added(ws, PRIVATE)
    for path in (f"/reports/{waiting}", f"/reports/{waiting}/original"):
        response = client.get(path)
        assert response.status_code == 404
        assert "0912" not in response.text


def test_removed_report_says_that_it_was_removed(ws: Workspace, client: TestClient) -> None:
    gone = added(ws, "Báo cáo ngắn về Điện Biên\n\nNội dung báo cáo.\n")
    drafts.remove(ws, gone, "An")
    response = client.get(f"/reports/{gone}")
    assert response.status_code == 404
    assert "đã được gỡ khỏi kho" in response.text
    assert "đã được gỡ" not in client.get("/reports/" + "0" * 16).text
