"""The ask page in a real browser: how long until it is painted, ready, and has answered."""

import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from hochoi.settings import SHIPPED

_PAINT = (
    "() => Math.max(...performance.getEntriesByName('first-contentful-paint')"
    ".map(entry => entry.startTime))"
)
# Resolves with the milliseconds from now until the question, then its answer, stands on the page.
_WAIT = """() => {
  const began = performance.now();
  const seen = {};
  window.seen = new Promise(resolve => {
    const look = () => {
      if (!seen.echo && document.querySelector('.question')) seen.echo = performance.now() - began;
      if (document.querySelector('[data-outcome]')) {
        seen.answer = performance.now() - began;
        resolve(seen);
      } else requestAnimationFrame(look);
    };
    look();
  });
}"""


@dataclass(frozen=True, slots=True)
class PageTimes:
    """Milliseconds, each the median of several new sessions."""

    first_paint: float
    ready: float  # until a question can be typed
    echo: float  # from the key until the question stands in the conversation
    answer: float  # from the key until the answer is complete


def page_times(var: Path, questions: Sequence[str]) -> PageTimes:
    """Serve a data directory and ask each question in a session of its own."""
    command = [sys.executable, "app.py", "serve", "--var", str(var), "--port", "0"]
    server = subprocess.Popen(command, cwd=SHIPPED, stdout=subprocess.PIPE, text=True)
    try:
        if server.stdout is None:
            raise RuntimeError("the server has no output")
        address = server.stdout.readline().strip()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            _session(browser, address, questions[0])  # the first fills caches
            found = [_session(browser, address, question) for question in questions]
            browser.close()
    finally:
        server.terminate()
        server.wait(30)
    return PageTimes(*(statistics.median(column) for column in zip(*found, strict=True)))


def _session(browser: Browser, address: str, question: str) -> tuple[float, float, float, float]:
    page = browser.new_context(locale="vi-VN").new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    ready = page.evaluate("() => performance.now()")
    paint = page.evaluate(_PAINT)
    page.locator("#question textarea").fill(question)
    page.evaluate(_WAIT)
    page.keyboard.press("Enter")
    seen = page.evaluate("() => window.seen")
    page.context.close()
    return paint, ready, seen["echo"], seen["answer"]
