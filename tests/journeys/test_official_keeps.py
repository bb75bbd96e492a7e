"""An official goes on with a conversation, changes it, judges it and finds it again."""

import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys.served import served
from tests.journeys.test_official_asks import LEADER, SEED_TITLE, ask

OpenPage = Callable[..., Page]


def questions(page: Page) -> list[str]:
    return [t.partition("\n")[2] for t in page.locator(".turn .question").all_inner_texts()]


def test_keep_last_question_is_edited_in_place(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Giá vàng hôm nay?")
    page.get_by_role("button", name="Sửa câu hỏi").click()
    expect(page.locator("#question textarea")).to_have_value("Giá vàng hôm nay?")
    page.locator("#question textarea").fill(LEADER)
    page.keyboard.press("Enter")
    expect(page.locator(".turn:last-child .answer")).to_contain_text("Tạ Văn Dũng")
    assert questions(page) == [LEADER]
    expect(page.locator(".editing")).to_be_hidden()


def test_keep_condition_that_was_understood_is_taken_out_and_put_back(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Bắc Ninh đã tiếp những đoàn nào năm 2019?")
    chips = page.locator(".meant li")
    expect(chips).to_have_text(["nơi tiếp Bắc Ninh×", "năm 2019×"])
    rows = page.locator(".visits-table tbody tr")
    before = rows.count()
    page.get_by_role("button", name="Bỏ điều kiện “năm 2019” và hỏi lại").click()
    expect(page.locator(".meant li.out")).to_have_count(1)
    expect(page.locator("[data-outcome=answered]")).to_have_count(1)
    assert rows.count() > before
    page.locator(".meant li.out button").click()
    expect(page.locator(".meant li.out")).to_have_count(0)
    expect(rows).to_have_count(before)
    expect(page.locator(".turn")).to_have_count(1)


def test_keep_filters_state_themselves_and_go_away_again(open_page: OpenPage) -> None:
    page = open_page()
    page.locator(".narrow summary").click()
    page.get_by_label("Tỉnh, thành phố").select_option("Bắc Ninh")
    page.get_by_label("Năm").select_option("2019")
    expect(page.locator(".narrow .chosen")).to_have_text("Đang lọc: Bắc Ninh · 2019")
    ask(page, LEADER)
    expect(page.locator(".within")).to_contain_text("Chỉ tìm trong: Bắc Ninh · 2019.")
    expect(page.locator(".answer")).to_have_count(0)
    page.get_by_role("button", name="Bỏ lọc và hỏi lại").click()
    expect(page.locator(".answer")).to_contain_text("Tạ Văn Dũng")
    expect(page.locator(".within")).to_have_count(0)
    expect(page.get_by_label("Năm")).to_have_value("")


def test_keep_question_to_go_on_with_is_answered(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, LEADER)
    page.locator(".follow:not([hidden]) .chip").first.click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn:last-child [data-outcome]")).to_have_attribute(
        "data-outcome", "answered"
    )


def test_keep_opinion_with_a_reason_is_acknowledged(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, LEADER)
    page.locator("summary.quiet").click()
    page.get_by_label("Nguồn trích không đúng").check()
    page.get_by_label("Nói thêm").fill("Sai trang")
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.locator(".kept")).to_have_text("Đã ghi nhận, cảm ơn anh/chị.")
    page.locator("summary.quiet").click()
    expect(page.get_by_label("Nguồn trích không đúng")).to_be_checked()


def test_keep_list_finds_files_renames_and_deletes(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, LEADER)
    page.get_by_role("link", name="Đã lưu").click()
    page.get_by_label("Tìm trong câu hỏi và câu trả lời").fill("ta van dung")
    page.get_by_role("button", name="Tìm").click()
    expect(page.locator("h2")).to_have_text([LEADER])
    with page.expect_download() as word:
        page.get_by_role("link", name="Word").click()
    assert Path(word.value.path()).read_bytes().startswith(b"PK")
    page.locator("main summary").click()
    page.locator("input[name=title]").fill("Việc của tôi")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("h2")).to_have_text(["Việc của tôi"])
    page.get_by_role("link", name="Xoá").click()
    page.get_by_role("button", name="Xoá").click()
    expect(page.locator(".nothing")).to_be_visible()


def test_keep_conversation_opens_after_a_restart_with_the_same_citations(
    library: Path, browser: Browser, tmp_path: Path
) -> None:
    var = tmp_path / "var"
    shutil.copytree(library, var, ignore=shutil.ignore_patterns("*.lock"))
    context = browser.new_context(locale="vi-VN", reduced_motion="reduce")
    with served(var) as address:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        ask(page, LEADER)
        link = page.locator(".answer .cite").first.get_attribute("href")
        answer, query = page.locator(".answer").inner_text(), page.url.partition("?")[2]
        page.close()
    with served(var) as address:
        page = context.new_page()
        page.goto(f"{address}/?{query}")
        expect(page.locator(".answer")).to_have_text(answer.replace("\n\n", ""), timeout=20_000)
        assert page.locator(".answer .cite").first.get_attribute("href") == link
        expect(page.locator("#sources .card").first).to_contain_text(SEED_TITLE)
        ask(page, "Đoàn gồm bao nhiêu người?")
        expect(page.locator(".turn:last-child .answer")).to_contain_text("57")
    context.close()
