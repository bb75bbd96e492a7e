"""The application in this process, over two reports and with answers by a script."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from hochoi.people.database import PeopleDatabase
from tests.ui.samples import filled_store, site_with
from ui.door.door import open_door
from ui.door.options import DoorOptions
from ui.server import listen
from ui.site import Ask
from ui.web_app import build_app


def made_apart(build: Callable[[], Coroutine[None, None, FastAPI]]) -> FastAPI:
    """Return what `build` makes in a loop of its own: the browser's runs in this thread."""
    made: list[FastAPI] = []
    thread = threading.Thread(target=lambda: made.append(asyncio.run(build())))
    thread.start()
    thread.join()
    return made[0]


@contextmanager
def running(folder: Path, ask: Ask, starters: tuple[str, ...] = (), port: int = 0) -> Iterator[str]:
    """Serve the application over two reports and answers by the script, and yield the address."""
    store = filled_store(folder)
    with PeopleDatabase(folder / "people.sqlite3") as people, listen("127.0.0.1", port) as listener:
        door = open_door(people, DoorOptions(open_asking=True))

        async def build() -> FastAPI:
            return build_app(site_with(store, ask, lambda: starters), door)

        app = made_apart(build)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
    store.close()
