"""No page has a serious finding of axe-core; nothing jumps while an answer comes; stop stops."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from hochoi.types import Answer, Filters, Progress
from tests.journeys.scripted import running
from tests.journeys.test_official_asks import LEADER, ask
from tests.ui.samples import answered

OpenPage = Callable[..., Page]
PAGES = (
    "/visits", "/visits?view=timeline", "/visits?view=network", "/visits?view=coverage",
    "/conversations", "/login",
)  # fmt: skip


def findings(page: Page) -> list[str]:
    """Return what axe-core finds to be serious or critical."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{v['id']} {[n['target'] for n in v['nodes'][:3]]}"
        for v in violations
        if v["impact"] in {"serious", "critical"}
    ]


# Keeps what the page looks like at the moment when there is first something to paint.
_AT_FIRST = """new MutationObserver((_, watch) => {
  if (!document.body) return;
  window.atFirst = document.documentElement.dataset.scheme;
  watch.disconnect();
}).observe(document, { childList: true, subtree: true });"""


@pytest.mark.parametrize("system", ["light", "dark"])
def test_scheme_is_that_of_the_system_until_another_is_chosen_and_then_on_every_page(
    open_page: OpenPage, system: str
) -> None:
    page = open_page(color_scheme=system)
    page.add_init_script(_AT_FIRST)
    switch, root = page.locator(".scheme"), page.locator("html")
    expect(root).to_have_attribute("data-scheme", system)
    switch.click()
    chosen = {"light": "dark", "dark": "light"}[system]
    address = page.url.rstrip("/")
    for path in ("/", "/visits", "/login"):
        page.goto(address + path)
        assert page.evaluate("window.atFirst") == chosen
        expect(switch).to_have_attribute("aria-pressed", str(chosen == "dark").lower())
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == {"light": "rgb(247, 247, 244)", "dark": "rgb(18, 22, 28)"}[chosen]
    switch.click()
    expect(root).to_have_attribute("data-scheme", system)
    page.emulate_media(color_scheme=chosen)  # type: ignore[arg-type]
    expect(root).to_have_attribute("data-scheme", chosen)  # the system is followed again


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_axe_ask_and_report_pages_have_no_serious_finding(
    open_page: OpenPage, scheme: str, width: int
) -> None:
    page = open_page(width=width, color_scheme=scheme, bypass_csp=True)
    assert findings(page) == []
    ask(page, "Bắc Ninh đã tiếp những đoàn nào?")
    ask(page, LEADER)
    for opened in (".why summary", ".narrow summary", ".turn:last-child summary.quiet"):
        page.locator(opened).first.click()
    assert findings(page) == []
    page.goto(page.url.partition("?")[0].rstrip("/") + "/visits")
    page.locator("td.title a").first.click()
    page.wait_for_selector(".report")
    assert findings(page) == []


@pytest.mark.parametrize(
    ("scheme", "width", "paths"),
    [("light", 1280, PAGES), ("dark", 375, ("/visits", "/visits?view=coverage"))],
)
def test_axe_other_pages_have_no_serious_finding(
    open_page: OpenPage, scheme: str, width: int, paths: tuple[str, ...]
) -> None:
    page = open_page("/visits", width=width, color_scheme=scheme, bypass_csp=True)
    address = page.url.removesuffix("/visits")
    found = {}
    for path in paths:
        page.goto(address + path)
        found[path] = findings(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert {path: of_page for path, of_page in found.items() if of_page} == {}


class Endless:
    """An answer that never comes; knows when it is given up."""

    def __init__(self) -> None:
        self.given_up = threading.Event()

    def __call__(
        self, question: str, history: tuple[str, ...], filters: Filters
    ) -> Iterator[Progress | Answer]:
        try:
            while True:
                threading.Event().wait(0.05)
                yield Progress("writing")
        finally:
            self.given_up.set()


def test_stop_ends_the_work_behind_and_keeps_the_question(browser: Browser, tmp_path: Path) -> None:
    endless = Endless()
    context = browser.new_context(locale="vi-VN", reduced_motion="reduce")
    with running(tmp_path, endless) as address:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        page.locator("#question textarea").fill("Ai dẫn đầu?")
        page.keyboard.press("Enter")
        page.locator("#stop").click()
        expect(page.locator("[data-outcome=stopped]")).to_have_count(1)
        assert endless.given_up.wait(10)
        expect(page.locator(".turn .question")).to_contain_text("Ai dẫn đầu?")
        expect(page.locator("#send")).to_be_visible()
        page.reload()
        expect(page.locator(".turn .question")).to_contain_text("Ai dẫn đầu?")
        context.close()


SHIFTS = """() => { window.shift = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: false }); }"""


def slow(question: str, history: tuple[str, ...], filters: Filters) -> Iterator[Progress | Answer]:
    """Answer so late that what moves then is no more taken for the effect of a key."""
    yield Progress("searching")
    threading.Event().wait(0.7)
    yield answered()


@pytest.mark.parametrize("width", [1280, 375])
def test_answer_that_comes_late_moves_nothing_that_is_being_read(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 812}, reduced_motion="reduce")
    with running(tmp_path, slow) as address:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        ask(page, "Một?")
        page.evaluate(SHIFTS)
        ask(page, "Hai?")
        assert page.evaluate("window.shift") < 0.1  # what the web's own measure calls good
        context.close()
