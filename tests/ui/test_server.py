import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from hochoi.errors import ServerPortError, StoreError
from hochoi.settings import load_settings
from hochoi.types import Filters
from tests.answering_library import open_library
from ui.server import following, listen, preparing, serve
from ui.site import STARTERS, site_of


def test_listen_port_zero_gets_a_free_one() -> None:
    with listen("127.0.0.1", 0) as one, listen("127.0.0.1", 0) as other:
        assert one.getsockname()[1] != other.getsockname()[1]


def test_listen_taken_port_is_an_error_that_names_it() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerPortError) as caught:
            listen("127.0.0.1", port)
    assert (caught.value.host, caught.value.port) == ("127.0.0.1", port)


def test_serve_taken_port_opens_nothing(tmp_path: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        settings = load_settings(tmp_path / "var", {"HOCHOI_PORT": port})
        with pytest.raises(ServerPortError):
            serve(settings)
    assert not (tmp_path / "var").exists()


class CountingWorkspace:
    def __init__(self) -> None:
        self.seen = threading.Event()
        self.reports: dict[str, object] = {}

        self.settled = threading.Event()

    def refresh(self) -> bool:
        self.seen.set()
        return True

    def settle_gently(self, is_stopped: Callable[[], bool]) -> None:
        assert not is_stopped()
        self.settled.set()


def test_following_refreshes_until_it_ends() -> None:
    ws = CountingWorkspace()
    with following(ws, every_s=0.01):
        assert ws.seen.wait(5)
        assert ws.settled.wait(5)
    assert not {"follow-record", "settle-index"} & {t.name for t in threading.enumerate()}


def test_preparing_begins_at_once_and_goes_on_after_a_failure() -> None:
    done, again = [], threading.Event()

    def prepare() -> None:
        done.append(1)
        if len(done) == 1:
            raise StoreError("/kho", "disk")
        again.set()

    with preparing(prepare, every_s=0.01):
        assert again.wait(5)
    so_far = len(done)
    assert "prepare" not in {t.name for t in threading.enumerate()}
    assert len(done) == so_far


def test_site_of_a_library_answers_and_starts(tmp_path: Path) -> None:
    with open_library(tmp_path) as ws:
        site = site_of(ws)
        *_, answer = site.ask("Trưởng đoàn Cà Mau là ai?", (), Filters())
        starters = site.starters()
        assert "Lê Văn Tám" in str(answer)
        assert 0 < len(starters) <= STARTERS
        assert starters == site.starters()
        assert site.report_count() == len(ws.reports)
        assert set(site.topic_names) == set(ws.topics.codes)
