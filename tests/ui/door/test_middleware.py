"""Who a request comes from, as an application behind the door sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from hochoi.people.database import PeopleDatabase
from ui.door.door import Door
from ui.door.middleware import DoorMiddleware, person_of


async def whoami(request: Request) -> JSONResponse:
    person = person_of(request)
    return JSONResponse({"id": person.id, "trial": person.trial})


@pytest.fixture
def people(tmp_path: Path) -> Iterator[PeopleDatabase]:
    with PeopleDatabase(tmp_path / "people.sqlite3") as people:
        yield people


def browser(people: PeopleDatabase, *, open_asking: bool) -> TestClient:
    app = Starlette(routes=[Route("/", whoami)])
    return TestClient(
        DoorMiddleware(app, Door(people, open_asking=open_asking)), base_url="http://127.0.0.1"
    )


def test_door_one_browser_on_trial_is_one_person(people: PeopleDatabase) -> None:
    client = browser(people, open_asking=True)
    first, second = (client.get("/").json() for _ in range(2))
    assert first == second
    assert first["trial"] is True


def test_door_two_browsers_on_trial_are_two_people(people: PeopleDatabase) -> None:
    ids = {browser(people, open_asking=True).get("/").json()["id"] for _ in range(2)}
    assert len(ids) == 2


def test_door_trial_cookie_is_hidden_from_scripts_and_other_sites(people: PeopleDatabase) -> None:
    cookie = browser(people, open_asking=True).get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_door_without_open_asking_nobody_is_known(people: PeopleDatabase) -> None:
    response = browser(people, open_asking=False).get("/")
    assert response.json() == {"id": "", "trial": False}
    assert "set-cookie" not in response.headers
