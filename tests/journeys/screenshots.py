"""Take the pictures of the pages for `docs/images/`: `python -m tests.journeys.screenshots`."""

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.journeys.served import ROOT, chromium, fill_library, served

IMAGES = ROOT / "docs" / "images"
SIZES = {"laptop": (1280, 800), "phone": (375, 812)}
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
    """Take the four pictures of one size: start, answer, abstention, report."""
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
    page.context.close()


def main() -> int:
    """Take all pictures and list them with their sizes."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fill_library(Path(folder) / "var")
        with served(Path(folder) / "var") as address, chromium() as browser:
            for size in SIZES:
                take(browser, address, size)
            take(browser, address, "laptop", "dark")
    sizes = {p.name: p.stat().st_size for p in sorted(IMAGES.glob("*.png"))}
    sys.stdout.write(json.dumps(sizes, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
