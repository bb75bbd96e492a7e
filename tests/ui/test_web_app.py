"""The whole application as a browser gets it, without a browser."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from hochoi.people.database import PeopleDatabase
from hochoi.store import Store
from hochoi.types import Answer, Filters, Progress
from tests.ui.html_reading import elements
from tests.ui.samples import END, QUOTE, START, TITLE, answered, filled_store, site_with
from ui.door.door import Door, open_door
from ui.door.options import DoorOptions
from ui.web_app import build_app

HOSTILE_STARTER = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


def ask(question: str, history: tuple[str, ...], filters: Filters) -> Iterator[Progress | Answer]:
    yield answered()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = filled_store(tmp_path_factory.mktemp("web"))
    yield store
    store.close()


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with PeopleDatabase(tmp_path_factory.mktemp("people") / "people.sqlite3") as people:
        yield open_door(people, DoorOptions(open_asking=True))


@pytest.fixture(scope="module")
def client(store: Store, door: Door) -> Iterator[TestClient]:
    def starters() -> tuple[str, ...]:
        return ("Đoàn Cà Mau gồm bao nhiêu người?", HOSTILE_STARTER)

    async def build() -> FastAPI:
        """Build in a running loop: outside of one Gradio makes its own and never closes it."""
        return build_app(site_with(store, ask, starters), door)

    with TestClient(asyncio.run(build()), base_url="http://127.0.0.1") as client:
        yield client


def test_health_counts_the_reports(client: TestClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "reports": 2})


@pytest.mark.parametrize(
    "path",
    [
        "/", "/healthz", "/favicon.ico", "/reports/hd01", "/reports/none", "/reports/hd01/original",
        "/page/page.js", "/page/base.css", "/page/none.css", "/no/such/page", "/config",
        "/theme.css", "/gradio_api/upload",
    ],
)  # fmt: skip
def test_headers_every_response_carries_them(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"https?:|\*", policy)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/reports/hd01", "/reports/none", "/reports/hd01/original", "/config"]
)
def test_headers_pages_and_data_are_not_stored(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-store"


def test_headers_unchanging_files_may_be_kept(client: TestClient) -> None:
    assert "immutable" in client.get("/page/base.css?v=1").headers["cache-control"]
    assert client.get("/page/none.css").headers["cache-control"] == "no-store"


def test_ask_page_inline_scripts_run_only_with_this_response_s_nonce(client: TestClient) -> None:
    nonces = set()
    for _ in range(2):
        response = client.get("/", headers={"accept-encoding": "br, gzip"})
        nonce = re.search(r"'nonce-([\w-]+)'", response.headers["content-security-policy"])
        assert nonce is not None
        nonces.add(nonce[1])
        scripts = [e for e in elements(response.text, "script") if "src" not in e.attributes]
        assert {e.attributes["nonce"] for e in scripts} == {nonce[1]}
        assert "unsafe-inline" not in response.headers["content-security-policy"].split("style")[0]
    assert len(nonces) == 2


def test_ask_page_first_html_is_vietnamese_and_points_nowhere_else(client: TestClient) -> None:
    html = client.get("/").text
    assert elements(html, "html")[0].attributes["lang"] == "vi"
    for element in elements(html):
        for name in ("src", "href", "content", "action"):
            assert not element.attributes.get(name, "").startswith(("http", "//")), element.tag


def test_ask_page_hostile_starter_does_not_leave_its_data(client: TestClient) -> None:
    html = client.get("/").text
    assert elements(html, "img") == []
    assert "<script>alert(1)" not in html


def test_ask_page_english_cookie_gives_english_masthead(client: TestClient) -> None:
    response = client.get("/", headers={"cookie": "a=b; hochoi_lang=en"})
    assert "Answers from reports of study visits" in response.text
    assert elements(response.text, "html")[0].attributes["lang"] == "en"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/docs"), ("GET", "/redoc"), ("GET", "/openapi.json"), ("GET", "/login/"),
        ("GET", "/gradio_api/info"), ("GET", "/gradio_api/openapi.json"), ("GET", "/monitoring"),
        ("GET", "/gradio_api/runs"), ("POST", "/gradio_api/upload"),
        ("POST", "/gradio_api/run/ask"),
        ("GET", "/gradio_api/file=/etc/passwd"), ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=https://elsewhere.example/"), ("POST", "/gradio_api/vibe-edit"),
        ("POST", "/gradio_api/component_server"), ("POST", "/gradio_api/call/ask"),
        ("GET", "/manifest.json"), ("GET", "/svelte/x.js"), ("GET", "/gradio_api/deep_link"),
        ("GET", "/reports/hd01/original/x"), ("GET", "/reports/"),
        ("GET", "/healthz/x"), ("GET", "/gradio_api/token"), ("GET", "/robots.txt"),
    ],
)  # fmt: skip
def test_routes_that_no_page_uses_are_closed(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 404
    assert "Không tìm thấy trang" in response.text


def test_events_are_not_offered_as_an_interface(client: TestClient) -> None:
    config = client.get("/config").json()
    assert config["dependencies"]
    assert {d["api_visibility"] for d in config["dependencies"]} == {"private"}
    assert config["run_history"] is False if "run_history" in config else True
    assert config["analytics_enabled"] is False


def test_report_page_marks_the_words_of_the_address(client: TestClient) -> None:
    response = client.get(f"/reports/hd01?start={START}&end={END}")
    assert response.status_code == 200
    assert [e.text for e in elements(response.text, "mark")] == [QUOTE]
    assert "Một cửa" in response.text


@pytest.mark.parametrize(
    "query", ["start=x&end=y", "start=1", "start=9&end=2", "start=0&end=99999"]
)
def test_report_page_bad_marks_show_the_report_without_any(client: TestClient, query: str) -> None:
    response = client.get(f"/reports/hd01?{query}")
    assert response.status_code == 200
    assert TITLE in response.text
    assert elements(response.text, "mark") == []


@pytest.mark.parametrize("path", ["/reports/none", "/reports/none/original", "/reports/%2e%2e"])
def test_report_page_unknown_id_is_a_vietnamese_404(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert (
        "Báo cáo này không có trong kho" in response.text or "không có trang nào" in response.text
    )


def test_original_is_a_download_that_no_browser_renders(client: TestClient) -> None:
    response = client.get("/reports/hd01/original")
    assert response.content == b"<script>alert(1)</script>"
    assert response.headers["content-type"] == "application/octet-stream"
    name = "h%E1%BA%A3i%20d%C6%B0%C6%A1ng%20%281%29.txt"
    assert response.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"


def test_wording_script_holds_both_languages(client: TestClient) -> None:
    text = client.get("/page/wording.js").text
    data = json.loads(text.removeprefix("window.hochoi = ").rstrip().removesuffix(";"))
    assert data["words"]["vi"]["send"] == "Gửi"
    assert data["words"]["en"]["send"] == "Ask"


def test_static_only_files_of_the_folder_are_served(client: TestClient) -> None:
    assert client.get("/page/..%2fwording.py").status_code == 404
    assert client.get("/page/wording.py").status_code == 404
    assert client.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


def test_static_files_name_no_other_host() -> None:
    for path in (Path(__file__).parents[2] / "ui" / "static").iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(", text), path.name
