"""The evaluators' pages: start, watch, read, compare, open a failure, download, decide."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from evaluation.archive import Archive, State
from evaluation.drafts import DraftQuestion, Drafts
from evaluation.rows import Why
from evaluation.sets import TestSets
from hochoi.people.person import Role
from hochoi.types import Answer, Filters, Outcome, Progress
from tests.evaluation.row_builders import answered, head_of, row_of
from tests.people_door import CHEAP, open_people
from tests.ui.house import ADDRESS, token_in
from tests.ui.html_reading import elements
from tests.ui.samples import REPORT, filled_store, site_with
from ui.door.door import open_door
from ui.door.options import DoorOptions
from ui.evaluate.desk import EvaluationDesk
from ui.evaluate.failures import FAILURES_SHOWN
from ui.web_app import build_app

BEFORE, AFTER = "20261127-080000-bo-1-00ff", "20261127-090000-bo-1-00ff"
HOSTILE = "<img src=x onerror=alert(1)>"
DRAFT = DraftQuestion("00aa", "field who", f"Ai dẫn đầu {HOSTILE}?", "who", relevant=("a.txt",),
                      expected=("Tám",), note=HOSTILE)  # fmt: skip
LABELS = json.dumps({"file_name": REPORT.file_name, "visit": {
    "title": REPORT.visit.title, "host": [], "visitors": [], "date_first": None,
    "date_last": None, "date_text": None, "places": ["@nơi"], "head_of_delegation": None,
    "host_leads": [], "participants": 99, "document_numbers": [], "topics": ["khac"],
    "source_url": None, "published": None,
}}) + "\n"  # fmt: skip
CSV = b"id,question,relevant,answerable\nq1,Ai?,a.txt,1\n"


def write(archive: Archive, evaluation_id: str, *, right: bool) -> None:
    failed = answered(is_right=False, doc_ids="x", reasons=("first citation is of another report",))
    refused = answered(
        Outcome.ABSTAINED, "", is_right=False, reasons=("refused although answerable",)
    )
    first = row_of("q1", answered=answered() if right else failed, text=HOSTILE)
    rows = [
        first if right else replace(first, why=Why("other report chosen")),
        replace(row_of("q/2 ?", answered=refused), why=Why("refused")),
        row_of("q3", answered=replace(answered(), confidence=0.875)),
    ]
    with archive.record(head_of(evaluation_id)) as recording:
        for row in rows:
            recording.add(row)
        recording.finish(State.DONE)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> EvaluationDesk:
    folder: Path = tmp_path_factory.mktemp("desk")
    archive, drafts = Archive(folder / "evaluations"), Drafts(folder / "testsets")
    write(archive, BEFORE, right=False)
    write(archive, AFTER, right=True)
    drafts.add([DRAFT])
    sets = TestSets(folder / "shipped", folder / "testsets")
    (folder / "testsets" / "visit_fields.jsonl").write_text(LABELS, encoding="utf-8")
    (folder / "testsets" / "visit_fields-2.jsonl").write_text("{}\n", encoding="utf-8")
    return EvaluationDesk(
        archive, sets, drafts, lambda testset: nullcontext(None),  # type: ignore[arg-type]
        propose=lambda: (DraftQuestion("00bb", "sentence", "Bao nhiêu %?", relevant=("a.txt",)),),
        feedback=lambda: (DraftQuestion("00cc", "feedback", "Sai?"),),
        reports=lambda: (REPORT,),
        topic_names={"khac": "Chủ đề khác"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def client(desk: EvaluationDesk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    def ask(
        question: str, history: tuple[str, ...], filters: Filters
    ) -> Iterator[Progress | Answer]:
        raise AssertionError

    folder: Path = tmp_path_factory.mktemp("house")
    store = filled_store(folder)
    with open_people(folder) as people:
        door = open_door(people.db, DoorOptions(open_asking=False), CHEAP, people.clock)
        account = people.add("lan", Role.EVALUATOR)

        async def build() -> FastAPI:
            return build_app(site_with(store, ask, lambda: ()), door, desk)

        browser = TestClient(asyncio.run(build()), base_url=ADDRESS, follow_redirects=False,
                             headers={"accept": "text/html"})  # fmt: skip
        browser.cookies.set("hochoi_session", door.sessions.begin(account.person_id, "t"))
        yield browser
    store.close()


def send(client: TestClient, path: str, **fields: str) -> int:
    token = token_in(client.get("/evaluate").text)
    headers = {"origin": ADDRESS}
    return client.post(path, data={"form_token": token, **fields}, headers=headers).status_code


def test_start_page_lists_evaluations_newest_first(client: TestClient) -> None:
    html = client.get("/evaluate").text
    assert html.index(AFTER) < html.index(BEFORE)
    assert "27/11/2026 08:00" in html
    assert "0,667" in html


def test_evaluation_page_shows_figures_and_links_each_failure(client: TestClient) -> None:
    html = client.get(f"/evaluate/{BEFORE}").text
    for text in ("Success@1", "Những câu sai (2)", "từ chối nhầm", "<svg", "Cấu hình"):
        assert text in html
    assert f"/evaluate/{BEFORE}/questions/q%2F2%20%3F" in html
    assert HOSTILE not in html


def test_confidence_stands_in_the_page_and_in_the_report_file(client: TestClient) -> None:
    for name in ("", "/report.html"):
        html = client.get(f"/evaluate/{AFTER}{name}").text
        assert "Độ tin cậy của câu trả lời" in html
        assert "Tỷ lệ đúng theo độ tin cậy" in html
        assert "0,125" in html  # sure by .875, and right: .125 too unsure
        assert "không đạt tới" in html  # q/2 was refused


def test_failures_can_be_narrowed_to_a_cause(client: TestClient) -> None:
    html = client.get(f"/evaluate/{BEFORE}?cause=cause_other_report_chosen").text
    assert "questions/q1" in html
    narrowed = client.get(f"/evaluate/{BEFORE}?cause=cause_refused").text
    assert "questions/q1" not in narrowed


def test_question_page_sets_expected_beside_given(client: TestClient) -> None:
    html = client.get(f"/evaluate/{BEFORE}/questions/q1").text
    assert "Mong đợi" in html
    assert "Hệ thống trả lời" in html
    assert 'href="/reports/x?start=0&amp;end=3#mark"' in html
    assert HOSTILE not in html
    assert client.get(f"/evaluate/{BEFORE}/questions/q%2F2%20%3F").status_code == 200


def test_compare_page_lists_the_flips(client: TestClient) -> None:
    html = client.get(f"/evaluate/compare?before={BEFORE}&after={AFTER}").text
    assert "Những câu đổi kết quả (1)" in html
    assert "Tốt lên" in html
    assert HOSTILE not in html


def test_report_file_stands_alone(client: TestClient) -> None:
    response = client.get(f"/evaluate/{AFTER}/report.html")
    html = response.text
    assert "attachment" in response.headers["content-disposition"]
    for outside in ("<script", "<link", "<img", "url(", "@import"):
        assert outside not in html
    tags = [e for name in ("a", "svg", "body") for e in elements(html, name)]
    assert not {"src", "href", "onerror"} & {name for e in tags for name in e.attributes}
    assert "Những câu đổi kết quả (1)" in html


@pytest.mark.parametrize("name", ["questions.csv", "figures.json", "run.trec"])
def test_files_are_downloads(client: TestClient, name: str) -> None:
    response = client.get(f"/evaluate/{AFTER}/{name}")
    assert response.status_code == 200
    assert response.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "path",
    ["/evaluate/nothing", f"/evaluate/{AFTER}/nothing", f"/evaluate/{AFTER}/questions/zz",
     "/evaluate/drafts/zz", "/evaluate/sets/none.csv", f"/evaluate/compare?before={AFTER}",
     f"/evaluate/{AFTER}/..%2Fhead.json"],
)  # fmt: skip
def test_what_does_not_exist_is_a_404_in_vietnamese(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "Không" in response.text


def test_set_from_csv_is_added_downloaded_and_refused_twice(client: TestClient) -> None:
    token = token_in(client.get("/evaluate").text)
    data, headers = {"form_token": token, "name": "Bộ thử"}, {"origin": ADDRESS}
    for status in (303, 400):
        response = client.post("/evaluate/sets", data=data, files={"file": ("a.csv", CSV)},
                               headers=headers)  # fmt: skip
        assert response.status_code == status
    assert "Bộ thử" in client.get("/evaluate").text
    assert "q1,Ai?" in client.get("/evaluate/sets/Bộ thử.csv").text


def test_forms_without_the_token_change_nothing(client: TestClient, desk: EvaluationDesk) -> None:
    for path in ("/evaluate", "/evaluate/stop", f"/evaluate/{AFTER}/remove",
                 "/evaluate/drafts/propose", "/evaluate/drafts/00aa"):  # fmt: skip
        response = client.post(path, data={"do": "reject"}, headers={"origin": ADDRESS})
        assert response.status_code == 403
    sent = client.post("/evaluate/sets", data={"name": "x"}, files={"file": ("a.csv", CSV)},
                       headers={"origin": ADDRESS})  # fmt: skip
    assert sent.status_code == 403
    assert desk.archive.head(AFTER).state is State.DONE


def test_draft_is_corrected_then_approved_into_an_added_set(
    client: TestClient, desk: EvaluationDesk
) -> None:
    html = client.get("/evaluate/drafts/00aa").text
    assert HOSTILE not in html
    fields = {"question": "Ai dẫn đầu?", "answerable": "1", "expected": "Tám\nChín",
              "relevant": "a.txt", "set": "Bộ duyệt", "kind": "who", "tags": "x"}  # fmt: skip
    assert send(client, "/evaluate/drafts/00aa", do="approve", **{**fields, "relevant": ""}) == 400
    assert send(client, "/evaluate/drafts/00aa", do="approve", **fields) == 303
    testset = desk.sets.find("Bộ duyệt").testset
    assert testset is not None
    assert testset.expectations[0].expected == ("Tám", "Chín")


def test_proposals_and_feedback_become_drafts(client: TestClient) -> None:
    assert send(client, "/evaluate/drafts/propose") == 303
    assert send(client, "/evaluate/drafts/feedback") == 303
    html = client.get("/evaluate/drafts").text
    assert "Bao nhiêu %?" in html
    assert "Bao nhiêu %?" not in client.get("/evaluate/drafts?origin=feedback&page=x").text


def test_removed_evaluation_is_gone(client: TestClient, desk: EvaluationDesk) -> None:
    write(desk.archive, "20261127-070000-bo-1-00ff", right=True)
    assert send(client, "/evaluate/20261127-070000-bo-1-00ff/remove") == 303
    assert client.get("/evaluate/20261127-070000-bo-1-00ff").status_code == 404


def test_english_labels_stand_in_the_english_page(client: TestClient) -> None:
    client.cookies.set("hochoi_lang", "en")
    html = client.get("/evaluate").text
    client.cookies.delete("hochoi_lang")
    assert "Run an evaluation" in html


def test_visit_fields_are_read_beside_their_labels(client: TestClient) -> None:
    assert 'href="/evaluate/fields/visit_fields"' in client.get("/evaluate").text
    html = client.get("/evaluate/fields/visit_fields").text
    assert f'href="/reports/{REPORT.report_id}"' in html
    assert "99" in html
    assert "Chủ đề khác" in html
    assert "0,000" in html
    figures = client.get("/evaluate/fields/visit_fields.json").json()["visit_fields"]
    assert figures["fields"]["places"]["recall"] == 0.0
    assert "'@nơi" in client.get("/evaluate/fields/visit_fields.csv").text
    assert client.get("/evaluate/fields/nothing").status_code == 404
    assert client.get("/evaluate/fields/visit_fields.exe").status_code == 404


def test_visit_fields_with_bad_labels_are_told(client: TestClient) -> None:
    response = client.get("/evaluate/fields/visit_fields-2")
    assert response.status_code == 400
    assert "dòng sai" in response.text


def test_many_failures_are_shown_page_by_page(desk: EvaluationDesk, client: TestClient) -> None:
    many = "20261127-070000-bo-1-00ff"
    refused = answered(Outcome.ABSTAINED, "", is_right=False, reasons=("refused",))
    with desk.archive.record(head_of(many)) as recording:
        for number in range(FAILURES_SHOWN + 3):
            recording.add(replace(row_of(f"q{number}", answered=refused), why=Why("refused")))
        recording.finish(State.DONE)
    try:
        first = client.get(f"/evaluate/{many}?cause=cause_refused").text
        assert first.count(f'href="/evaluate/{many}/questions/') == FAILURES_SHOWN
        assert "page=2#failures" in first
        last = client.get(f"/evaluate/{many}?cause=cause_refused&page=2").text
        assert last.count(f'href="/evaluate/{many}/questions/') == 3
        assert f"questions/q{FAILURES_SHOWN + 2}" in last
        assert client.get(f"/evaluate/{many}?page=99").text.count("/questions/") == 3
        report = client.get(f"/evaluate/{many}/report.html").text
        assert report.count("<summary>q") == FAILURES_SHOWN
        assert f"Ở đây hiện {FAILURES_SHOWN} trong {FAILURES_SHOWN + 3} câu" in report
    finally:
        desk.archive.remove(many)
