"""Serve the web application of one library until the process is told to stop."""

import asyncio
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

from hochoi.errors import HocHoiError, ServerPortError
from hochoi.settings import Settings
from ui.wording import SETUP_LINE

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from hochoi.workspace import Workspace
    from ui.door.door import Door

logger = logging.getLogger(__name__)

REFRESH_S = 1.0
_SHUTDOWN_S = 3  # open pages hold a stream; do not wait for them longer


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; with port 0 the system has chosen one.

    Raises:
        ServerPortError: If the address is taken, not allowed or none of this machine's.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as exc:
        raise ServerPortError(host, port) from exc
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as exc:
        listener.close()
        raise ServerPortError(host, port) from exc
    return listener


@contextmanager
def following(ws: "Workspace", every_s: float = REFRESH_S) -> Iterator[None]:
    """Bring in what other processes publish, every second, as long as the context lasts.

    The index on the disk comes after, in a thread of its own that leaves time to answers.
    """
    stop = threading.Event()

    def follow() -> None:
        while not stop.wait(every_s):
            try:
                if ws.refresh():
                    logger.info("followed the record reports=%d", len(ws.reports))
            except HocHoiError as exc:
                logger.warning("the record could not be followed, old state is served: %s", exc)

    def settle() -> None:
        while not stop.wait(every_s):
            ws.settle_gently(stop.is_set)

    threads = [
        threading.Thread(target=follow, name="follow-record", daemon=True),
        threading.Thread(target=settle, name="settle-index", daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@contextmanager
def preparing(prepare: Callable[[], None], every_s: float = REFRESH_S) -> Iterator[None]:
    """Prepare what visitors would wait for, at once and every second, while the context lasts."""
    stop = threading.Event()

    def work() -> None:
        while True:
            try:
                prepare()
            except HocHoiError as exc:
                logger.warning("questions to begin with could not be made: %s", exc)
            if stop.wait(every_s):
                return

    thread = threading.Thread(target=work, name="prepare", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def serve(settings: Settings) -> None:
    """Serve the pages until the process is told to stop.

    Prints the address on standard output once it can be opened.

    Raises:
        ServerPortError: If the port cannot be had; nothing is opened then.
        StoreError, ModelError: If the library cannot be opened.
    """
    from hochoi.people.database import PeopleDatabase
    from hochoi.workspace import Purpose, open_workspace
    from ingest.jobs import working
    from ui.admin.keeper import keeping
    from ui.door.door import open_door
    from ui.door.options import door_options
    from ui.evaluate.desk import desk_of
    from ui.site import site_of
    from ui.web_app import build_app

    with listen(settings.host, settings.port) as listener:
        signal.signal(signal.SIGTERM, _stop)
        with (
            open_workspace(settings, Purpose.SERVE) as ws,
            PeopleDatabase(settings.people_path) as people,
            following(ws),
            working(ws) as worker,
            keeping(ws, worker) as keeper,
        ):
            door = open_door(people, door_options(settings))
            desk = desk_of(ws, people)
            site = site_of(ws)
            app = build_app(site, door, desk, keeper)
            _announce(_address(listener), door)
            with suppress(KeyboardInterrupt), preparing(site.prepare):
                _run(app, listener)


def _announce(address: str, door: "Door") -> None:
    """Print the address, and while nobody can manage, the one that makes an administrator."""
    sys.stdout.write(f"{address}\n")
    if door.setup_code.is_wanted():
        sys.stdout.write(f"{SETUP_LINE} {address}/setup?code={door.setup_code.text}\n")
    sys.stdout.flush()


def _stop(signal_number: int, frame: FrameType | None) -> None:
    """End the process in order, so that locks and the index are closed."""
    raise SystemExit(0)


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _WithoutCutStreams(logging.Filter):
    """Keeps quiet about streams of open pages that are cut when the server stops."""

    def filter(self, record: logging.LogRecord) -> bool:
        is_cancelled = record.exc_info is not None and record.exc_info[0] is asyncio.CancelledError
        return not is_cancelled and "graceful shutdown exceeded" not in record.msg


def _run(app: "ASGIApp", listener: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,
        access_log=False,
        http="h11",  # the faster parser takes headers of any length
        proxy_headers=False,  # ui/door/peer.py decides whose words about the client count
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_SHUTDOWN_S,
    )
    logging.getLogger("uvicorn.error").addFilter(_WithoutCutStreams())
    uvicorn.Server(config).run(sockets=[listener])
