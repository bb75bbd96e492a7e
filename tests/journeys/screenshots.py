"""Take the pictures of the pages for `docs/images/`: `python -m tests.journeys.screenshots`."""

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from hochoi.people.accounts import Accounts
from hochoi.people.audit import Actor, AuditLog
from hochoi.people.database import PeopleDatabase
from hochoi.people.passwords import Passwords
from hochoi.people.person import Role
from tests.journeys.served import ROOT, chromium, fill_library, served

IMAGES = ROOT / "docs" / "images"
SIZES = {"laptop": (1280, 800), "phone": (375, 812)}
OVERVIEW = "Bắc Ninh đã tiếp những đoàn nào?"
PASSWORD = "ảnh chụp màn hình 7"
PAGES = {
    "visits-table": "/visits",
    "visits-timeline": "/visits?view=timeline",
    "visits-network": "/visits?view=network",
    "visits-coverage": "/visits?view=coverage",
    "login": "/login",
}
MANAGED = {
    "admin-drafts": "/admin/drafts",
    "admin-reports": "/admin/reports",
    "admin-health": "/admin/health",
    "admin-users": "/admin/users",
    "admin-audit": "/admin/audit",
    "account": "/account",
    "evaluate": "/evaluate",
}
DRAFT = (
    "Đoàn công tác tỉnh Sơn La học tập tại tỉnh Lạng Sơn\n\n"
    "Ngày 12/5/2024, đoàn công tác tỉnh Sơn La do ông Nguyễn Văn An, Phó Chủ tịch UBND tỉnh làm "
    "trưởng đoàn đã đến học tập kinh nghiệm tại tỉnh Lạng Sơn. Đoàn gồm 12 người. Liên hệ ông "
    "Bình, số 0912 345 678.\n"
)  # made up for the picture
QUESTION = "Trưởng đoàn công tác tỉnh Tuyên Quang là ai?"
UNANSWERABLE = "Đoàn Tuyên Quang chi hết bao nhiêu tiền?"


def _open(browser: Browser, address: str, size: str, scheme: str) -> Page:
    width, height = SIZES[size]
    context = browser.new_context(
        locale="vi-VN", viewport={"width": width, "height": height}, reduced_motion="reduce",
        color_scheme="dark" if scheme == "dark" else "light",
    )  # fmt: skip
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    return page


def _ask(page: Page, question: str) -> None:
    before = page.locator("[data-outcome]").count()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    page.locator("[data-outcome]").nth(before).wait_for()
    page.wait_for_timeout(600)


def _save(page: Page, name: str) -> None:
    page.screenshot(path=IMAGES / f"{name}.png")
    sys.stdout.write(f"{name}.png\n")


def take(browser: Browser, address: str, size: str, scheme: str = "light") -> None:
    """Take the pictures of one size: asking, reading, browsing, what is kept."""
    suffix = size if scheme == "light" else f"{size}-{scheme}"
    page = _open(browser, address, size, scheme)
    page.wait_for_timeout(800)
    _save(page, f"ask-start-{suffix}")
    _ask(page, QUESTION)
    _save(page, f"ask-answer-{suffix}")
    with page.context.expect_page() as opened:
        page.locator(".answer .cite").first.click()
    opened.value.wait_for_selector("mark")
    opened.value.wait_for_timeout(300)
    _save(opened.value, f"report-{suffix}")
    page.locator("#clear").click()
    page.locator("#start").wait_for()
    _ask(page, UNANSWERABLE)
    _save(page, f"ask-abstention-{suffix}")
    page.locator("#clear").click()
    page.locator("#start").wait_for()
    _ask(page, OVERVIEW)
    _save(page, f"ask-table-{suffix}")
    if scheme == "dark":
        page.context.close()
        return
    page.goto(f"{address}/conversations")
    _save(page, f"conversations-{suffix}")
    for name, path in PAGES.items():
        page.goto(address + path)
        _save(page, f"{name}-{suffix}")
    page.context.close()


def take_managed(browser: Browser, address: str, size: str) -> None:
    """Take the pictures of the pages that need an account."""
    width, height = SIZES[size]
    page = browser.new_context(
        locale="vi-VN", viewport={"width": width, "height": height}, reduced_motion="reduce"
    ).new_page()
    page.goto(f"{address}/login")
    page.locator("input[name=name]").fill("quan.tri")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{address}/")
    if size == "laptop":
        _add_and_evaluate(page, address)
    page.goto(f"{address}/admin")
    _save(page, f"admin-upload-{size}")
    for name, path in MANAGED.items():
        page.goto(address + path)
        _save(page, f"{name}-{size}")
    page.goto(f"{address}/admin/drafts")
    page.locator("table.list td a").first.click()
    page.wait_for_load_state()
    _save(page, f"admin-draft-{size}")
    page.goto(f"{address}/evaluate")
    page.locator("table.figures tbody th a").first.click()
    page.wait_for_load_state()
    _save(page, f"evaluate-figures-{size}")
    page.locator("table.failed a").first.click()
    page.wait_for_load_state()
    _save(page, f"evaluate-question-{size}")
    page.context.close()


def _add_and_evaluate(page: Page, address: str) -> None:
    """Upload one report to review and one bad file, and run the shipped test set."""
    page.goto(f"{address}/admin")
    files = [("Sơn La thăm Lạng Sơn.txt", DRAFT.encode()), ("hỏng.pdf", b"")]
    page.set_input_files(
        "input[name=files]",
        [{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in files],
    )
    page.locator("#upload button").click()
    page.get_by_text("2 trên 2 tệp").wait_for()
    page.goto(f"{address}/evaluate")
    page.locator("button.main").click()
    page.locator("table.figures").wait_for(timeout=180_000)
    while page.context.request.get(f"{address}/evaluate").text().count("data-reload"):
        page.wait_for_timeout(1000)


def _add_account(var: Path) -> None:
    """Make an account that may manage and evaluate, with a password that need not be changed."""
    with PeopleDatabase(var / "people.sqlite3") as people:
        accounts = Accounts(people, AuditLog(people), Passwords())
        roles = (Role.ADMIN, Role.EVALUATOR)
        accounts.add("quan.tri", roles, Actor("pictures", ""), password=PASSWORD)


def main() -> int:
    """Take all pictures and list them with their sizes."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fill_library(Path(folder) / "var")
        _add_account(Path(folder) / "var")
        with served(Path(folder) / "var") as address, chromium() as browser:
            for size in SIZES:
                take(browser, address, size)
                take_managed(browser, address, size)
            take(browser, address, "laptop", "dark")
    sizes = {p.name: p.stat().st_size for p in sorted(IMAGES.glob("*.png"))}
    sys.stdout.write(json.dumps(sizes, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
