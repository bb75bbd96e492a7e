"""A double click, a way back, a second tab, a lost connection: nothing is lost or done twice."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hochoi.types import Answer, Filters, Progress
from tests.journeys.scripted import running
from tests.journeys.served import start_server, stop_server
from tests.journeys.test_official_asks import LEADER, ask
from tests.ui.samples import answered

OpenPage = Callable[..., Page]


def test_double_click_on_send_asks_once(open_page: OpenPage) -> None:
    page = open_page()
    page.fill("#question textarea", LEADER)
    page.locator("#send").dblclick()
    expect(page.locator("[data-outcome]").first).to_be_visible()
    page.wait_for_function("!document.documentElement.hasAttribute('data-busy')")
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".problem")).to_have_count(0)


def test_back_from_a_report_shows_the_conversation_again(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, LEADER)
    page.goto(page.url.partition("?")[0] + "visits")
    page.go_back()
    expect(page.locator(".turn .answer")).to_contain_text("Tạ Văn Dũng")
    expect(page.locator("#sources .card").first).to_be_visible()


def test_two_tabs_go_on_with_one_conversation_and_keep_both_questions(
    open_page: OpenPage,
) -> None:
    one = open_page()
    ask(one, LEADER)
    other = one.context.new_page()
    other.goto(one.url)
    expect(other.locator(".turn")).to_have_count(1)
    ask(other, "Đoàn gồm bao nhiêu người?")
    one.fill("#question textarea", "Giá vàng hôm nay?")
    one.press("#question textarea", "Enter")
    expect(one.locator("[data-outcome]")).to_have_count(3)  # that of the other tab is there too


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own that is nowhere yet; its server may go away without being noticed."""
    context = browser.new_context(locale="vi-VN", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def open_at(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-ready]")


def test_double_click_on_a_question_to_begin_with_asks_it_once(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".starters button").first.dblclick()
    expect(page.locator("[data-outcome]").first).to_be_visible()
    page.wait_for_function("!document.documentElement.hasAttribute('data-busy')")
    expect(page.locator(".turn")).to_have_count(1)


def test_reload_and_a_way_back_keep_what_was_typed_and_chosen(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, LEADER)
    page.fill("#question textarea", "Gõ dở dang")
    page.locator(".narrow summary").click()
    page.select_option("[data-filter=year]", index=1)
    year = page.input_value("[data-filter=year]")
    for leave in (
        page.reload,
        lambda: (page.goto(page.url.partition("?")[0] + "visits"), page.go_back()),
    ):
        leave()
        page.wait_for_selector("html[data-ready]")
        expect(page.locator("#question textarea")).to_have_value("Gõ dở dang")
        expect(page.locator("[data-filter=year]")).to_have_value(year)
        expect(page.locator(".turn .answer")).to_contain_text("Tạ Văn Dũng")
    page.click("#clear")
    expect(page.locator("#start h1")).to_be_visible()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#question textarea")).to_have_value("")


class Held:
    """Answers once it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def __call__(
        self, question: str, history: tuple[str, ...], filters: Filters
    ) -> Iterator[Progress | Answer]:
        yield Progress("searching")
        while not self.go.wait(0.25):
            yield Progress("writing")
        yield answered()


def test_reload_in_the_middle_of_an_answer_keeps_the_question_and_asks_it_again(
    page: Page, tmp_path: Path
) -> None:
    held = Held()
    with running(tmp_path, held) as address:
        open_at(page, address)
        page.fill("#question textarea", "Ai dẫn đầu?")
        page.press("#question textarea", "Enter")
        expect(page.locator(".turn .waiting")).to_be_visible()
        page.reload()
        expect(page.locator(".turn .question")).to_contain_text("Ai dẫn đầu?")
        expect(page.locator("[data-outcome=stopped]")).to_contain_text("Chưa có câu trả lời")
        held.go.set()
        page.click("[data-order=again]")
        expect(page.locator("[data-outcome=answered]")).to_have_count(1)
        expect(page.locator(".turn")).to_have_count(1)


def test_what_is_typed_while_an_answer_comes_stays(page: Page, tmp_path: Path) -> None:
    held = Held()
    with running(tmp_path, held) as address:
        open_at(page, address)
        page.fill("#question textarea", "Ai dẫn đầu?")
        page.press("#question textarea", "Enter")
        expect(page.locator("#question textarea")).to_have_value("")
        page.fill("#question textarea", "Câu sau")
        held.go.set()
        expect(page.locator("[data-outcome=answered]")).to_have_count(1)
        expect(page.locator(".follow").or_(page.locator("html:not([data-busy])"))).to_be_attached()
        page.wait_for_timeout(300)  # what the library still sends would come now
        expect(page.locator("#question textarea")).to_have_value("Câu sau")


def asked_of_own_server(page: Page, library: Path, var: Path) -> tuple[subprocess.Popen[str], str]:
    """Ask in a page of a server that may be stopped; return the server and its address."""
    (var / "library.sqlite3").write_bytes((library / "library.sqlite3").read_bytes())
    server = start_server(var)
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    open_at(page, address)
    ask(page, LEADER)
    return server, address


def test_lost_connection_is_said_and_the_question_goes_out_once_it_is_back(
    page: Page, library: Path, tmp_path: Path
) -> None:
    server, address = asked_of_own_server(page, library, tmp_path)
    stop_server(server)
    page.fill("#question textarea", "Đoàn gồm bao nhiêu người?")
    page.press("#question textarea", "Enter")
    expect(page.locator(".trouble")).to_contain_text("Mất kết nối với máy chủ")
    expect(page.locator(".toast-wrap")).to_be_hidden()
    expect(page.locator("#question textarea")).to_have_value("Đoàn gồm bao nhiêu người?")
    server = start_server(tmp_path, int(address.rpartition(":")[2]))
    try:
        expect(page.locator(".turn .answer").first).to_contain_text("Tạ Văn Dũng")
        expect(page.locator("[data-outcome]")).to_have_count(2)  # what was sent in vain is sent
        expect(page.locator(".trouble")).to_have_count(0)
        expect(page.locator("#question textarea")).to_have_value("")
    finally:
        stop_server(server)


def test_server_started_anew_meanwhile_is_not_noticed_by_an_open_page(
    page: Page, library: Path, tmp_path: Path
) -> None:
    server, address = asked_of_own_server(page, library, tmp_path)
    page.wait_for_function("!document.documentElement.hasAttribute('data-busy')")
    stop_server(server)
    server = start_server(tmp_path, int(address.rpartition(":")[2]))
    assert server.stdout is not None
    server.stdout.readline()
    try:
        ask(page, "Đoàn gồm bao nhiêu người?")  # goes on with the same conversation
        expect(page.locator(".turn")).to_have_count(2)
    finally:
        stop_server(server)
