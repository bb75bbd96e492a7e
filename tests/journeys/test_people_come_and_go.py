"""First start and first administrator; a role taken away; two people who never see each other."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hochoi.people.accounts import Accounts
from hochoi.people.audit import Actor, AuditLog, verify_audit
from hochoi.people.database import PeopleDatabase
from hochoi.people.passwords import Passwords
from hochoi.people.person import Role
from tests.journeys.served import start_server, stop_server

PASSWORD = "cầu Long Biên 1902"
BY = Actor("test", "")
Visit = Callable[[str], Page]


@dataclass(frozen=True)
class Started:
    """A first start: where it is, the address that makes an administrator, the accounts."""

    address: str
    setup: str
    accounts: Accounts  # as the command line changes them beside the server


@pytest.fixture(scope="module")
def started(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    var = tmp_path_factory.mktemp("people")
    (var / "library.sqlite3").write_bytes((library / "library.sqlite3").read_bytes())
    (var / "settings.toml").write_text('open_asking = "off"\n', encoding="utf-8")
    server = start_server(var)
    assert server.stdout is not None
    address, setup = server.stdout.readline().strip(), server.stdout.readline().split()[-1]
    with PeopleDatabase(var / "people.sqlite3") as people:
        yield Started(address, setup, Accounts(people, AuditLog(people), Passwords(memory_kib=8)))
        errors = stop_server(server)
        assert verify_audit(people) == ()
        assert PASSWORD not in str(AuditLog(people).events()) + errors


@pytest.fixture
def visit(started: Started, browser: Browser) -> Iterator[Visit]:
    """Open an address in a browser of its own."""
    contexts = []

    def open_path(path: str) -> Page:
        context = browser.new_context(locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.goto(path if path.startswith("http") else started.address + path)
        return page

    yield open_path
    for context in contexts:
        context.close()


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("button.main")


def ask(page: Page, question: str) -> None:
    page.wait_for_selector("html[data-ready]")
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def test_first_start_makes_an_administrator_who_adds_an_official(
    started: Started, visit: Visit
) -> None:
    page = visit(started.setup)
    for field, value in (("name", "quan.tri"), ("new", PASSWORD), ("repeat", PASSWORD)):
        page.fill(f"#{field}", value)
    page.click("button.main")
    expect(page.locator(".masthead .account")).to_have_text("quan.tri")
    page.click(".sections a[href='/admin']")
    page.goto(f"{started.address}/admin/users")
    page.fill("#name", "lan.nguyen")
    page.check("input[value=official]")
    page.click("button:has-text('Thêm tài khoản')")
    first = page.locator(".password").inner_text()
    assert re.fullmatch(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", first)
    other = visit("/")
    sign_in(other, "lan.nguyen", first)
    for field, value in (("current", first), ("new", PASSWORD), ("repeat", PASSWORD)):
        other.fill(f"#{field}", value)
    other.click("button.main")
    expect(other.locator(".done")).to_contain_text("Đã đổi mật khẩu")
    page.goto(started.setup)
    expect(page.locator("h1")).to_have_text("Không tìm thấy trang")


def test_role_taken_away_in_the_middle_counts_at_the_next_click(
    started: Started, visit: Visit
) -> None:
    roles = [Role.OFFICIAL, Role.ADMIN]
    mai = started.accounts.add("mai.tran", roles, BY, password=PASSWORD)
    if not any(a.name == "quan.tri" for a in started.accounts.all()):
        started.accounts.add("quan.tri", [Role.ADMIN], BY, password=PASSWORD)
    page = visit("/admin/audit")
    sign_in(page, "mai.tran")
    expect(page.locator("h1")).to_have_text("Nhật ký")
    started.accounts.set_roles(mai, [Role.OFFICIAL], BY)
    page.click("text=Người dùng")
    expect(page.locator("h1")).to_have_text("Đăng nhập")
    sign_in(page, "mai.tran")
    expect(page.locator("h1")).to_have_text("Không thực hiện được")


def test_session_over_in_the_middle_says_so_keeps_the_question_and_goes_on(
    started: Started, visit: Visit
) -> None:
    hoa = started.accounts.add("hoa.le", [Role.OFFICIAL], BY, password=PASSWORD)
    page = visit("/")
    sign_in(page, "hoa.le")
    page.wait_for_selector("html[data-ready]")
    started.accounts.end_sessions(hoa, BY)
    ask(page, "Đoàn nào đến Quảng Ninh?")
    expect(page.locator(".trouble")).to_contain_text("Phiên đăng nhập đã hết")
    expect(page.locator("#question textarea")).to_have_value("Đoàn nào đến Quảng Ninh?")
    with page.context.expect_page() as opened:
        page.click(".trouble a")
    sign_in(opened.value, "hoa.le")
    expect(opened.value.locator("h1")).to_have_text("Tài khoản")
    ask(page, "Đoàn nào đến Quảng Ninh?")
    expect(page.locator("[data-outcome]").first).to_be_visible()


def test_two_people_at_once_never_see_each_other_s_questions(
    started: Started, visit: Visit
) -> None:
    pages = []
    for name in ("mot.nguoi", "hai.nguoi"):
        started.accounts.add(name, [Role.OFFICIAL], BY, password=PASSWORD)
        pages.append(visit("/"))
        sign_in(pages[-1], name)
    questions = ("Đoàn nào đến Quảng Ninh?", "Đoàn nào đến Đà Nẵng?")
    for page, question in zip(pages, questions, strict=True):
        ask(page, question)
    for page, mine, other in zip(pages, questions, reversed(questions), strict=True):
        expect(page.locator("[data-outcome]").first).to_be_visible()
        assert mine in page.content()
        assert other not in page.locator("#conversation").inner_text()
        assert other not in page.locator("#sources").inner_text()
