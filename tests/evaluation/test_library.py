"""A test set's own documents in a library of their own, or the published reports."""

from pathlib import Path

import pytest

from evaluation.library import open_library
from evaluation.testset import Document, TestSet
from hochoi.retrieval import prepare, retrieve
from hochoi.settings import load_settings
from hochoi.types import Filters, Visit
from hochoi.workspace import Purpose, open_workspace
from tests.fakes import SyllableEncoder, make_report, publication

DOCUMENTS = (
    Document("d 1", "Cà Mau", "Đoàn Cà Mau gồm 14 người.\u200b"),
    Document("d2", "", "Sơn La học chuyển đổi số."),
    Document("d3", " ", ""),
    Document("d4", "Cà Mau", "Đoàn Cà Mau gồm 14 người."),
)


def test_open_library_documents_become_reports_named_by_their_ids(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "var", {})
    testset = TestSet("t", (), (), documents=DOCUMENTS)
    done: list[tuple[int, int]] = []
    encoder = SyllableEncoder()
    with open_library(
        testset, settings, lambda n, total: done.append((n, total)), encoder=encoder
    ) as ws:
        reports = {r.file_name: r for r in ws.reports.values()}
        assert {name: r.text for name, r in reports.items()} == {
            "d 1": "Cà Mau\n\nĐoàn Cà Mau gồm 14 người.",
            "d2": "Sơn La học chuyển đổi số.",
            "d4": "Cà Mau\n\nĐoàn Cà Mau gồm 14 người.",
        }
        assert reports["d 1"].visit == Visit("Cà Mau")
        assert ws.store.integrity_problems() == ()
        hits = retrieve(ws, prepare("chuyển đổi số", Filters(), ws), 1)
        assert ws.reports[hits[0].passage.report_id].file_name == "d2"
        temporary = ws.settings.var
    assert done == [(4, 4)]
    assert not temporary.exists()
    assert not settings.var.exists()


def test_open_library_failure_inside_leaves_nothing_behind(tmp_path: Path) -> None:
    testset = TestSet("t", (), (), documents=DOCUMENTS)
    seen: list[Path] = []

    def fail() -> None:
        with open_library(
            testset, load_settings(tmp_path / "var", {}), encoder=SyllableEncoder()
        ) as ws:
            seen.append(ws.settings.var)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not seen[0].exists()


def test_open_library_without_documents_reads_the_published_reports(tmp_path: Path) -> None:
    settings, encoder = load_settings(tmp_path / "var", {}), SyllableEncoder()
    with open_workspace(settings, Purpose.WRITE, encoder=encoder) as ws:
        item = publication(make_report("r1", "Đoàn thăm", "Ngày 5/5."))
        ws.store.publish_many([item], encoder=ws.encoder_name)
    with open_library(TestSet("t", (), ()), settings, encoder=encoder) as ws:
        assert list(ws.reports) == ["r1"]


def test_open_library_many_documents_are_published_in_batches(tmp_path: Path) -> None:
    documents = tuple(Document(f"d{n}", "", f"Câu số {n}.") for n in range(600))
    testset = TestSet("t", (), (), documents=documents)
    with open_library(
        testset, load_settings(tmp_path / "var", {}), encoder=SyllableEncoder()
    ) as ws:
        assert len(ws.reports) == 600
        assert ws.store.revision() == 3
