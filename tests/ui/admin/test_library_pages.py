"""Adding, reviewing, correcting, replacing and removing reports, as an administrator's browser."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from hochoi.people.person import Role
from hochoi.record.states import FileState
from hochoi.store import Store
from hochoi.types import SourceFile
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.jobs import Desk, Worker
from tests.fakes import SyllableEncoder
from tests.ingest.review_library import CHANGED, FIRST, PRIVATE, settings_in
from tests.people_door import CHEAP, Clock, open_people
from tests.ui.house import ADDRESS, House, token_in
from ui.admin.keeper import Keeper
from ui.admin.library_routes import add_library_routes
from ui.admin.review_routes import add_review_routes
from ui.admin.upload_page import jobs_part
from ui.door.door import open_door
from ui.door.middleware import DoorMiddleware
from ui.door.options import DoorOptions
from ui.door.routes import add_door_routes
from ui.door.state import Visitor
from ui.site import site_of
from ui.wording import Language

HOSTILE = "<script>alert(1)</script>.txt"


@dataclass(frozen=True)
class Office:
    """A served library behind its door, whose queue is worked off when a test says so."""

    house: House
    ws: Workspace
    keeper: Keeper
    worker: Worker

    @property
    def admin(self) -> TestClient:
        return self.house.browser("admin")

    def post(self, path: str, at: str = "/admin", **data: object) -> tuple[int, str]:
        client = self.admin
        token = token_in(client.get(at).text)
        response = client.post(
            path, data={"form_token": token, **data}, headers={"origin": ADDRESS}
        )
        return response.status_code, response.headers.get("location", response.text)

    def upload(self, *files: tuple[str, str], review: bool = False) -> int:
        client = self.admin
        data = {"form_token": token_in(client.get("/admin").text)}
        if review:
            data["review"] = "1"
        sent = [("files", (name, text.encode())) for name, text in files]
        response = client.post("/admin/upload", data=data, files=sent, headers={"origin": ADDRESS})
        self.worker.work(threading.Event())
        return response.status_code

    def actions(self) -> list[str]:
        return [event.action for event in self.house.door.audit.events()]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    settings = settings_in(tmp_path)
    with (
        open_workspace(settings, Purpose.SERVE, encoder=SyllableEncoder()) as ws,
        closing(Store(settings.database_path)) as store,
        open_people(tmp_path, Clock()) as people,
    ):
        side = Desk(store, ws.encoder, ws.encoder_name, ws.provinces, ws.topics, ws.max_file_bytes)
        worker = Worker(side, settings.var / "writer.lock", ws.refresh)
        door = open_door(people.db, DoorOptions(open_asking=False), CHEAP, people.clock)
        people.add("admin", Role.ADMIN)
        keeper = Keeper(ws, side, worker)

        app = FastAPI()  # without the ask page, which takes a second to build
        add_door_routes(app, door)
        add_library_routes(app, keeper, door)
        add_review_routes(app, site_of(ws), keeper, door)
        app.add_middleware(DoorMiddleware, door=door)
        yield Office(House(app, door, people), ws, keeper, worker)


def test_upload_tells_what_became_of_every_file(office: Office) -> None:
    bad = ("hỏng.pdf", "\x00\x01\x02" * 40)
    assert office.upload(("một.txt", FIRST), bad, (HOSTILE, PRIVATE)) == 303
    html = office.admin.get("/admin").text
    assert "3 trên 3 tệp" in html
    for words in ("đã công bố", "bị từ chối", "chờ duyệt"):
        assert words in html
    assert HOSTILE not in html
    assert len(office.ws.reports) == 1
    assert "report.upload" in office.actions()


@pytest.mark.parametrize(
    ("count", "sentence"), [(0, "Hãy chọn ít nhất một tệp"), (201, "tối đa 200 tệp")]
)
def test_upload_of_no_or_too_many_files_changes_nothing(
    office: Office, count: int, sentence: str
) -> None:
    client = office.admin
    data = {"form_token": token_in(client.get("/admin").text)}
    sent = [("files", (f"{n}.txt", b"x")) for n in range(count)] or [("other", ("", b""))]
    response = client.post("/admin/upload", data=data, files=sent, headers={"origin": ADDRESS})
    assert response.status_code == 400
    assert sentence in response.text
    assert office.keeper.jobs() == ()


def test_upload_without_the_token_or_too_large_is_refused(office: Office) -> None:
    client = office.admin
    files = [("files", ("a.txt", FIRST.encode()))]
    headers = {"origin": ADDRESS}
    assert client.post("/admin/upload", files=files, headers=headers).status_code == 403
    large = {**headers, "content-length": str(10**10), "content-type": "multipart/form-data"}
    response = client.post("/admin/upload", content=b"x", headers=large)
    assert response.status_code == 413
    assert office.keeper.jobs() == ()


def test_file_over_the_limit_is_refused_and_the_rest_is_not(office: Office) -> None:
    office.upload(("lớn.txt", "a " * 2**20), ("một.txt", FIRST))
    states = [file.state for file in office.keeper.jobs()[0].job.files]
    assert states == [FileState.REFUSED, FileState.PUBLISHED]


def test_waiting_files_are_cancelled_and_refused_ones_tried_again(office: Office) -> None:
    bad = ("hỏng.pdf", "\x00\x01\x02" * 40)
    office.upload(bad)
    assert office.post("/admin/jobs/1/retry") == (303, "/admin")
    html = office.admin.get("/admin/jobs").text
    assert "data-running" in html
    assert office.post("/admin/jobs/1/cancel") == (303, "/admin")
    assert "data-running" not in office.admin.get("/admin/jobs").text
    assert office.post("/admin/jobs/77/cancel")[0] == 404


def test_draft_is_corrected_published_and_asked_about(office: Office) -> None:
    office.upload(("một.txt", FIRST), review=True)
    (line,) = office.keeper.drafts()
    at = f"/admin/drafts/{line.report_id}"
    html = office.admin.get(at).text
    assert "theo yêu cầu của người nạp" in html
    assert "Đọc từ" in html
    topics = [office.ws.topics.codes[0]]
    sent = office.post(f"{at}/fields", at, title=line.title, participants="14", topics=topics)
    assert sent == (303, f"{at}?done=draft_saved")
    assert office.post(f"{at}/decide", at, do="publish") == (303, f"/reports/{line.report_id}")
    (report,) = office.ws.reports.values()
    assert report.visit.participants is not None
    assert report.visit.participants.value == 14
    assert "do admin sửa" in office.admin.get(f"/admin/reports/{report.report_id}/fields").text
    assert {"report.correct", "report.publish"} <= set(office.actions())


def test_field_that_cannot_hold_what_was_typed_changes_nothing(office: Office) -> None:
    office.upload(("một.txt", FIRST), review=True)
    (line,) = office.keeper.drafts()
    at = f"/admin/drafts/{line.report_id}"
    status, html = office.post(f"{at}/fields", at, title="Khác", participants="nhiều")
    assert status == 400
    assert "nhiều" in html
    assert office.keeper.draft(line.report_id).report.title == line.title


def test_personal_data_is_marked_before_it_is_published(office: Office) -> None:
    office.upload(("riêng.txt", PRIVATE))
    (line,) = office.keeper.drafts()
    html = office.admin.get(f"/admin/drafts/{line.report_id}").text
    assert "<mark>0912 345 678</mark>" in html
    assert "số điện thoại cá nhân" in html


def test_new_version_waits_with_its_differences_and_replaces(office: Office) -> None:
    office.upload(("một.txt", FIRST))
    office.upload(("hai.txt", CHANGED))
    (line,) = office.keeper.drafts()
    at = f"/admin/drafts/{line.report_id}"
    html = office.admin.get(at).text
    assert "Công bố, thay bản cũ" in html
    assert "15 người" in html
    assert office.post(f"{at}/decide", at, do="publish")[0] == 400, "it must be decided"
    assert office.post(f"{at}/decide", at, do="replace")[0] == 303
    assert list(office.ws.reports) == [line.report_id]
    assert "15 người" in office.ws.reports[line.report_id].text


def test_discarded_draft_is_gone(office: Office) -> None:
    office.upload(("một.txt", FIRST), review=True)
    (line,) = office.keeper.drafts()
    at = f"/admin/drafts/{line.report_id}"
    assert office.post(f"{at}/decide", at, do="discard") == (303, "/admin/drafts")
    assert office.admin.get(at).status_code == 404
    assert "Không có báo cáo nào chờ duyệt" in office.admin.get("/admin/drafts").text


def test_library_is_searched_without_diacritics_and_removal_is_asked_first(office: Office) -> None:
    office.upload(("một.txt", FIRST))
    (report_id,) = office.ws.reports
    assert report_id in office.admin.get("/admin/reports?q=ha nam hue").text
    assert report_id not in office.admin.get("/admin/reports?q=ca mau&page=x").text
    at = f"/admin/reports/{report_id}/remove"
    assert "Gỡ hẳn" in office.admin.get(at).text
    assert office.ws.reports
    assert office.post(at, at) == (303, "/admin/reports?done=removed_done")
    assert not office.ws.reports
    assert office.post(at, "/admin")[0] == 404


def test_health_says_what_a_check_finds(office: Office) -> None:
    office.upload(("một.txt", FIRST))
    html = office.admin.get("/admin/health").text
    assert "khớp với kho" in html
    assert "max_file_mb" in html
    status, html = office.post("/admin/health/check", "/admin/health")
    assert (status, "Mọi thứ khớp nhau" in html) == (200, True)


def test_backup_is_a_file_to_keep_and_leaves_nothing_behind(office: Office) -> None:
    office.upload(("một.txt", FIRST))
    client = office.admin
    token = token_in(client.get("/admin/health").text)
    response = client.post(
        "/admin/health/backup", data={"form_token": token}, headers={"origin": ADDRESS}
    )
    assert response.content.startswith(b"PK")
    assert not list(office.ws.settings.var.glob(".backup-*"))


def test_queue_that_waits_for_another_process_says_for_whom(office: Office) -> None:
    office.keeper.add([SourceFile("hai.txt", CHANGED.encode())], "x", review_all=False)
    html = str(jobs_part(office.keeper.jobs(), "hochoi ingest, pid 7", Language.VI, Visitor()))
    assert "hochoi ingest, pid 7" in html


@pytest.mark.parametrize("path", ["/admin/drafts/zz", "/admin/reports/zz/fields",
                                  "/admin/reports/zz/remove"])  # fmt: skip
def test_report_that_does_not_exist_is_a_404(office: Office, path: str) -> None:
    assert office.admin.get(path).status_code == 404
