"""Every route of the running application against the one table of who may open what."""

import asyncio

import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from tests.ui.door.routes_of import routes_of
from tests.ui.house import NAMES, House
from ui.door.policy import RULES, Access, rule_for

WHO = [None, *NAMES]
# Written by hand, so that the table itself cannot drift unseen: who gets in, by address.
OPEN_TO = {
    "/healthz": {None, "official", "admin", "evaluator"},
    "/login": {None, "official", "admin", "evaluator"},
    "/": {"official", "admin", "evaluator"},
    "/config": {"official", "admin", "evaluator"},
    "/reports/hd01": {"official", "admin", "evaluator"},
    "/reports/hd01/original": {"official", "admin", "evaluator"},
    "/visits": {"official", "admin", "evaluator"},
    "/visits.csv": {"official", "admin", "evaluator"},
    "/account": {"official", "admin", "evaluator"},
    "/conversations": {"official", "admin", "evaluator"},
    "/gradio_api/queue/data": {"official", "admin", "evaluator"},
    "/admin": {"admin"},
    "/admin/users": {"admin"},
    "/admin/anything/at/all": {"admin"},
    "/evaluate": {"evaluator"},
    "/evaluate/runs/7": {"evaluator"},
    "/gradio_api/upload": set(),
    "/gradio_api/file=/etc/passwd": set(),
    "/docs": set(),
    "/no/such/page": set(),
    "/reports/a/b/c": set(),
    "/login/": set(),
}


def is_let_in(client: TestClient, method: str, path: str) -> str:
    """Return how the door answers: in, sign in, forbidden, closed."""
    response = client.request(
        method, path, headers={"origin": "http://127.0.0.1", "content-type": "application/json"},
        content=b"[]" if method not in ("GET", "HEAD") else None,
    )  # fmt: skip
    if response.status_code == 303 and response.headers["location"].startswith("/login?next="):
        return "sign in"
    if response.status_code == 401:
        return "sign in"
    if response.status_code == 403 and "không có vai trò" in response.text:
        return "forbidden"
    if response.status_code == 405:
        return "closed"
    if response.status_code == 404 and (method == "HEAD" or "không có trang nào" in response.text):
        return "closed"
    return "in"


async def status_of(
    house: House, path: str, session: str, more: list[tuple[bytes, bytes]] | None = None
) -> int:
    """Ask for exactly this path, which clients would tidy up first, and return the status."""
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        messages.append(message)

    cookie = f"hochoi_session={session}".encode()
    headers = [(b"host", b"127.0.0.1"), (b"cookie", cookie), *(more or [])]
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
        "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 9),
    }  # fmt: skip
    await house.app(scope, receive, send)
    return int(messages[0]["status"])


def expected(access: Access, who: str | None) -> str:
    if access is Access.CLOSED:
        return "closed"
    if access in (Access.FILES, Access.PUBLIC):
        return "in"
    if who is None:
        return "sign in"
    needed = {Access.ADMIN: "admin", Access.EVALUATOR: "evaluator"}.get(access, who)
    return "in" if needed == who else "forbidden"


def test_policy_names_every_route_of_the_application(house: House) -> None:
    routes = list(routes_of(house.app.routes))
    assert len(routes) > 80
    unknown = [f"{method} {path}" for method, path in routes if rule_for(path) is None]
    assert unknown == []


def test_policy_takes_every_method_that_an_open_route_has(house: House) -> None:
    for method, path in routes_of(house.app.routes):
        rule = rule_for(path)
        assert rule is not None
        # Gradio's own login and logout are behind ours at the same address
        if rule.access is not Access.CLOSED and path not in ("/logout",):
            assert method in rule.methods, f"{method} {path}"


@pytest.mark.parametrize("who", WHO)
def test_policy_holds_for_every_route_and_role(house: House, who: str | None) -> None:
    client = house.browser(who)
    for method, path in routes_of(house.app.routes):
        if path in ("/logout", "/account/logout-everywhere"):
            continue  # ways out of the session used here
        rule = rule_for(path)
        assert rule is not None
        said = is_let_in(client, method, path)
        wanted = expected(rule.access, who) if method in rule.methods else "closed"
        assert said == wanted, f"{method} {path} as {who}"


@pytest.mark.parametrize("who", WHO)
def test_policy_by_hand_is_what_the_door_does(house: House, who: str | None) -> None:
    client = house.browser(who)
    for path, allowed in OPEN_TO.items():
        said = is_let_in(client, "GET", path) if path not in ("/admin", "/evaluate") else None
        rule = rule_for(path)
        if said is None or (rule is not None and rule.access is not Access.CLOSED):
            assert rule is not None
            assert (expected(rule.access, who) == "in") is (who in allowed), path
        if said is not None and who not in allowed:
            assert said != "in", f"{path} as {who}"


def test_policy_names_no_pattern_twice() -> None:
    patterns = [rule.pattern.pattern for rule in RULES]
    assert len(set(patterns)) == len(patterns)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/../healthz", "/healthz/../admin", "//admin", "/admin//", "/ADMIN", "/admin%2fusers",
        "/admin/users", "/admin\x00", "/reports/../admin",
        "/admin;x=/page/base.css", "/page/../admin", "/.//admin", "/page/base.css/../../admin",
    ],
)  # fmt: skip
def test_policy_odd_ways_to_write_an_address_open_nothing(house: House, path: str) -> None:
    token = house.browser("official").cookies["hochoi_session"]
    assert asyncio.run(status_of(house, path, token)) in (403, 404)


def test_policy_request_with_two_ends_is_refused(house: House) -> None:
    token = house.browser("official").cookies["hochoi_session"]
    two = [(b"content-length", b"4"), (b"transfer-encoding", b"chunked")]
    assert asyncio.run(status_of(house, "/visits", token)) == 200
    assert asyncio.run(status_of(house, "/visits", token, two)) == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST"])
def test_policy_other_methods_do_nothing(house: House, method: str) -> None:
    response = house.browser("admin").request(
        method, "/reports/hd01", headers={"origin": "http://127.0.0.1"}
    )
    assert response.status_code == 405


@pytest.mark.parametrize("who", NAMES)
def test_policy_nothing_changes_without_the_token_of_a_form(house: House, who: str) -> None:
    client = house.browser(who)
    for method, path in routes_of(house.app.routes):
        rule = rule_for(path)
        assert rule is not None
        if method in ("GET", "HEAD") or expected(rule.access, who) != "in":
            continue
        if method not in rule.methods:
            continue
        for headers in ({}, {"origin": "null"}, {"origin": "http://127.0.0.1"}):
            if path.startswith("/gradio_api/") and headers.get("origin", "null") != "null":
                continue  # what the ask page's scripts send has an origin, and no form
            response = client.request(method, path, data={"a": "b"}, headers=headers)
            assert response.status_code == 403, f"{method} {path} as {who}"
