"""Adding, reviewing, correcting, replacing and removing reports, as an administrator's browser."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from hochoi.errors import EmptyTextError
from hochoi.people.person import Role
from hochoi.record.states import FileState
from hochoi.store import Store
from hochoi.types import SourceFile
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.jobs import Desk, Worker
from tests.fakes import SyllableEncoder
from tests.hostile_names import hostile_names
from tests.ingest.documents import zipped
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

    def upload(self, *files: tuple[str, str], review: bool = False, work_off: bool = True) -> int:
        client = self.admin
        data = {"form_token": token_in(client.get("/admin").text)}
        if review:
            data["review"] = "1"
        sent = [("files", (name, text.encode())) for name, text in files]
        response = client.post("/admin/upload", data=data, files=sent, headers={"origin": ADDRESS})
        if work_off:
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


def test_upload_opens_archives_and_mails(office: Office) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@hue.example", "Gửi báo cáo của đoàn"
    mail.set_content("Kính gửi các anh chị báo cáo của đoàn tại Huế, xin góp ý trước ngày mai.")
    mail.add_attachment(FIRST.encode(), "text", "plain", filename="một.txt")
    archive = zipped({"thư.eml": mail.as_bytes(), "hỏng.pdf": b"%PDF-1.4 x"})
    office.keeper.add([SourceFile("a.zip", archive)], "x", review_all=False)
    office.worker.work(threading.Event())
    (view,) = office.keeper.jobs()
    assert [(f.file_name, f.state) for f in view.job.files] == [
        ("a.zip/thư.eml", FileState.PUBLISHED),
        ("a.zip/thư.eml/một.txt", FileState.PUBLISHED),
        ("a.zip/hỏng.pdf", FileState.REFUSED),
    ]


def test_upload_of_an_empty_archive_is_refused_with_a_sentence(office: Office) -> None:
    with pytest.raises(EmptyTextError):
        office.keeper.add([SourceFile("a.zip", zipped({}))], "x", review_all=False)
    assert office.keeper.jobs() == ()


def test_broken_archive_among_other_files_stands_in_the_job_as_refused(office: Office) -> None:
    """An administrator saw nothing at all of a damaged .docx that was sent with other files."""
    with_bad = zipped({"ảnh.txt": FIRST.encode()}).replace(b"\x50\x4b\x01\x02", b"\x50\x4b\x09\x09")
    files = [SourceFile("một.txt", FIRST.encode()), SourceFile("hỏng.docx", b"PK\x03\x04 x"),
             SourceFile("hỏng.zip", with_bad)]  # fmt: skip
    office.keeper.add(files, "x", review_all=False)
    office.worker.work(threading.Event())
    (view,) = office.keeper.jobs()
    assert {(f.file_name, f.state) for f in view.job.files} == {
        ("một.txt", FileState.PUBLISHED),
        ("hỏng.docx", FileState.REFUSED),
        ("hỏng.zip", FileState.REFUSED),
    }
    assert (view.done, view.count) == (3, 3)
    assert office.admin.get("/admin/jobs").text.count('<tr class="refused">') == 2


def test_upload_under_hostile_names_writes_nothing_outside(office: Office, tmp_path: Path) -> None:
    var = office.ws.settings.var
    before = {p for p in tmp_path.rglob("*") if p.is_file()}
    names = hostile_names()
    for first in range(0, len(names), 60):  # the first sixty are published too
        files = [
            (name, f"Đoàn số {n} thăm Huế\n\nNgày 9/7/2023, đoàn {n} đến Huế xem hồ sơ {n}.")
            for n, name in enumerate(names[first : first + 60], first)
        ]
        assert office.upload(*files, work_off=first == 0) == 303
    received = [f.state for view in office.keeper.jobs() for f in view.job.files]
    assert len(received) > 300
    assert set(received) <= {FileState.RECEIVED, FileState.PUBLISHED}
    assert received.count(FileState.PUBLISHED) == 60
    after = {p for p in tmp_path.rglob("*") if p.is_file()}
    new = {p.relative_to(var).parts[0] for p in after - before}
    assert new <= {"library.sqlite3", "people.sqlite3", "index", "lexical", "writer.lock"}


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
    sent = office.post(at, at, do="save", title=line.title, participants="13", topics=topics)
    assert sent == (303, f"{at}?done=draft_saved")
    status, where = office.post(
        at, at, do="publish", title=line.title, participants="14", topics=topics
    )
    assert (status, where.partition("?")[0]) == (303, "/admin/drafts")
    html = office.admin.get(where).text
    assert f'href="/reports/{line.report_id}"' in html, "one may look at what was published"
    (report,) = office.ws.reports.values()
    assert report.visit.participants is not None
    assert report.visit.participants.value == 14
    assert "do admin sửa" in office.admin.get(f"/admin/reports/{report.report_id}/fields").text
    assert {"report.correct", "report.publish"} <= set(office.actions())


def test_field_that_cannot_hold_what_was_typed_changes_nothing(office: Office) -> None:
    office.upload(("một.txt", FIRST), review=True)
    (line,) = office.keeper.drafts()
    at = f"/admin/drafts/{line.report_id}"
    for deed in ("save", "publish"):
        status, html = office.post(at, at, do=deed, title="Khác", participants="nhiều")
        assert status == 400
        for typed in ("nhiều</textarea>", "Khác</textarea>"):
            assert typed in html, "what was typed is not lost"
    assert not office.ws.reports
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
    assert office.post(at, at, do="publish")[0] == 400, "it must be decided"
    assert office.post(at, at, do="replace")[0] == 303
    assert list(office.ws.reports) == [line.report_id]
    assert "15 người" in office.ws.reports[line.report_id].text


def test_discarded_draft_is_gone(office: Office) -> None:
    office.upload(("một.txt", FIRST), review=True)
    (line,) = office.keeper.drafts()
    at = f"/admin/drafts/{line.report_id}"
    assert office.post(at, at, do="discard") == (303, "/admin/drafts?done=draft_discarded")
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
