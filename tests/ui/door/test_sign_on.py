"""Signing in through a service that speaks OpenID Connect, here one on loopback that can lie."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.testclient import TestClient

from hochoi.errors import SettingsError, SignOnError
from hochoi.people.person import Role
from hochoi.settings import load_settings
from tests.people_door import CHEAP, People, open_people
from tests.ui.html_reading import elements
from ui.door.door import Door, open_door
from ui.door.middleware import DoorMiddleware
from ui.door.options import DoorOptions, SignOnOptions, door_options
from ui.door.routes import add_door_routes
from ui.wording import error_sentence

CLIENT = "hoc-hoi"


@dataclass
class Provider:
    """A sign-on service: what its next token says can be changed."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    claims: dict[str, object] = field(default_factory=dict)
    signed_with: RSAKey | None = None
    algorithm: str = "RS256"
    raw_token: str | None = None
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    nonce: str = ""
    broken: dict[str, object] = field(default_factory=dict)  # path -> what it says instead

    def token(self) -> str:
        now = int(time.time())
        said: dict[str, object] = {
            "iss": self.issuer, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 300,
            "nonce": self.nonce, "preferred_username": "lan.nguyen", **self.claims,
        }  # fmt: skip
        said = {k: v for k, v in said.items() if v is not None}
        key = self.signed_with or self.key
        return jwt.encode({"alg": self.algorithm, "kid": "one"}, said, key)

    def answer(self, path: str) -> tuple[int, object]:
        said = self.broken.get(urlsplit(path).path)
        if said is not None:
            return (said, {}) if isinstance(said, int) else (200, said)
        match urlsplit(path).path:
            case "/.well-known/openid-configuration":
                names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
                return 200, {"issuer": self.issuer, **{n: f"{self.issuer}/{n}" for n in names}}
            case "/jwks_uri":
                return 200, {"keys": [self.key.as_dict(private=False)]}
            case "/token_endpoint":
                if self.asked[-1].get("code") != ["good"]:
                    return 400, {"error": "invalid_grant"}
                token = self.raw_token or self.token()
                return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}
        return 404, {}


@pytest.fixture(scope="module")
def server() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = provider.answer(self.path)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            provider.asked.append(parse_qs(self.rfile.read(length).decode()))
            self.do_GET()

        def log_message(self, format: str, *arguments: object) -> None:
            """Write nothing."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{listener.server_port}"
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    yield provider
    listener.shutdown()
    listener.server_close()
    thread.join()


@pytest.fixture
def provider(server: Provider) -> Provider:
    """The service, telling the truth again."""
    server.claims, server.signed_with, server.algorithm = {}, None, "RS256"
    server.raw_token, server.broken = None, {}
    return server


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with open_people(tmp_path) as people:
        yield people


@pytest.fixture
def door(people: People, provider: Provider) -> Door:
    sign_on = SignOnOptions(provider.issuer, CLIENT, "secret")
    return open_door(people.db, DoorOptions(False, sign_on=sign_on), CHEAP, people.clock)


def browser(door: Door) -> TestClient:
    app = FastAPI()
    add_door_routes(app, door)
    return TestClient(
        DoorMiddleware(app, door), base_url="http://127.0.0.1", follow_redirects=False
    )


def go(client: TestClient, provider: Provider, *, code: str = "good", state: str = "") -> int:
    """Go to the service and come back; return the status of coming back."""
    left = client.get("/login/sso?next=/visits")
    asked = parse_qs(urlsplit(left.headers["location"]).query)
    provider.nonce = asked["nonce"][0]
    return client.get(
        "/login/sso/back", params={"code": code, "state": state or asked["state"][0]}
    ).status_code


def test_sign_on_goes_out_with_what_protects_the_way_back(door: Door, provider: Provider) -> None:
    left = browser(door).get("/login/sso?next=/visits")
    assert left.status_code == 303
    assert left.headers["location"].startswith(f"{provider.issuer}/authorization_endpoint?")
    asked = parse_qs(urlsplit(left.headers["location"]).query)
    assert asked["redirect_uri"] == ["http://127.0.0.1/login/sso/back"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"][0].startswith("openid")
    assert {len(asked[name][0]) > 30 for name in ("state", "nonce", "code_challenge")} == {True}
    assert "HttpOnly; SameSite=Lax" in left.headers["set-cookie"]


def test_sign_on_makes_an_official_and_leads_to_the_page(door: Door, provider: Provider) -> None:
    client = browser(door)
    assert go(client, provider) == 303
    assert client.get("/account").status_code == 200
    account = door.accounts.named("lan.nguyen")
    assert (account.roles, account.origin) == ({Role.OFFICIAL}, "oidc")
    assert provider.asked[-1]["code_verifier"][0]
    assert go(browser(door), provider) == 303
    assert len(door.accounts.all()) == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://another.example"}, {"iss": None}, {"aud": "another"}, {"aud": None},
        {"nonce": "another"}, {"nonce": None}, {"exp": 1}, {"exp": None}, {"iat": None},
        {"preferred_username": None}, {"preferred_username": 7}, {"preferred_username": "a b"},
        {"preferred_username": ""}, {"azp": "another"}, {"sub": None},
        {"aud": ["another", "third"]},
    ],
)  # fmt: skip
def test_sign_on_token_that_does_not_hold_signs_nobody_in(
    door: Door, provider: Provider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    client = browser(door)
    assert go(client, provider) == 401
    assert client.get("/account").status_code == 401
    assert door.accounts.all() == ()


def test_sign_on_token_signed_by_somebody_else_is_refused(door: Door, provider: Provider) -> None:
    provider.signed_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert go(browser(door), provider) == 401


def test_sign_on_token_without_a_signature_is_refused(door: Door, provider: Provider) -> None:
    head, body = "eyJhbGciOiJub25lIn0", provider.token().split(".")[1]
    for token in (f"{head}.{body}.", "not a token", ""):
        provider.raw_token = token or "."
        assert go(browser(door), provider) == 401


def test_sign_on_new_keys_of_the_service_are_taken(door: Door, provider: Provider) -> None:
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    assert go(browser(door), provider) == 303


DESCRIPTION = "/.well-known/openid-configuration"


def sentence_of(response: httpx.Response) -> str:
    """Return the one sentence that the login page says; it is a page, never a trace."""
    assert response.status_code == 401
    (said,) = elements(response.text, "p", "problem")
    assert "Traceback" not in response.text
    return said.text


@pytest.mark.parametrize(
    "said",
    [500, 404, b"", b"<html>", b"\xff\xfe", [], {}, 7, {"issuer": "https://another.example"},
     {"issuer": "THE ISSUER"}, {"issuer": "THE ISSUER", "authorization_endpoint": 7},
     *({"issuer": "THE ISSUER", "authorization_endpoint": address}
       for address in ("https://[", "", "javascript:alert(1)", "http://elsewhere.example/"))],
)  # fmt: skip
def test_sign_on_service_that_describes_itself_wrongly_is_said_in_one_sentence(
    door: Door, provider: Provider, said: object
) -> None:
    if isinstance(said, dict) and said.get("issuer") == "THE ISSUER":
        said = {**said, "issuer": provider.issuer}
    provider.broken = {DESCRIPTION: said}
    response = browser(door).get("/login/sso")
    assert sentence_of(response) == error_sentence(SignOnError(""))


@pytest.mark.parametrize("path", ["/token_endpoint", "/jwks_uri"])
@pytest.mark.parametrize(
    "said",
    [500, b"", b"<html>", [], 7, {}, {"keys": "x"}, {"keys": [7]}, {"keys": [{"kty": "RSA"}]},
     {"id_token": 7}, {"id_token": {}}, {"error": 7}, {"expires_in": "soon", "id_token": "x"}],
)  # fmt: skip
def test_sign_on_service_that_breaks_off_signs_nobody_in(
    door: Door, provider: Provider, path: str, said: object
) -> None:
    provider.broken = {path: said}
    client = browser(door)
    assert go(client, provider) == 401
    assert client.get("/account").status_code == 401


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:1", "http://127.0.0.1:99999", "https://a..b"])
def test_sign_on_service_that_is_not_there_is_said_and_passwords_still_work(
    people: People, issuer: str
) -> None:
    options = DoorOptions(False, sign_on=SignOnOptions(issuer, CLIENT, "secret"))
    door = open_door(people.db, options, CHEAP, people.clock)
    response = browser(door).get("/login/sso")
    assert sentence_of(response) == error_sentence(SignOnError(""))
    assert elements(response.text, "input")  # the form to sign in with a password


def test_sign_on_refused_code_signs_nobody_in(door: Door, provider: Provider) -> None:
    assert go(browser(door), provider, code="bad") == 401


def test_sign_on_state_of_another_browser_or_used_twice_is_refused(
    door: Door, provider: Provider
) -> None:
    client = browser(door)
    assert go(client, provider, state="chosen") == 401
    left = client.get("/login/sso")
    asked = parse_qs(urlsplit(left.headers["location"]).query)
    provider.nonce = asked["nonce"][0]
    way_back = f"/login/sso/back?code=good&state={asked['state'][0]}"
    assert browser(door).get(way_back).status_code == 401
    assert client.get(way_back).status_code == 303
    assert client.get(way_back).status_code == 401


def test_sign_on_too_late_is_refused(door: Door, provider: Provider, people: People) -> None:
    client = browser(door)
    asked = parse_qs(urlsplit(client.get("/login/sso").headers["location"]).query)
    provider.nonce = asked["nonce"][0]
    people.clock.now += 601
    way_back = f"/login/sso/back?code=good&state={asked['state'][0]}"
    assert client.get(way_back).status_code == 401


def test_sign_on_never_opens_an_account_made_here(
    door: Door, provider: Provider, people: People
) -> None:
    people.add("lan.nguyen", Role.ADMIN)
    client = browser(door)
    assert go(client, provider) == 401
    assert door.audit.events()[0].result == "refused"


def test_sign_on_service_that_is_away_says_so_in_vietnamese(people: People) -> None:
    sign_on = SignOnOptions("http://127.0.0.1:9", CLIENT, "secret")
    door = open_door(people.db, DoorOptions(False, sign_on=sign_on), CHEAP)
    response = browser(door).get("/login/sso")
    assert response.status_code == 401
    assert "Dịch vụ đăng nhập một lần không trả lời" in response.text


def test_sign_on_is_offered_only_where_it_is_set_up(door: Door, people: People) -> None:
    assert "/login/sso" in browser(door).get("/login").text
    without = open_door(people.db, DoorOptions(False), CHEAP)
    assert "/login/sso" not in browser(without).get("/login").text


@pytest.mark.parametrize(
    "settings",
    [{"oidc_issuer": "https://sso.example"},
     {"oidc_issuer": "http://sso.example", "oidc_client_id": "x"}],
)  # fmt: skip
def test_sign_on_half_set_up_or_without_https_is_refused(settings: dict[str, str]) -> None:
    environ = {f"HOCHOI_{key.upper()}": value for key, value in settings.items()}
    with pytest.raises(SettingsError):
        door_options(load_settings(Path("var"), environ))


def test_sign_on_secret_is_never_shown() -> None:
    environ = {"HOCHOI_OIDC_CLIENT_SECRET": "s3cret"}
    assert "s3cret" not in repr(load_settings(Path("var"), environ))
    with pytest.raises(SettingsError) as caught:
        load_settings(Path("var"), {"HOCHOI_OIDC_CLIENT_SECRET": "  "})
    assert "  " not in str(caught.value)
