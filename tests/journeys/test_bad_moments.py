"""A double click, a way back, a second tab, a lost connection: nothing is lost or done twice."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.test_official_asks import LEADER, ask

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
