"""Two hundred hostile texts in every place, every page that shows them in a real browser.

    python -m tests.xss.proof [--every 1]

Starts a server on a new data directory, enters the texts as its users would, opens the pages and
prints, place by place, how many pages were opened, how many texts stood there as text, and what
was executed, loaded from elsewhere or held back by the content policy. Exit code 1 if anything was.
"""

import argparse
import re
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Error, Page, Route

from tests.journeys.served import chromium, start_server
from tests.xss.filling import Keeper
from tests.xss.payloads import EVIL, PAYLOADS
from tests.xss.reading import formulas
from tests.xss.watch import Watch
from ui.headers import PAGE_POLICY

_PARAMETERS = (
    "/visits?q=", "/visits?province=", "/admin/reports?q=", "/conversations?q=",
    "/admin/audit?who=", "/evaluate/drafts?origin=", "/reports/", "/evaluate/", "/login?next=/",
    "/conversations/", "/",
)  # fmt: skip
_FILES = ("/visits.csv", "/admin/audit.csv")


def main() -> int:
    """Fill, open, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="look at every n-th text only")
    some = PAYLOADS[:: parser.parse_args().every]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hochoi-xss-") as folder:
        server = start_server(Path(folder) / "var")
        said: list[str] = []  # read all the time: a pipe that is full would stop the server
        listening = threading.Thread(target=lambda: said.extend(server.stderr or ()), daemon=True)
        listening.start()
        try:
            assert server.stdout is not None
            address, setup = server.stdout.readline().strip(), server.stdout.readline().split()[-1]
            with chromium() as browser:
                control = _control(browser, address, some)
                watch = _everything(browser, address, setup, some)
        finally:
            server.terminate()
            server.wait(30)
            listening.join(5)
        errors = "".join(said)
    failed = _print(watch, some)
    _say(f"unescaped and without a policy {control[0]} of {len(some)} texts are noticed")
    _say(f"unescaped but with our policy  {control[1]} are executed, {control[2]} held back")
    _say(f"server: {errors.count('Traceback')} tracebacks; {time.monotonic() - began:.0f} s")
    sys.stderr.write(errors[-3000:])
    return 1 if failed or "Traceback" in errors or not control[0] or control[1] else 0


def _control(browser: Browser, address: str, some: tuple[str, ...]) -> tuple[int, int, int]:
    """Show that the proof can fail: show the texts as they are, with and without a policy.

    Returns:
        Texts noticed without a policy; texts executed, and texts held back, under ours.
    """
    bare = _unescaped(browser, address, some, {})
    ours = _unescaped(browser, address, some, {"content-security-policy": PAGE_POLICY})
    return (
        sum(any(word in t for word in ("executed", "dialog", EVIL)) for t in bare),
        sum("executed" in t or "dialog" in t for t in ours),
        sum("held back" in t for t in ours),
    )


def _unescaped(
    browser: Browser, address: str, some: tuple[str, ...], headers: dict[str, str]
) -> list[str]:
    """Return what each text did on a page that does not escape it."""
    context = browser.new_context()

    def fulfill(route: Route) -> None:
        payload = some[int(route.request.url.rpartition("/")[2])]
        body = f"<!doctype html><title>x</title><main>{payload}</main>"
        route.fulfill(body=body, content_type="text/html; charset=utf-8", headers=headers)

    context.route(re.compile(r"/control/\d+$"), fulfill)
    watch = Watch(context, address)
    for number in range(len(some)):
        watch.at(str(number))
        page = context.new_page()  # the one before may be on its way to another host
        with suppress(Error):
            page.goto(f"{address}/control/{number}", wait_until="commit")
            page.wait_for_timeout(60)
        page.close()
    context.close()
    return [" ".join(found.troubles) for found in watch.found.values()]


def _everything(browser: Browser, address: str, setup: str, some: tuple[str, ...]) -> Watch:
    """Enter the texts and open every page that shows one."""
    keeper = Keeper(address, setup)
    context = browser.new_context(locale="vi-VN", reduced_motion="reduce")
    context.set_default_timeout(20_000)  # a busy machine is slow, but nothing hangs
    watch = Watch(context, address)
    _strangers(watch, some)
    session = keeper.http.cookies["hochoi_session"]
    context.add_cookies([{"name": "hochoi_session", "value": session, "url": address}])
    for step in (_reports, _asking, _kept, _forms, _evaluation, _drafts, _addresses, _files):
        started = time.monotonic()
        step(keeper, watch, some)
        _say(f"{step.__name__[1:]}: {time.monotonic() - started:.0f} s")
    watch.page.wait_for_timeout(1000)
    return watch


def _strangers(watch: Watch, some: tuple[str, ...]) -> None:
    watch.at("name at sign-in")
    watch.open("/login")
    for payload in some:
        _send(watch, {"#name": payload, "#password": "x"})


def _send(watch: Watch, fields: dict[str, str], button: str = "button.main") -> None:
    """Fill a form that stands on the page, send it and look at what comes."""
    for selector, value in fields.items():
        watch.page.fill(selector, value)
    with watch.page.expect_navigation():
        watch.page.locator(button).first.click()
    watch.look()


def _reports(keeper: Keeper, watch: Watch, some: tuple[str, ...]) -> None:
    keeper.upload()
    ids, drafts = keeper.reports(), keeper.drafts()
    _say(f"published {len(ids)}, drafts {len(drafts)}")
    watch.at("report: text, title, file name")
    for path in ("/admin", "/admin/reports", "/admin/drafts", "/visits", "/visits?view=timeline",
                 "/visits?view=network", "/visits?view=coverage"):  # fmt: skip
        watch.open(path)
    for report_id in ids[: len(some)]:
        watch.open(f"/reports/{report_id}?start=0&end=20")
        watch.open(f"/admin/reports/{report_id}/remove")
    for draft_id in drafts[: len(some)]:
        watch.open(f"/admin/drafts/{draft_id}")
    watch.at("fields of a visit")
    for report_id, payload in zip(ids, some, strict=False):
        keeper.correct(report_id, payload)
        watch.open(f"/reports/{report_id}")
        watch.open(f"/admin/reports/{report_id}/fields")
    for path in ("/visits", "/visits?view=timeline", "/visits?view=network", "/admin/reports"):
        watch.open(path)


def _open_asking(watch: Watch, path: str) -> Page:
    watch.page.goto(watch.address + path)
    watch.page.wait_for_selector("html[data-ready]")
    return watch.page


def _asking(keeper: Keeper, watch: Watch, some: tuple[str, ...]) -> None:
    watch.at("question, answer and sources")
    for number, payload in enumerate(some):
        if number % 10 == 0:
            page = _open_asking(watch, "/")
        before = page.locator("[data-outcome]").count()
        page.fill("#question textarea", f"Ai làm trưởng đoàn {payload}?")
        page.keyboard.press("Enter")
        page.locator("[data-outcome]").nth(before).wait_for()
        watch.look()


def _kept(keeper: Keeper, watch: Watch, some: tuple[str, ...]) -> None:
    conversations = keeper.ask()
    watch.at("question and comment of an opinion, kept")
    for conversation in conversations:
        page = _open_asking(watch, f"/?c={conversation}")
        page.locator(".turn").nth(9).wait_for()
        watch.look()
    watch.at("title of a conversation")
    for number in range(0, len(some), len(conversations)):
        for one, payload in zip(conversations, some[number:], strict=False):
            keeper.post(f"/conversations/{one}/rename", title=payload)
        watch.open("/conversations")
        watch.open(f"/conversations/{conversations[0]}/delete")
        _open_asking(watch, "/").locator("#start a").first.wait_for()
        watch.look()


def _forms(keeper: Keeper, watch: Watch, some: tuple[str, ...]) -> None:
    watch.at("name of a new account")
    watch.open("/admin/users")
    for payload in some:
        watch.page.check("input[value=official]")
        _send(watch, {"#name": payload}, ".half button, form:has(#name) button")
    watch.at("number of participants")
    report_id = keeper.reports()[0]
    watch.open(f"/admin/reports/{report_id}/fields")
    for payload in some:
        _send(watch, {"#f-participants": payload}, "form:has(#f-participants) button")
    watch.at("log")
    for path in ("/admin/audit", "/admin/audit?page=2", "/admin/audit?page=3"):
        watch.open(path)


def _evaluation(keeper: Keeper, watch: Watch, some: tuple[str, ...]) -> None:
    watch.at("name of a test set")
    watch.open("/evaluate")
    file = {"name": "x.csv", "mimeType": "text/csv", "buffer": b"id,question\n1,Ai?\n"}
    for payload in some:
        watch.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        watch.page.set_input_files("input[name=file]", file)  # type: ignore[arg-type]
        _send(watch, {"input[name=name]": payload}, "form.upload button")
    watch.at("test set and its evaluation")
    _say(f"test set: {keeper.add_set()}")
    watch.open("/evaluate")
    for evaluation in keeper.paths("/evaluate", r"/evaluate/\d[^\"/?]+"):
        watch.open(evaluation)
        for path in keeper.paths(evaluation, rf"{evaluation}/questions/[^\"]+")[: len(some)]:
            watch.open(path)


def _drafts(keeper: Keeper, watch: Watch, some: tuple[str, ...]) -> None:
    watch.at("draft question")
    keeper.post("/evaluate/drafts/feedback")
    drafts: list[str] = []
    for number in range(1, 6):
        listed = f"/evaluate/drafts?page={number}"
        watch.open(listed)
        drafts += keeper.paths(listed, r"/evaluate/drafts/[0-9a-f]+")
    names = ("question", "history", "expected", "relevant", "nearest", "kind", "tags", "set")
    for draft, payload in zip(dict.fromkeys(drafts), some, strict=False):
        watch.open(draft)
        keeper.post(draft, do="save", answerable="1", **dict.fromkeys(names, payload))
        watch.open(draft)
        _send(watch, {"input[name=set]": payload}, "button[value=approve]")
    watch.open("/evaluate/drafts")


def _addresses(keeper: Keeper, watch: Watch, some: tuple[str, ...]) -> None:
    watch.at("addresses")
    for path in _PARAMETERS:
        _say(f"  {path}")
        for payload in some:
            watch.open(path + quote(payload, safe=""))
    for payload in some[::20]:
        _open_asking(watch, f"/?c={quote(payload, safe='')}")
        watch.look()


def _files(keeper: Keeper, watch: Watch, some: tuple[str, ...]) -> None:
    found = watch.at("cells of CSV files")
    sets = keeper.paths("/evaluate", r"/evaluate/sets/[^\"]+")
    runs = [f"{e}/questions.csv" for e in keeper.paths("/evaluate", r"/evaluate/\d[^\"/?]+")]
    for path in (*_FILES, *sets, *runs):
        content = keeper.http.get(path).content
        found.pages += 1
        text = content.decode("utf-8-sig")
        found.shown |= {p for p in PAYLOADS if p.replace('"', '""') in text}
        found.troubles.update(f"formula in {path}: {cell[:40]}" for cell in formulas(content))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _print(watch: Watch, some: tuple[str, ...]) -> int:
    _say("| place | pages looked at | texts shown as text | executed, loaded, held back |")
    _say("|---|---|---|---|")
    for place, found in watch.found.items():
        shown = len(found.shown & set(some))
        _say(f"| {place} | {found.pages:,} | {shown} | {sum(found.troubles.values())} |")
    troubles = [(place, *pair) for place, f in watch.found.items() for pair in f.troubles.items()]
    for place, trouble, n in troubles[:60]:
        _say(f"  {place}: {n} x {trouble}")
    return len(troubles)


if __name__ == "__main__":
    sys.exit(main())
