"""The whole application behind a door that is closed to everybody without an account."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from hochoi.people.person import Role
from hochoi.types import Answer, Filters, Progress
from tests.people_door import CHEAP, PASSWORD, Clock, People, open_people
from tests.ui.html_reading import elements
from tests.ui.samples import answered, filled_store, site_with
from ui.door.door import Door, open_door
from ui.door.options import DoorOptions
from ui.web_app import build_app

ADDRESS = "http://127.0.0.1"
NAMES = {role.value: (role,) for role in Role}


@dataclass(frozen=True)
class House:
    """The application, its door, and the people; `clock` is the door's."""

    app: FastAPI
    door: Door
    people: People

    def browser(self, name: str | None = None) -> TestClient:
        """Return a new browser, signed in as one of `NAMES` or as nobody."""
        client = TestClient(
            self.app, base_url=ADDRESS, follow_redirects=False, headers={"accept": "text/html"}
        )
        if name is not None:
            token = self.door.sessions.begin(self.door.accounts.named(name).person_id, "testclient")
            client.cookies.set("hochoi_session", token)
        return client


def token_in(html: str) -> str:
    """Return the form token that a page holds."""
    fields = [e for e in elements(html, "input") if e.attributes.get("name") == "form_token"]
    return fields[0].attributes["value"]


def sign_in(client: TestClient, name: str, password: str = PASSWORD, **fields: str) -> int:
    """Sign in as a person does, through the page, and return the status."""
    token = token_in(client.get("/login").text)
    data = {"name": name, "password": password, "form_token": token, **fields}
    return client.post("/login", data=data).status_code


@contextmanager
def open_house(folder: Path, clock: Clock) -> Iterator[House]:
    """Build the application over two reports, with an account per role."""

    def ask(
        question: str, history: tuple[str, ...], filters: Filters
    ) -> Iterator[Progress | Answer]:
        yield answered()

    store = filled_store(folder)
    with open_people(folder, clock) as people:
        door = open_door(people.db, DoorOptions(open_asking=False), CHEAP, clock)
        for name, roles in NAMES.items():
            people.add(name, *roles)

        async def build() -> FastAPI:
            return build_app(site_with(store, ask, lambda: ()), door)

        yield House(asyncio.run(build()), door, people)
    store.close()
