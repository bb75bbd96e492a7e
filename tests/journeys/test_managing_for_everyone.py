"""The administrators' and evaluators' pages in every state: no serious finding, none too wide."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hochoi.people.accounts import Accounts
from hochoi.people.audit import Actor, AuditLog
from hochoi.people.database import PeopleDatabase
from hochoi.people.passwords import Passwords
from hochoi.people.person import Role
from tests.journeys.served import ROOT, hochoi, served
from tests.journeys.test_admin_keeps_the_library import TEXT, upload
from tests.journeys.test_everyone_can_use_it import findings
from tests.journeys.test_people_come_and_go import PASSWORD

LONG_NAME = "báo_cáo_có_tên_rất_dài_không_khoảng_trắng_" * 4 + ".docx"
SET = (
    "id,question,answerable,expected,relevant\n"
    "c1,Đoàn Sơn La đến Lạng Sơn do ai làm trưởng đoàn?,1,Nguyễn Văn An,son-la.txt\n"
    "c2,Đoàn Sơn La đến Lạng Sơn gồm bao nhiêu người?,1,mười lăm,son-la.txt\n"
    "c3,Đoàn Sơn La chi hết bao nhiêu tiền?,0,,\n"
    "c4,Đoàn Hà Giang đến Lào Cai do ai dẫn đầu?,1,Bà Hoa,khong-co.txt\n"
)


@pytest.fixture(scope="module")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open a library with drafts, refused files, corrections, versions and two evaluations."""
    folder = tmp_path_factory.mktemp("office")
    var = folder / "var"
    some = sorted((ROOT / "corpus" / "reports").glob("v0*.*"))
    assert hochoi("--var", str(var), "ingest", *map(str, some)).returncode == 0
    with PeopleDatabase(var / "people.sqlite3") as people:
        accounts = Accounts(people, AuditLog(people), Passwords())
        roles = (Role.ADMIN, Role.EVALUATOR, Role.OFFICIAL)
        accounts.add("quan.tri", roles, Actor("test", ""), password=PASSWORD)
    with served(var) as address:
        context = browser.new_context(
            locale="vi-VN", base_url=address, bypass_csp=True, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto("/login")
        page.fill("input[name=name]", "quan.tri")
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        fill(page, folder)
        yield page
        context.close()


def fill(page: Page, folder: Path) -> None:
    """Bring the office into the states that are looked at."""
    first, second, bad = (folder / n for n in ("son-la.txt", "son-la-2.txt", LONG_NAME))
    first.write_text(TEXT, encoding="utf-8")
    second.write_text(TEXT.replace("12 người", "15 người"), encoding="utf-8")
    bad.write_bytes(b"PK\x03\x04 not a document")
    upload(page, first, bad)
    page.goto("/admin/drafts")
    page.locator("table.list td a").first.click()
    page.fill("textarea[name=title]", "Sơn La học Lạng Sơn về tổ công nghệ số cộng đồng")
    page.click("button[value=publish]")
    page.wait_for_load_state()
    upload(page, second)
    page.goto("/evaluate")
    page.locator("details > summary", has_text="CSV").click()
    page.fill("input[name=name]", "nhỏ")
    file = {"name": "nhỏ.csv", "mimeType": "text/csv", "buffer": SET.encode()}
    page.set_input_files("input[type=file]", [file])
    page.click("form.upload button")
    for done in (1, 2):
        page.locator("input[name=set][value=nhỏ]").check()
        page.click("form button.main")
        page.locator("details > summary", has_text="CSV").click()
        page.fill("input[name=name]", "tên đang gõ")
        expect(page.locator("table.figures tbody tr", has_text="xong")).to_have_count(done)
        expect(page.locator("input[name=set]").first).to_be_visible()
        expect(page.locator("input[name=name]")).to_have_value("tên đang gõ")
    page.goto("/evaluate/drafts")
    page.locator("form button").first.click()
    page.wait_for_load_state()


def addresses(page: Page) -> list[str]:
    """Return a page of every kind and state."""

    def links(of: str, selector: str, most: int = 1) -> list[str]:
        page.goto(of)
        found = [a.get_attribute("href") or "" for a in page.locator(selector).all()]
        assert found, (of, selector)
        return found[:most]

    runs = links("/evaluate", "table.figures tbody th a", 2)
    after, before = (run.rpartition("/")[2] for run in runs)
    return [
        "/admin", "/admin/drafts", *links("/admin/drafts", "table.list td a"),
        "/admin/reports", "/admin/reports?q=không+có+đâu",
        *links("/admin/reports?q=son+la", "a[href$='/fields']"),
        *links("/admin/reports?q=son+la", "a[href$='/remove']"),
        "/admin/health", "/admin/users", *links("/admin/users", "table.list tbody a"),
        "/admin/audit",
        "/admin/audit?who=nobody", "/account",
        "/evaluate", runs[0], f"{runs[0]}?cause=cause_not_ingested",
        *links(runs[0], "table.failed a", 3),
        f"/evaluate/compare?before={before}&after={after}",
        "/evaluate/drafts", *links("/evaluate/drafts", "main table a"),
    ]  # fmt: skip


def test_managing_pages_have_no_serious_finding_and_fit_every_screen(office: Page) -> None:
    page, found = office, {}
    for number, path in enumerate(addresses(page)):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        width = 375 if number % 2 else 1280  # both schemes over all pages, each page once
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if number % 2 else "light")
        found[path, width] = findings(page)
        for width in (375, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found[path, width] = ["wider than the screen"]
    assert {place: problems for place, problems in found.items() if problems} == {}


def test_menu_of_a_phone_is_one_row_that_opens_and_closes(office: Page) -> None:
    page = office
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto("/admin/health")
    assert page.locator(".masthead").bounding_box()["height"] <= 60  # type: ignore[index]
    menu, nav = page.locator(".masthead .menu summary"), page.locator(".masthead nav")
    expect(menu).to_have_text(re.compile("Quản trị"))
    expect(nav).to_be_hidden()
    menu.click()
    expect(nav).to_be_visible()
    page.keyboard.press("Escape")
    expect(nav).to_be_hidden()
    expect(menu).to_be_focused()
    menu.press("Enter")
    nav.get_by_text("Đánh giá").click()
    expect(page).to_have_url(re.compile("/evaluate$"))
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(nav).to_be_visible()
