"""The server as a service: a second one, a taken port, reports that arrive, an orderly end."""

import time
from collections.abc import Callable
from pathlib import Path

import httpx
from playwright.sync_api import Page

from tests.journeys.served import fill_library, hochoi, start_server, stop_server

NEW_REPORT = """Bình Phước đón đoàn tỉnh Bến Tre tìm hiểu kho lưu trữ số

Ngày 05/5/2025, đoàn tỉnh Bến Tre gồm 9 người đến Bình Phước tìm hiểu kho lưu trữ số."""


def report_count(address: str) -> int:
    return int(httpx.get(f"{address}/healthz", timeout=10).json()["reports"])


def test_serve_second_server_on_the_same_data_is_refused_in_one_sentence(
    library: Path, address: str
) -> None:
    refused = hochoi("--var", str(library), "serve", "--port", "0")
    assert refused.returncode == 1
    assert "đang được dùng bởi tiến trình khác" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert report_count(address) > 0


def test_serve_taken_port_is_refused_in_one_sentence(address: str, tmp_path: Path) -> None:
    port = address.rpartition(":")[2]
    refused = hochoi("--var", str(tmp_path / "var"), "serve", "--port", port)
    assert refused.returncode == 1
    assert f"Không mở được cổng {port}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_serve_report_published_by_a_command_is_served_within_two_seconds(
    library: Path, address: str, tmp_path: Path, open_page: Callable[..., Page]
) -> None:
    before = report_count(address)
    path = tmp_path / "binh-phuoc.txt"
    path.write_text(NEW_REPORT, encoding="utf-8")
    page = open_page()
    added = hochoi("--var", str(library), "ingest", str(path))
    published = time.monotonic()
    assert added.returncode == 0, added.stderr
    try:
        assert report_count(address) == before + 1
        page.wait_for_timeout(max(0.0, 2000 - (time.monotonic() - published) * 1000))
        page.locator("#question textarea").fill("Đoàn Bến Tre đến Bình Phước gồm bao nhiêu người?")
        page.keyboard.press("Enter")
        page.wait_for_selector(".answer:has-text('9 người')")
    finally:
        report_id = added.stdout.split()[2]
        hochoi("--var", str(library), "remove", report_id)


def test_serve_stops_in_order_when_told_to(tmp_path: Path) -> None:
    var = tmp_path / "var"
    fill_library(var)
    server = start_server(var)
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    with httpx.Client(base_url=address) as page:
        page.get("/healthz")  # its connection stays open
        started = time.monotonic()
        errors = stop_server(server)
    assert server.returncode == 0
    assert time.monotonic() - started < 8
    assert "Traceback" not in errors
