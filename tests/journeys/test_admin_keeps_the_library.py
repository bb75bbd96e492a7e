"""An administrator's day: upload twenty files, review, correct, publish, replace, remove."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from tests.journeys.served import ROOT, start_server, stop_server
from tests.journeys.test_people_come_and_go import PASSWORD, ask

TEXT = (
    "Đoàn công tác tỉnh Sơn La học tập tại tỉnh Lạng Sơn\n\n"
    "Ngày 12/5/2024, đoàn công tác tỉnh Sơn La do ông Nguyễn Văn An, Phó Chủ tịch UBND tỉnh làm "
    "trưởng đoàn đã đến tỉnh Lạng Sơn học tập kinh nghiệm xây dựng tổ công nghệ số cộng đồng. "
    "Đoàn gồm 12 người.\n\n"
    "Hai bên trao đổi về cách vận hành tổ công nghệ số cộng đồng ở xã vùng cao và kinh phí hằng "
    "năm. Mọi thông tin xin liên hệ ông Bình, số 0912 345 678.\n"
)
WHO = "Đoàn Sơn La đến Lạng Sơn do ai làm trưởng đoàn?"
HOW_MANY = "Đoàn Sơn La đến Lạng Sơn gồm bao nhiêu người?"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return twenty files of four formats, two of them bad, one with a private number."""
    folder = tmp_path_factory.mktemp("files")
    reports = sorted((ROOT / "corpus" / "reports").glob("v*.*"))[:16]
    (folder / "son-la.txt").write_text(TEXT, encoding="utf-8")
    word = Document()
    word.add_paragraph("Tỉnh Hà Giang trao đổi kinh nghiệm với tỉnh Lào Cai")
    word.add_paragraph("Ngày 3/4/2023, đoàn tỉnh Hà Giang đến tỉnh Lào Cai tìm hiểu cửa khẩu số.")
    word.save(str(folder / "ha-giang.docx"))
    (folder / "rỗng.pdf").write_bytes(b"")
    (folder / "hỏng.docx").write_bytes(b"PK\x03\x04 not a document")
    names = ("son-la.txt", "ha-giang.docx", "rỗng.pdf", "hỏng.docx")
    return [*reports, *(folder / name for name in names)]


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open the pages of a first start as its first administrator."""
    server = start_server(tmp_path_factory.mktemp("office"))
    assert server.stdout is not None
    address, setup = server.stdout.readline().strip(), server.stdout.readline().split()[-1]
    context = browser.new_context(locale="vi-VN", base_url=address, reduced_motion="reduce")
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(setup)
    for field, value in (("name", "quan.tri"), ("new", PASSWORD), ("repeat", PASSWORD)):
        page.fill(f"#{field}", value)
    page.click("button.main")
    page.wait_for_load_state()
    yield page
    context.close()
    stop_server(server)
    assert troubles == []


def upload(page: Page, *files: Path) -> None:
    page.goto("/admin")
    page.set_input_files("input[name=files]", [str(path) for path in files])
    page.click("#upload button")
    first = page.locator(".job summary").first
    expect(first).to_contain_text(f"{len(files)} trên {len(files)} tệp", timeout=90_000)


def answer_to(page: Page, question: str) -> str:
    page.goto("/?new=1")
    ask(page, question)
    last = page.locator("[data-outcome]").last
    last.wait_for(timeout=30_000)
    return last.inner_text()


def open_draft(page: Page) -> None:
    page.goto("/admin/drafts")
    page.locator("table.list td a").first.click()
    page.wait_for_load_state()


def test_library_is_filled_reviewed_corrected_replaced_and_emptied(
    page: Page, files: list[Path], tmp_path: Path
) -> None:
    upload(page, *files)
    expect(page.locator("tr.refused")).to_have_count(2)
    expect(page.locator("tr", has_text="ha-giang.docx")).to_contain_text("đã công bố")
    expect(page.locator("tr", has_text="son-la.txt")).to_contain_text("chờ duyệt")

    open_draft(page)
    expect(page.locator("mark").first).to_have_text("0912 345 678")
    page.fill("textarea[name=title]", "Sơn La học Lạng Sơn về tổ công nghệ số cộng đồng")
    page.click("button[value=save]")
    expect(page.locator(".done")).to_be_visible()
    page.fill("textarea[name=participants]", "13")
    page.click("button[value=publish]")
    expect(page.locator("h1 ~ p a")).to_contain_text("Sơn La học Lạng Sơn về tổ công nghệ số")
    page.locator("h1 ~ p a").click()
    expect(page.locator(".facts")).to_contain_text("13")  # corrected and published at once
    assert "Nguyễn Văn An" in answer_to(page, WHO)

    changed = tmp_path / "tên khác.txt"
    changed.write_text(TEXT.replace("12 người", "15 người"), encoding="utf-8")
    upload(page, changed)
    open_draft(page)
    expect(page.locator("table.changes")).to_contain_text("15 người")
    page.click("button[value=replace]")
    page.wait_for_load_state()
    assert "15" in answer_to(page, HOW_MANY)

    page.goto("/admin/reports?q=son la lang son")
    page.click("a[href$='/remove']")
    page.click("button.danger")
    expect(page.locator(".done")).to_be_visible()
    assert "Nguyễn Văn An" not in answer_to(page, WHO)
