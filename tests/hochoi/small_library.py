"""A library of three small reports, for the tests of the workspace."""

from collections.abc import Iterator
from contextlib import contextmanager

from hochoi.retrieval import prepare, retrieve
from hochoi.settings import Settings
from hochoi.types import Filters, Report
from hochoi.workspace import Purpose, Workspace, open_workspace
from tests.fakes import SyllableEncoder, make_report, publication

ENCODER = SyllableEncoder()
REPORTS = [
    make_report("aaaa", "Đoàn Sơn La ở Hải Phòng", "Học một cửa điện tử.", "Thăm cảng biển."),
    make_report("bbbb", "Đoàn Lai Châu ở Cần Thơ", "Học chữ ký số.", "Nghe về bến Ninh Kiều."),
    make_report("cccc", "Đoàn Hà Giang ở Huế", "Học giám sát đô thị.", "Thăm Hue-S."),
]
LATER = make_report("dddd", "Đoàn Bình Thuận ở Vinh", "Học lưu trữ điện tử.", "Ghé chợ Vinh.")
QUESTION = "học một cửa điện tử"


@contextmanager
def library(
    settings: Settings, purpose: Purpose, encoder: SyllableEncoder = ENCODER
) -> Iterator[Workspace]:
    """Open the library with the encoder of the tests."""
    with open_workspace(settings, purpose, encoder=encoder) as ws:
        yield ws


def publish(ws: Workspace, *reports: Report) -> None:
    """Publish as an ingest does."""
    items = [publication(report, ws.encoder) for report in reports]
    ws.store.publish_many(items, encoder=ws.encoder_name)


def found(ws: Workspace, question: str = QUESTION) -> list[tuple[str, float]]:
    """Return ids and rounded scores of the hits."""
    hits = retrieve(ws, prepare(question, Filters(), ws), 10)
    return [(h.passage.passage_id, round(h.score, 4)) for h in hits]


def nearest(ws: Workspace, question: str = QUESTION) -> dict[str, float]:
    """Return similarities by the index that the library searches."""
    return dict(ws.nearest(ws.encoder.encode_query(question), 100))


def exactly(ws: Workspace, question: str = QUESTION) -> dict[str, float]:
    """Return similarities by the exact index."""
    return dict(ws.exact.search(ws.encoder.encode_query(question), 100))
