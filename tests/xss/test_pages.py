"""Every page that shows a text shows it as text, whatever it is. The browser does in `make xss`."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from hochoi.people.audit import Actor
from hochoi.people.conversations import Conversations
from hochoi.text import clean
from hochoi.types import Filters
from tests.ui.house import House, token_in
from tests.xss.house import answer_of, hostile_house, report_of
from tests.xss.payloads import PAYLOADS
from tests.xss.reading import formulas, shown, troubles
from ui.ask.conversation_html import conversation
from ui.ask.scene import Scene
from ui.ask.sources_html import sources_panel
from ui.ask.turns import Talk, Turn
from ui.wording import Language

SOME = PAYLOADS[::8]  # for pages that show one text at a time
CSV_HEAD = "id,question,history,kind,tags,answerable,expected,relevant\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with hostile_house(tmp_path_factory.mktemp("xss")) as house:
        yield house


@pytest.fixture
def client(house: House) -> TestClient:
    return house.browser("all")


def assert_text_only(html: str, *payloads: str) -> None:
    assert troubles(html, payloads) == []
    words = clean(shown(html))
    assert [p for p in payloads if clean(p).strip() not in words] == []


def post(client: TestClient, path: str, **fields: str) -> str:
    token = token_in(client.get("/account").text)
    sent = client.post(path, data={"form_token": token, **fields})
    return sent.text if sent.status_code != 303 else client.get(sent.headers["location"]).text


def test_payloads_are_two_hundred_different_ones_and_would_be_noticed() -> None:
    assert len(set(PAYLOADS)) == 200
    unescaped = [p for p in PAYLOADS if not troubles(f"<main>{p}</main>", [p])]
    assert [p for p in unescaped if p.startswith(("<img", "<svg", "<script", "<iframe"))] == []


def test_visits_show_texts_of_reports_as_text(client: TestClient) -> None:
    html = client.get("/visits").text
    assert troubles(html, PAYLOADS) == []
    assert sum(clean(p) in shown(html) for p in PAYLOADS) >= 40
    for view in ("timeline", "network", "coverage"):
        assert troubles(client.get(f"/visits?view={view}").text, PAYLOADS) == []
    assert formulas(client.get("/visits.csv").content) == []


@pytest.mark.parametrize("payload", SOME)
def test_reader_and_fields_show_texts_of_reports_as_text(client: TestClient, payload: str) -> None:
    report_id = report_of(0, payload).report_id
    assert_text_only(client.get(f"/reports/{report_id}?start=0&end=9").text, payload)
    assert_text_only(client.get(f"/admin/reports/{report_id}/fields").text, payload)
    original = client.get(f"/reports/{report_id}/original").headers
    assert original["content-disposition"].startswith("attachment")
    assert original["content-type"] == "application/octet-stream"


def test_ask_page_draws_questions_answers_and_sources_as_text() -> None:
    reports = [report_of(n, p) for n, p in enumerate(PAYLOADS)]
    turns = tuple(
        Turn(r.visit.title, answer_of(r), Filters(topic=r.visit.title), n)
        for n, r in enumerate(reports, 1)
    )
    scene = Scene(Language.VI, {})
    html = str(conversation(Talk("k", turns), scene))
    assert_text_only(f"<main>{html}</main>", *PAYLOADS)
    for report, payload in zip(reports, PAYLOADS, strict=True):
        panel = str(sources_panel(answer_of(report), scene))
        assert_text_only(f"<main>{panel}</main>", payload)


def test_kept_conversations_show_titles_as_text(house: House, client: TestClient) -> None:
    kept, me = Conversations(house.door.people), house.door.accounts.named("all").person_id
    for payload in PAYLOADS:
        one = kept.begin(me)
        turn = kept.ask(me, one, payload, Filters())
        kept.answered(me, one, turn, answer_of(report_of(0, payload)))
        kept.rename(me, one, payload)
    assert_text_only(client.get("/conversations").text, *PAYLOADS[-10:])
    assert_text_only(client.get(f"/conversations/{one}/delete").text, payload)


@pytest.mark.parametrize("payload", SOME)
def test_what_forms_send_back_is_text(client: TestClient, payload: str) -> None:
    assert_text_only(post(client, "/admin/users", name=payload, role="official"), payload)
    report_id = report_of(0, payload).report_id
    refused = post(client, f"/admin/reports/{report_id}/fields", participants=payload)
    assert_text_only(refused, payload)


@pytest.mark.parametrize("payload", SOME)
def test_what_addresses_hold_is_text(client: TestClient, payload: str) -> None:
    for path in ("/visits?q=", "/admin/reports?q=", "/conversations?q=", "/admin/audit?who="):
        assert_text_only(client.get(path + quote(payload, safe="")).text, payload)
    for path in ("/evaluate/drafts?origin=", "/evaluate/", "/reports/", "/login?next=/"):
        page = client.get(path + quote(payload, safe=""))
        assert troubles(page.text, [payload]) == []


def test_audit_log_shows_and_gives_out_texts_as_text(house: House, client: TestClient) -> None:
    for payload in PAYLOADS:
        house.door.audit.write(Actor(payload, payload), payload[:40], payload, detail=payload)
    assert troubles(client.get("/admin/audit").text, PAYLOADS) == []
    assert formulas(client.get("/admin/audit.csv").content) == []


def test_test_sets_and_their_evaluations_show_questions_as_text(client: TestClient) -> None:
    token = token_in(client.get("/evaluate").text)
    lines = [
        '{0},"{1}","{1}","{1}","{1}",1,"{1}","{1}.txt"'.format(n, p.replace('"', '""'))
        for n, p in enumerate(PAYLOADS)
    ]
    file = ("x.csv", (CSV_HEAD + "\n".join(lines)).encode())
    data = {"form_token": token, "name": "bộ xấu"}
    sent = client.post("/evaluate/sets", data=data, files={"file": file})
    assert sent.status_code in (303, 400), sent.text
    assert troubles(client.get("/evaluate").text if sent.is_redirect else sent.text, PAYLOADS) == []
