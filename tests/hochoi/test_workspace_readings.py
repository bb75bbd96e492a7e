"""Prepared reports are kept, but not without limit."""

from pathlib import Path

import pytest

from hochoi.reading import Readings
from hochoi.settings import load_settings
from hochoi.types import SourceFile
from hochoi.workspace import Purpose, open_workspace
from ingest.pipeline import ingest_source
from tests.fakes import SyllableEncoder


def test_reading_keeps_the_latest_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that had read a large library out once held all of it prepared."""
    monkeypatch.setattr(Readings, "KEPT", 2)
    settings = load_settings(tmp_path, {})
    with open_workspace(settings, Purpose.WRITE, encoder=SyllableEncoder()) as ws:
        texts = [f"Đoàn số {n} thăm Huế\n\nĐoàn có {n} người.".encode() for n in range(3)]
        ids = [ingest_source(ws, SourceFile("a.txt", t)).report_id or "" for t in texts]
        ws.refresh()
        readings = [ws.reading(i) for i in ids]
        assert [r.report.report_id for r in readings] == ids
        assert ws.reading(ids[2]) is readings[2]
        assert ws.reading(ids[0]) is not readings[0]
        assert ws.reading(ids[0]) == readings[0]
