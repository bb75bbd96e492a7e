"""An official reads a report: with and without script, on a phone, under a wrong address."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.served import hochoi

OpenPage = Callable[..., Page]
SEED_FILE = "000_69676b97deb71c3b.txt"


@pytest.fixture(scope="module")
def seed(library: Path) -> str:
    listed = hochoi("--var", str(library), "reports", "--json").stdout
    return str(next(r["report_id"] for r in json.loads(listed) if r["file_name"] == SEED_FILE))


def test_read_without_script_shows_text_and_marks(open_page: OpenPage, seed: str) -> None:
    page = open_page(f"/reports/{seed}?start=0&end=9#mark", java_script_enabled=False)
    expect(page.locator("mark")).to_have_text("Thành phố")
    expect(page.locator(".text")).to_contain_text("Tạ Văn Dũng")
    expect(page.locator("aside")).to_contain_text("Thông tin chuyến đi")


def test_read_no_navigation_of_the_portal_is_left(open_page: OpenPage, seed: str) -> None:
    page = open_page(f"/reports/{seed}")
    for leftover in ("Quay lại", "Danh mục", "Thông tin hoạt động"):
        expect(page.locator(".text")).not_to_contain_text(leftover)


def test_read_phone_has_no_sideways_scroll(open_page: OpenPage, seed: str) -> None:
    page = open_page(f"/reports/{seed}", width=375, height=812)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_read_language_switch_changes_labels_only(open_page: OpenPage, seed: str) -> None:
    page = open_page(f"/reports/{seed}")
    text = page.locator(".text").inner_text()
    page.get_by_role("button", name="English").click()
    expect(page.locator("aside h2")).to_have_text("About this visit")
    assert page.locator(".text").inner_text() == text


def test_read_original_is_saved_not_shown(open_page: OpenPage, seed: str) -> None:
    page = open_page(f"/reports/{seed}")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Tải tệp gốc")).click()
    assert download.value.suggested_filename == SEED_FILE
