"""Who a request comes from, as the application behind the door sees it."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from hochoi.people.person import Role
from tests.people_door import BY, CHEAP, People, open_people
from ui.door.door import open_door
from ui.door.middleware import DoorMiddleware
from ui.door.options import DoorOptions
from ui.door.state import person_of, visitor_of

PROXY = DoorOptions(False, proxies=frozenset({"testclient"}), user_header="x-remote-user")
SAME = {"origin": "http://127.0.0.1"}


async def whoami(request: Request) -> JSONResponse:
    person, visitor = person_of(request), visitor_of(request)
    said = {"id": person.id, "name": person.name, "trial": person.trial}
    return JSONResponse({**said, "address": visitor.address})


async def join(request: Request) -> JSONResponse:
    return JSONResponse(await request.json())


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with open_people(tmp_path) as people:
        yield people


def browser(people: People, options: DoorOptions, url: str = "http://127.0.0.1") -> TestClient:
    paths = ["/", "/gradio_api/queue/data"]
    routes = [Route(path, whoami) for path in paths]
    app = Starlette(routes=[*routes, Route("/gradio_api/queue/join", join, methods=["POST"])])
    door = open_door(people.db, options, CHEAP, people.clock)
    return TestClient(DoorMiddleware(app, door), base_url=url, follow_redirects=False)


OPEN, CLOSED = DoorOptions(True), DoorOptions(False)


def test_door_one_browser_on_trial_is_one_person(people: People) -> None:
    client = browser(people, OPEN)
    first, second = (client.get("/").json() for _ in range(2))
    assert first == second
    assert first["trial"] is True


def test_door_two_browsers_on_trial_are_two_people(people: People) -> None:
    ids = {browser(people, OPEN).get("/").json()["id"] for _ in range(2)}
    assert len(ids) == 2


def test_door_trial_cookie_is_hidden_from_scripts_and_other_sites(people: People) -> None:
    cookie = browser(people, OPEN).get("/").headers["set-cookie"]
    assert cookie.startswith("hochoi_trial=")
    assert "; HttpOnly; SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_door_over_https_cookies_are_secure_and_of_this_host(people: People) -> None:
    cookie = browser(people, OPEN, "https://127.0.0.1").get("/").headers["set-cookie"]
    assert cookie.startswith("__Host-hochoi_trial=")
    assert cookie.endswith("; Secure")


def test_door_without_open_asking_nobody_gets_in(people: People) -> None:
    client = browser(people, CLOSED)
    assert client.get("/").status_code == 401
    page = client.get("/?q=1", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/login?next=/%3Fq%3D1")
    assert "set-cookie" not in page.headers


def test_door_account_wins_over_trial(people: People) -> None:
    people.add("an")
    client = browser(people, OPEN)
    client.get("/")
    client.cookies.set("hochoi_session", people.sign_in("an"))
    assert client.get("/").json()["name"] == "an"


def test_door_a_role_taken_away_counts_at_the_next_request(people: People) -> None:
    people.add("quan.tri", Role.ADMIN)
    account = people.add("an")
    client = browser(people, CLOSED)
    client.cookies.set("hochoi_session", people.sign_in("an"))
    assert client.get("/").status_code == 200
    people.accounts.disable(account, BY)
    assert client.get("/").status_code == 401


def test_door_password_set_by_another_only_serves_to_change_it(people: People) -> None:
    account = people.add("an")
    people.accounts.set_password(account, "mật khẩu tạm thời", BY, must_change=True)
    client = browser(people, CLOSED)
    client.cookies.set("hochoi_session", people.sessions.begin(account.person_id, ""))
    assert client.get("/").status_code == 403
    page = client.get("/", headers={"accept": "text/html"})
    assert page.headers["location"] == "/account"


@pytest.mark.parametrize(("ends", "heard"), [(False, "one two three"), (True, "one ")])
def test_door_stream_ends_with_the_session_it_was_begun_in(
    people: People, *, ends: bool, heard: str
) -> None:
    account = people.add("an")

    async def words() -> AsyncIterator[str]:
        yield "one "
        if ends:
            await run_in_threadpool(people.accounts.end_sessions, account, BY)
        yield "two "
        yield "three"

    async def stream(request: Request) -> StreamingResponse:
        return StreamingResponse(words())

    door = open_door(people.db, CLOSED, CHEAP, people.clock)
    app = DoorMiddleware(Starlette(routes=[Route("/visits", stream)]), door, recheck_s=0)
    client = TestClient(app, base_url="http://127.0.0.1")
    client.cookies.set("hochoi_session", people.sign_in("an"))
    assert client.get("/visits").text == heard


def test_door_listed_proxy_names_the_person(people: People) -> None:
    client = browser(people, PROXY)
    headers = {"x-remote-user": "lan", "x-forwarded-for": "9.9.9.9, 10.0.0.8"}
    found = client.get("/", headers=headers).json()
    assert (found["name"], found["address"], found["trial"]) == ("lan", "10.0.0.8", False)
    assert client.get("/").status_code == 401


def test_door_name_from_anywhere_else_is_nothing(people: People) -> None:
    people.add("quan.tri", Role.ADMIN)
    for options in (CLOSED, DoorOptions(False, frozenset(), proxies=frozenset({"10.0.0.5"}))):
        client = browser(people, options)
        assert client.get("/", headers={"x-remote-user": "quan.tri"}).status_code == 401


@pytest.mark.parametrize("names", [["lan", "lan"], [""], ["a b"], ["quan.tri"]])
def test_door_name_that_proves_nobody_is_nothing(people: People, names: list[str]) -> None:
    people.add("quan.tri", Role.ADMIN)  # made here: no proxy vouches for it
    headers = [("x-remote-user", name) for name in names]
    assert browser(people, PROXY).get("/", headers=headers).status_code == 401


def test_door_host_of_another_name_is_refused(people: People) -> None:
    options = DoorOptions(True, hosts=frozenset({"localhost"}))
    response = browser(people, options, "http://evil.example").get("/")
    assert response.status_code == 400
    assert "allowed_hosts" in response.text


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "null"}, {"origin": "http://evil.example"},
                {**SAME, "sec-fetch-site": "cross-site"}],
)  # fmt: skip
def test_door_question_from_another_site_is_refused(
    people: People, headers: dict[str, str]
) -> None:
    client = browser(people, OPEN)
    response = client.post("/gradio_api/queue/join", headers=headers, content=b"{}")
    assert response.status_code == 403


def test_door_question_of_our_page_reaches_it_whole(people: People) -> None:
    data = {"session_hash": "abc", "data": ["Đoàn Hà Giang học gì?"] * 100}
    client = browser(people, OPEN)
    response = client.post("/gradio_api/queue/join", headers=SAME, json=data)
    assert response.json() == data


def test_door_stream_of_one_person_is_closed_to_another(people: People) -> None:
    mine, other = browser(people, OPEN), browser(people, OPEN)
    other.app = mine.app  # one server
    other._transport = mine._transport
    mine.get("/")
    other.get("/")
    address = "/gradio_api/queue/data?session_hash=abc"
    assert mine.get(address).status_code == 200
    assert other.get(address).status_code == 404
    body = json.dumps({"session_hash": "abc", "data": []})
    assert other.post("/gradio_api/queue/join", headers=SAME, content=body).status_code == 404
    assert mine.post("/gradio_api/queue/join", headers=SAME, content=body).status_code == 200


def test_door_question_too_large_for_any_page_is_refused(people: People) -> None:
    response = browser(people, OPEN).post(
        "/gradio_api/queue/join", headers=SAME, content=b"x" * 300_000
    )
    assert response.status_code == 413
