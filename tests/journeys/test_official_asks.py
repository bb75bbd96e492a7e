"""An official asks in the browser, reads, follows a citation to the exact words."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]

SEED_TITLE = "Thành phố Hồ Chí Minh tiếp Đoàn nghiên cứu, học tập thực tế tỉnh Tuyên Quang"
LEADER = "Trưởng đoàn công tác tỉnh Tuyên Quang là ai?"
HOSTILE = (
    '<img src=x onerror="alert(1)"><script>alert(2)</script> {{constructor}} ${alert(3)}'
    " [a](javascript:alert(4)) </div></article>"
)


def ask(page: Page, question: str) -> None:
    """Ask and wait for what comes of it."""
    before = page.locator("[data-outcome]").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("[data-outcome]")).to_have_count(before + 1)


def marked_words(page: Page) -> str:
    page.wait_for_selector("mark")
    return " ".join(page.locator("mark").all_inner_texts())


def width_of_content(page: Page) -> int:
    width = page.evaluate("document.documentElement.scrollWidth")
    assert isinstance(width, int)
    return width


def test_ask_question_is_answered_and_the_citation_opens_the_exact_words(
    open_page: OpenPage,
) -> None:
    page = open_page()
    ask(page, LEADER)
    expect(page.locator(".answer").first).to_contain_text("Tạ Văn Dũng")
    citation = page.locator(".answer .cite").first
    expect(citation).to_have_text("[1]")
    quote = (citation.get_attribute("title") or "").strip("“”")
    with page.context.expect_page() as opened:
        citation.click()
    report = opened.value
    assert marked_words(report) == quote
    assert "Tạ Văn Dũng" in quote
    expect(report.locator("#mark")).to_be_in_viewport()
    expect(report.locator("h1")).to_have_text(SEED_TITLE)
    expect(page.locator(".answer").first).to_contain_text("Tạ Văn Dũng")  # still there


def test_ask_card_shows_visit_and_quote_and_leads_to_the_report(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, LEADER)
    card = page.locator("#sources .sources .card").first
    for words in (SEED_TITLE, "Thành phố Hồ Chí Minh", "tỉnh Tuyên Quang", "21–22/07/2022"):
        expect(card).to_contain_text(words)
    quote = card.locator("blockquote a").first
    with page.context.expect_page() as opened:
        quote.click()
    assert marked_words(opened.value) in quote.inner_text()


def test_ask_without_diacritics_finds_the_same(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "doan tuyen quang gom bao nhieu nguoi")
    expect(page.locator(".answer").first).to_contain_text("57")
    expect(page.locator("#sources .sources .card").first).to_contain_text(SEED_TITLE)


def test_ask_what_no_report_states_gets_a_notice_without_a_figure(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Đoàn Tuyên Quang chi hết bao nhiêu tiền?")
    notice = page.locator(".notice")
    assert not re.search(r"\d", notice.locator("p").first.inner_text())
    expect(notice.locator("li").first).to_have_text(SEED_TITLE)
    expect(page.locator(".answer, .cite")).to_have_count(0)


def test_ask_starter_question_is_answered(open_page: OpenPage) -> None:
    page = open_page()
    chips = page.locator("button.chip:visible")
    expect(chips.nth(3)).to_be_visible()
    assert chips.count() <= 6
    chips.first.click()
    expect(page.locator("[data-outcome]")).to_have_attribute("data-outcome", "answered")
    expect(page.locator("#start")).to_be_hidden()


@pytest.mark.parametrize("width", [375, 640, 641, 768, 1920])
def test_ask_page_any_width_has_no_sideways_scroll(open_page: OpenPage, width: int) -> None:
    page = open_page(width=width, height=812)
    assert width_of_content(page) <= width
    ask(page, LEADER)
    assert width_of_content(page) <= width
    expect(page.locator("#question textarea")).to_be_in_viewport()


def test_ask_page_phone_puts_sources_below_the_answer(open_page: OpenPage) -> None:
    page = open_page(width=375, height=812)
    ask(page, LEADER)
    answer = page.locator(".answer").bounding_box()
    sources = page.locator("#sources").bounding_box()
    assert answer is not None
    assert sources is not None
    assert sources["y"] >= answer["y"] + answer["height"]


def test_ask_keyboard_alone_reaches_the_exact_words(open_page: OpenPage) -> None:
    page = open_page()
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(LEADER)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    expect(page.locator("[data-outcome]")).to_have_count(1)
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a[href*=\"#mark\"]')"):
            break
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    assert "Tạ Văn Dũng" in marked_words(opened.value)


def test_ask_shift_enter_breaks_the_line_and_sends_nothing(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.type("Một")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("hai")
    expect(page.locator("#question textarea")).to_have_value("Một\nhai")
    expect(page.locator(".turn")).to_have_count(0)


def test_ask_hostile_question_is_shown_as_text(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, HOSTILE)
    expect(page.locator(".turn .question")).to_contain_text(HOSTILE)
    expect(page.locator("#layout img, #layout script")).to_have_count(0)


def test_ask_empty_question_gets_one_sentence(open_page: OpenPage) -> None:
    page = open_page()
    page.locator("#send").click()
    expect(page.locator(".problem")).to_have_text("Hãy nhập câu hỏi rồi gửi.")
    ask(page, LEADER)
    expect(page.locator(".problem")).to_have_count(0)


def test_ask_far_too_long_question_gets_one_sentence_and_is_kept(open_page: OpenPage) -> None:
    page = open_page()
    text = "chuyển đổi số " * 715
    page.locator("#question textarea").fill(text)
    page.locator("#send").click()
    sentence = "Câu hỏi dài quá 2.000 ký tự. Hãy rút gọn rồi gửi lại."
    expect(page.locator(".problem")).to_have_text(sentence)
    expect(page.locator("#question textarea")).to_have_value(text)
    expect(page.locator("#send")).to_be_in_viewport()


def test_ask_several_questions_stay_one_conversation_until_begun_anew(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, LEADER)
    ask(page, "Giá vàng hôm nay?")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").last.locator(".question")).to_be_in_viewport()
    page.locator("#clear").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#start")).to_be_visible()


def test_ask_two_people_never_see_each_other_s_questions(open_page: OpenPage) -> None:
    one, other = open_page(), open_page()
    ask(one, LEADER)
    ask(other, "Giá vàng hôm nay?")
    expect(one.locator(".turn .question")).to_contain_text([LEADER])
    expect(other.locator(".turn .question")).to_contain_text(["Giá vàng hôm nay?"])


def test_ask_copy_with_sources_puts_text_and_reference_on_the_clipboard(
    open_page: OpenPage,
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, LEADER)
    page.get_by_role("button", name="Sao chép kèm nguồn").click()
    expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "Tạ Văn Dũng" in text
    assert f"Nguồn:\n[1] {SEED_TITLE} (21–22/07/2022)" in text


def test_language_switch_keeps_the_conversation_and_is_remembered(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, LEADER)
    page.get_by_role("button", name="English").click()
    expect(page.locator("#send")).to_have_text("Ask")
    expect(page.locator("#sources h2").first).to_have_text("Cited sources")
    expect(page.locator(".answer").first).to_contain_text("Tạ Văn Dũng")
    ask(page, "Giá vàng hôm nay?")
    expect(page.locator("#sources")).to_contain_text("Nothing is cited")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".turn")).to_have_count(2)  # reopened, as the address names it
    expect(page.locator("#sources")).to_contain_text("Nothing is cited")
    expect(page.locator("#send")).to_have_text("Ask")
