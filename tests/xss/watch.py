"""A browser page that counts what hostile texts managed to do: run, ask, load, break the policy."""

from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Error, Page

from tests.xss.payloads import PAYLOADS

# Loaded before anything of a page: whoever calls `hit` was executed.
_MARKER = """
window.hit = () => window.wasHit(location.pathname);
addEventListener("securitypolicyviolation", e =>
  window.wasHeldBack(location.pathname + " " + e.effectiveDirective + " " + e.blockedURI));
"""
# What stands on the page: ways to run something that wait for a click, and all that can be read.
_SCAN = """() => {
  const waiting = [], own = /^(https?:|mailto:|#|\\/|\\?|$)/;
  for (const e of document.querySelectorAll("*")) {
    for (const a of e.attributes) {
      if (a.name.startsWith("on")) waiting.push(`<${e.localName} ${a.name}>`);
      if (["href", "src", "action", "formaction", "data", "srcdoc"].includes(a.name)) {
        const url = a.value.trim().toLowerCase();
        const isScheme = /^[a-z]+:/.test(url) && !/^https?:/.test(url);
        if (isScheme && !(e.localName === "img" && url.startsWith("data:image/"))) {
          waiting.push(`<${e.localName} ${a.name}=${url.slice(0, 60)}>`);
        }
      }
    }
    if (["iframe", "object", "embed", "portal"].includes(e.localName)) {
      waiting.push(`<${e.localName}>`);
    }
  }
  const fields = [...document.querySelectorAll("input, textarea")].map(e => e.value);
  return [waiting, document.documentElement.textContent + "\\n" + fields.join("\\n")];
}"""


@dataclass
class Found:
    """What was found at one place that texts enter."""

    pages: int = 0
    shown: set[str] = field(default_factory=set)  # payloads that stood there as text
    troubles: Counter[str] = field(default_factory=Counter)


class Watch:
    """Opens pages of one browser context and keeps account, place by place."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        """Watch every page that the context opens from now on."""
        self.address, self.found = address, {}
        self._now = Found()
        context.expose_function("wasHit", lambda where: self._note(f"executed on {where}"))
        context.expose_function("wasHeldBack", lambda what: self._note(f"held back on {what}"))
        context.add_init_script(_MARKER)
        context.on("request", lambda request: self._heard(request.url))
        context.on("dialog", self._dismiss)
        self.page: Page = context.new_page()

    found: dict[str, Found]

    def at(self, place: str) -> Found:
        """Account for what follows under a place."""
        self._now = self.found.setdefault(place, Found())
        return self._now

    def open(self, path: str) -> None:
        """Open a page and look at it."""
        try:
            self.page.goto(self.address + path)
        except Error as exc:
            self._note(f"{path[:80]} did not open: {exc.message[:80]}")
        self.look()

    def look(self) -> None:
        """Look at the page as it is."""
        try:
            waiting, text = self.page.evaluate(_SCAN)
        except Error:  # a page that shows something running has just loaded itself anew
            self.page.wait_for_load_state()
            waiting, text = self.page.evaluate(_SCAN)
        self._now.pages += 1
        for trouble in waiting:
            self._note(f"waits on {self.page.url.removeprefix(self.address)[:60]}: {trouble}")
        self._now.shown |= {p for p in PAYLOADS if p in text}

    def _note(self, trouble: str) -> None:
        self._now.troubles[trouble] += 1

    def _heard(self, url: str) -> None:
        if not url.startswith((f"{self.address}/", "data:", "blob:", "about:")):
            self._note(f"asked {url[:80]}")

    def _dismiss(self, dialog: object) -> None:
        self._note("a dialog")
        dialog.dismiss()  # type: ignore[attr-defined]
