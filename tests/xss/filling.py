"""Puts a hostile text into every place of a running server, as its users would: over HTTP."""

import re
import time
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qs, urlsplit

import httpx

from benchmarks.ask_client import AskClient
from benchmarks.generated_reports import generated_reports
from tests.ui.house import token_in
from tests.xss.payloads import PAYLOADS

PASSWORD = "đường Thanh Niên 1957"
SET_NAME = "chữ xấu"
ADDRESS = "https://evil.example/?x="
_HTML = {"accept": "text/html"}


class Keeper:
    """An administrator who may do everything, at work without a browser."""

    def __init__(self, address: str, setup: str) -> None:
        """Make the account with the address that the server prints at its first start."""
        self.http = httpx.Client(
            base_url=address, timeout=120, headers={"origin": address, **_HTML}
        )
        code = parse_qs(urlsplit(setup).query)["code"][0]
        token = token_in(self.http.get(f"/setup?code={code}").text)
        fields = {"code": code, "name": "quan.tri", "new": PASSWORD, "repeat": PASSWORD}
        made = self.http.post("/setup", data={"form_token": token, **fields})
        if made.status_code != 303:
            raise RuntimeError(f"no administrator: {made.status_code}")
        self._token = token_in(self.http.get("/account").text)

    def post(self, path: str, **fields: object) -> httpx.Response:
        """Send a form."""
        return self.http.post(path, data={"form_token": self._token, **fields})

    def paths(self, page: str, pattern: str) -> list[str]:
        """Return the addresses on a page that match a pattern, each once."""
        found = re.findall(f'href="({pattern})', self.http.get(page).text)
        return list(dict.fromkeys(found))

    def upload(self) -> None:
        """Add a report per payload: in its file's name, its title, a heading and its sentences."""
        files = [("files", (f"{n} {p}.txt", text.encode())) for n, (p, text) in enumerate(_texts())]
        sent = self.http.post("/admin/upload", data={"form_token": self._token}, files=files)
        if sent.status_code != 303:
            raise RuntimeError(f"upload: {sent.status_code}")
        until = time.monotonic() + 300
        while "data-running" in self.http.get("/admin/jobs").text:
            if time.monotonic() > until:
                raise RuntimeError("the files are not worked off")
            time.sleep(1)

    def reports(self) -> list[str]:
        """Return the ids of the published reports."""
        ids: list[str] = []
        for number in range(1, 100):
            page = self.http.get(f"/admin/reports?page={number}").text
            more = re.findall(r'href="/admin/reports/([0-9a-f]+)/fields', page)
            if not more or more[0] in ids:
                return list(dict.fromkeys(ids))
            ids += more
        return ids

    def drafts(self) -> list[str]:
        """Return the ids of the drafts."""
        return re.findall(r'href="/admin/drafts/([0-9a-f]+)"', self.http.get("/admin/drafts").text)

    def correct(self, report_id: str, payload: str) -> None:
        """Set every field of a visit that takes any text."""
        names = ("title", "host", "visitors", "places", "head_of_delegation", "deputy_heads",
                 "host_leads", "document_numbers")  # fmt: skip
        fields = dict.fromkeys(names, payload)
        address = ADDRESS + re.sub(r"\s", "", payload)
        self.post(f"/admin/reports/{report_id}/fields", **fields, source_url=address)

    def ask(self) -> list[str]:
        """Ask every payload, judge each answer with it, and return the conversations."""
        config = self.http.get("/config").json()
        conversations = []
        for number in range(0, len(PAYLOADS), 10):
            page = AskClient(self.http, config)
            page.opened()
            for payload in PAYLOADS[number : number + 10]:
                seen = page.ask(payload)
                page.order(do="opinion", turn=seen.turn, good=False, reasons=["answer_wrong"],
                           comment=payload)  # fmt: skip
            conversations.append(str(seen.conversation))
        return conversations

    def add_set(self) -> int:
        """Add a test set whose questions are the payloads, run it, and return how that began."""
        head = "id,question,history,kind,tags,answerable,expected,relevant\n"
        relevant = self.reports()[0]
        cells = [p.replace('"', '""') for p in PAYLOADS]
        rows = [f'"{n} {c}","{c}","{c}","{c}","{c}",1,"{c}","{relevant}"'
                for n, c in enumerate(cells)]  # fmt: skip
        content = (head + "\n".join(rows)).encode()
        data = {"form_token": self._token, "name": SET_NAME}
        sent = self.http.post("/evaluate/sets", data=data, files={"file": ("x.csv", content)})
        if sent.status_code != 303:
            return sent.status_code
        self.post("/evaluate", set=SET_NAME)
        until = time.monotonic() + 120
        while "data-reload" in self.http.get("/evaluate").text and time.monotonic() < until:
            time.sleep(1)
        return 303


def _texts() -> Iterator[tuple[str, str]]:
    """Yield each payload with the text of a report that holds it, different from all others."""
    sources = generated_reports(len(PAYLOADS), seed=7)
    for payload, source in zip(PAYLOADS, islice(sources, len(PAYLOADS)), strict=True):
        _, lead, *rest = source.content.decode().split("\n\n")
        start = f"{payload}\n\n{lead} Hai bên nói về {payload} ({payload})."
        yield payload, "\n\n".join([start, f"I. {payload}", f"Kết quả: {payload}", *rest])
