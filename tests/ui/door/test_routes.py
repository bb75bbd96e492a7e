"""Signing in and out, the first administrator and one's own account, as a browser does it."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from hochoi.people.person import Role
from tests.people_door import BY, PASSWORD, Clock
from tests.ui.house import House, sign_in, token_in
from tests.ui.html_reading import elements
from ui.door.routes import next_path

NEW = "cầu Long Biên 1902"


@pytest.fixture(autouse=True)
def _calm(house: House, clock: Clock) -> Iterator[None]:
    """Let no test's failures delay the next one."""
    yield
    clock.now += 24 * 3600 + 1


def change(client: TestClient, current: str, new: str, repeat: str | None = None) -> str:
    token = token_in(client.get("/account").text)
    data = {"current": current, "new": new, "repeat": repeat or new, "form_token": token}
    return client.post("/account/password", data=data).text


def test_login_leads_to_the_page_that_was_asked_for(house: House) -> None:
    house.people.add("lan.1")
    client = house.browser()
    asked = client.get("/reports/hd01?start=0&end=3")
    page = client.get(asked.headers["location"])
    data = {"name": "lan.1", "password": PASSWORD, "form_token": token_in(page.text)}
    data["next"] = next(
        e.attributes["value"] for e in elements(page.text, "input")
        if e.attributes.get("name") == "next"
    )  # fmt: skip
    done = client.post("/login", data=data)
    assert (done.status_code, done.headers["location"]) == (303, "/reports/hd01?start=0&end=3")
    assert client.get("/reports/hd01").status_code == 200


def test_login_session_cookie_is_hidden_and_new_each_time(house: House) -> None:
    house.people.add("lan.2")
    client = house.browser()
    chosen = "chosen-by-somebody-else"
    client.cookies.set("hochoi_session", chosen, domain="127.0.0.1", path="/")
    assert sign_in(client, "lan.2") == 303
    first = client.cookies["hochoi_session"]
    assert first != chosen
    token = token_in(client.get("/account").text)
    again = client.post("/login", data={"name": "lan.2", "password": PASSWORD, "form_token": token})
    assert "; HttpOnly; SameSite=Lax" in again.headers["set-cookie"]
    assert house.door.sessions.find(first) is None


def test_login_wrong_password_says_so_and_keeps_the_name(house: House) -> None:
    house.people.add("lan.3")
    client = house.browser()
    token = token_in(client.get("/login").text)
    said = client.post("/login", data={"name": "lan.3", "password": "x", "form_token": token})
    assert said.status_code == 401
    assert "Tên hoặc mật khẩu chưa đúng." in said.text
    assert 'value="lan.3"' in said.text
    assert "hochoi_session" not in client.cookies


def test_login_thirty_wrong_passwords_then_unlocked_by_an_administrator(house: House) -> None:
    account = house.people.add("lan.4")
    client = house.browser()
    codes = [sign_in(client, "lan.4", f"sai {n}") for n in range(30)]
    assert (codes.count(401), codes.count(429)) == (5, 25)
    assert sign_in(client, "lan.4") == 429
    house.door.accounts.unlock(account, BY)
    assert sign_in(client, "lan.4") == 303


def test_login_hostile_name_is_shown_as_text(house: House) -> None:
    client = house.browser()
    token = token_in(client.get("/login").text)
    name = '"><script>alert(1)</script>'
    said = client.post("/login", data={"name": name, "password": "x", "form_token": token})
    assert "<script>alert" not in said.text


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/", "/"), ("/visits?a=b", "/visits?a=b"), ("/reports/hd01", "/reports/hd01"),
        ("", "/"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/"),
        ("/no/such/page", "/"), ("javascript:alert(1)", "/"), ("/visits\r\nx: y", "/"),
        ("/visits?\n", "/"),
    ],
)  # fmt: skip
def test_next_path_leads_to_our_own_pages_only(wanted: str, leads_to: str) -> None:
    assert next_path(wanted) == leads_to


@pytest.mark.parametrize(
    "path", ["/login", "/setup", "/logout", "/account/password", "/account/logout-everywhere"]
)
def test_form_without_its_token_does_nothing(house: House, path: str) -> None:
    client = house.browser("official")
    before = client.get("/account").status_code
    for data in ({}, {"form_token": ""}, {"form_token": "x" * 64}):
        response = client.post(path, data={"name": "official", "password": PASSWORD, **data})
        assert response.status_code == 403
    other = token_in(house.browser("admin").get("/account").text)
    assert client.post(path, data={"form_token": other}).status_code == 403
    assert client.get("/account").status_code == before == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data", ""])
def test_form_of_another_kind_is_refused(house: House, kind: str) -> None:
    client = house.browser("official")
    token = token_in(client.get("/account").text)
    headers = {"content-type": kind}
    response = client.post("/logout", content=f"form_token={token}", headers=headers)
    assert response.status_code == 403
    assert client.get("/account").status_code == 200


def test_form_too_long_or_broken_is_refused(house: House) -> None:
    client = house.browser("official")
    headers = {"content-type": "application/x-www-form-urlencoded"}
    for content, status in ((b"a=" + b"x" * 70_000, 413), (b"a=\xff", 400), (b"a=1&" * 300, 400)):
        assert client.post("/logout", content=content, headers=headers).status_code == status


def test_logout_ends_this_session_and_no_other(house: House) -> None:
    house.people.add("lan.5")
    here, there = house.browser(), house.browser()
    assert sign_in(here, "lan.5") == sign_in(there, "lan.5") == 303
    copied = here.cookies["hochoi_session"]
    token = token_in(here.get("/account").text)
    assert here.post("/logout", data={"form_token": token}).headers["location"] == "/login"
    here.cookies.set("hochoi_session", copied)
    assert here.get("/account").headers["location"].startswith("/login")
    assert there.get("/account").status_code == 200


def test_logout_everywhere_ends_all(house: House) -> None:
    house.people.add("lan.6")
    here, there = house.browser(), house.browser()
    assert sign_in(here, "lan.6") == sign_in(there, "lan.6") == 303
    page = here.get("/account").text
    assert "mở ở 2 nơi" in page
    here.post("/account/logout-everywhere", data={"form_token": token_in(page)})
    assert there.get("/account").status_code == 303


def test_password_change_keeps_this_session_and_ends_the_others(house: House) -> None:
    house.people.add("lan.7")
    here, there = house.browser(), house.browser()
    assert sign_in(here, "lan.7") == sign_in(there, "lan.7") == 303
    assert "Đã đổi mật khẩu" in change(here, PASSWORD, NEW)
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert sign_in(house.browser(), "lan.7") == 401
    assert sign_in(house.browser(), "lan.7", NEW) == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (("sai", NEW), "Tên hoặc mật khẩu chưa đúng."),
        ((PASSWORD, NEW, NEW + "x"), "hai lần gõ không giống nhau"),
        ((PASSWORD, "ngắn"), "cần ít nhất 10 ký tự"),
        ((PASSWORD, PASSWORD), "giống mật khẩu cũ"),
    ],
)
def test_password_change_refused_says_why_and_changes_nothing(
    house: House, fields: tuple[str, ...], sentence: str
) -> None:
    assert sentence in change(house.browser("official"), *fields)
    assert sign_in(house.browser(), "official") == 303


def test_password_set_by_an_administrator_must_be_changed_first(house: House) -> None:
    account = house.people.add("lan.8")
    house.door.accounts.set_password(account, "mật khẩu tạm", BY, must_change=True)
    client = house.browser()
    assert sign_in(client, "lan.8", "mật khẩu tạm") == 303
    assert client.get("/visits").headers["location"] == "/account"
    assert "Hãy đổi mật khẩu rồi tiếp tục" in client.get("/account").text
    assert "Đã đổi mật khẩu" in change(client, "mật khẩu tạm", NEW)
    assert client.get("/visits").status_code == 200


def test_setup_is_closed_once_there_is_an_administrator(house: House) -> None:
    client = house.browser()
    for code in ("", "x", house.door.setup_code.text):
        assert client.get(f"/setup?code={code}").status_code == 404


def test_setup_makes_one_administrator_with_every_role_and_signs_in(house: House) -> None:
    admin = house.door.accounts.named("admin")
    with house.people.db.writing() as db:  # as if nobody could manage yet
        db.execute("UPDATE accounts SET is_disabled = 1 WHERE name = 'admin'")
    client = house.browser()
    code = house.door.setup_code.text
    assert client.get("/setup?code=guessed").status_code == 404
    page = client.get(f"/setup?code={code}")
    data = {"name": "dau.tien", "new": NEW, "repeat": NEW, "code": code}
    data["form_token"] = token_in(page.text)
    assert client.post("/setup", data={**data, "code": "guessed"}).status_code == 404
    weak = client.post("/setup", data={**data, "new": "matkhau1234", "repeat": "matkhau1234"})
    assert (weak.status_code, "quá dễ đoán" in weak.text) == (422, True)
    assert client.post("/setup", data=data).headers["location"] == "/account"
    assert client.get("/account").status_code == 200
    assert house.door.accounts.named("dau.tien").roles == set(Role)
    other = {**data, "name": "thu.hai"}
    assert client.post("/setup", data=other).status_code in (403, 404)
    assert "thu.hai" not in {a.name for a in house.door.accounts.all()}
    house.door.accounts.enable(admin, BY)


def test_masthead_says_who_one_is_and_offers_what_one_may(house: House) -> None:
    official = house.browser("official").get("/visits").text
    admin = house.browser("admin").get("/visits").text
    assert ">official</a>" in official
    assert 'href="/admin"' not in official
    assert 'href="/admin"' in admin
    assert 'href="/evaluate"' not in admin


@pytest.mark.parametrize("path", ["/login", "/account", "/admin/users", "/nothing", "/setup"])
def test_pages_of_the_door_carry_the_headers(house: House, path: str) -> None:
    headers = house.browser("official").get(path).headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert not re.search(r"https?:|\*", headers["content-security-policy"])
    assert headers["x-content-type-options"] == "nosniff"


def test_no_other_site_is_let_in_by_cors(house: House) -> None:
    client = house.browser("official")
    for origin in (
        "http://evil.example",
        "null",
        "http://127.0.0.1.evil.example",
        "http://localhost",
    ):
        for method in ("GET", "OPTIONS"):
            response = client.request(method, "/config", headers={"origin": origin})
            assert "access-control-allow-origin" not in response.headers
