"""One server and one browser for all journeys; a fresh session for each of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.journeys.served import chromium, fill_library, served

# What the user interface library says when its page is left while a stream is open.
LEFT_EARLY = ("AbortError: signal is aborted", "Connection errored out")


@pytest.fixture(scope="package")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("journeys") / "var"
    fill_library(var)
    return var


@pytest.fixture(scope="package")
def address(library: Path) -> Iterator[str]:
    with served(library) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_page(address: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a path of the server in a new session.

    Fails at the end when anything was asked of another host, a script failed or was refused, or
    a dialog appeared.
    """
    contexts = []
    troubles: list[str] = []

    def hear(text: str) -> None:
        if not any(words in text for words in LEFT_EARLY):
            troubles.append(text)

    def watch(page: Page) -> None:
        page.on("console", lambda m: hear(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: troubles.append(f"dialog {dialog.message}"))

    def note(request: Request) -> None:
        if not request.url.startswith((f"{address}/", "data:", "blob:")):
            troubles.append(f"request to {request.url}")

    def open_path(path: str = "/", width: int = 1280, height: int = 800, **options: object) -> Page:
        context = browser.new_context(
            locale="vi-VN", viewport={"width": width, "height": height}, reduced_motion="reduce",
            **options,  # type: ignore[arg-type]
        )  # fmt: skip
        contexts.append(context)
        context.on("page", watch)
        context.on("request", note)
        page = context.new_page()
        page.goto(address + path)
        if path == "/":
            page.wait_for_selector("html[data-ready]")
        return page

    yield open_path
    for context in contexts:
        context.close()
    assert troubles == []
