"""A real HTTP server on loopback that speaks chat completions and misbehaves on command."""

import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Exchange"], None]


class Exchange:
    """One request and the ways to answer it."""

    def __init__(self, server: "ChatServer", handler: BaseHTTPRequestHandler, body: bytes) -> None:
        self.server, self._handler = server, handler
        self.path = handler.path
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.body: dict[str, Any] = json.loads(body) if body else {}

    @property
    def request_text(self) -> str:
        """The user message."""
        return str(self.body["messages"][-1]["content"])

    def head(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        """Send the status line and headers; the body goes on until the connection closes."""
        self._handler.send_response(status)
        self._handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.send_header("Connection", "close")
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        """Send bytes at once.

        Raises:
            OSError: When the client has left.
        """
        self._handler.wfile.write(data)
        self._handler.wfile.flush()

    def reset(self) -> None:
        """Drop the connection with a TCP reset."""
        linger = struct.pack("ii", 1, 0)
        self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._handler.connection.close()

    def wait(self, seconds: float) -> bool:
        """Wait for the server to close; True when it did."""
        return self.server.is_closing.wait(seconds)


class ChatServer:
    """Answers requests with one behaviour after the other; the last one stays."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.behaviours = list(behaviours)
        self.exchanges: list[Exchange] = []
        self.is_closing = threading.Event()
        self.has_left = threading.Event()  # set when a client hung up during an answer
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                exchange = Exchange(outer, self, self.rfile.read(length))
                outer.exchanges.append(exchange)
                behaviour = outer.behaviours[0]
                if len(outer.behaviours) > 1:
                    outer.behaviours.pop(0)
                self.close_connection = True
                try:
                    behaviour(exchange)
                except OSError:
                    outer.has_left.set()

            do_GET = do_POST

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, request: object, client_address: object) -> None:
                outer.has_left.set()

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        """The base address that a client is given."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def close(self) -> None:
        """Stop at once; waiting behaviours end."""
        self.is_closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def chat_server(*behaviours: Behaviour) -> Iterator[ChatServer]:
    """Run a server for the time of a test."""
    server = ChatServer(*behaviours)
    server.start()
    try:
        yield server
    finally:
        server.close()


def event(
    content: str | None = None, finish: str | None = None, *, index: int = 0, **delta: object
) -> bytes:
    """Return one server-sent event of a streamed completion."""
    parts: dict[str, object] = dict(delta)
    if content is not None:
        parts["content"] = content
    choice = {"index": index, "delta": parts, "finish_reason": finish}
    chunk = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [choice],
    }
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"


def whole(text: str, size: int = 7) -> bytes:
    """Return a complete stream whose pieces have `size` characters."""
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    return b"".join([event("", role="assistant"), *map(event, pieces), event(finish="stop"), DONE])


def replies(text: str, size: int = 7) -> Behaviour:
    """Answer well."""
    return sends(whole(text, size))


def sends(*pieces: bytes, kind: str = "text/event-stream") -> Behaviour:
    """Send these bytes as the body, piece by piece, and close."""

    def behave(exchange: Exchange) -> None:
        exchange.head(kind=kind)
        for piece in pieces:
            exchange.send(piece)

    return behave


def sends_slowly(pieces: Iterable[bytes], pause_s: float) -> Behaviour:
    """Send bytes with a pause before each."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        for piece in pieces:
            if exchange.wait(pause_s):
                return
            exchange.send(piece)

    return behave


def fails(status: int, body: str = "{}", **headers: str) -> Behaviour:
    """Answer with an error status."""

    def behave(exchange: Exchange) -> None:
        exchange.head(status, "application/json", **headers)
        exchange.send(body.encode())

    return behave


def says_nothing(exchange: Exchange) -> None:
    """Take the request and never answer."""
    exchange.wait(5)


def sends_head_only(exchange: Exchange) -> None:
    """Answer with headers and no body."""
    exchange.head()
    exchange.wait(5)


def stalls_after(data: bytes) -> Behaviour:
    """Send the beginning of an answer and go silent."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.send(data)
        exchange.wait(5)

    return behave


def resets_after(data: bytes) -> Behaviour:
    """Send the beginning of an answer and reset the connection."""

    def behave(exchange: Exchange) -> None:
        exchange.head()
        exchange.send(data)
        exchange.reset()

    return behave


def talks_forever(exchange: Exchange) -> None:
    """Send words until the client leaves."""
    exchange.head()
    number = 0
    while not exchange.wait(0.002):
        number += 1
        exchange.send(event(f"từ {number} "))


ORDER = re.compile(
    r"(?:trả lời|tra loi|viết|viet|in ra|ghi|nói|noi|thông báo|thong bao|chèn|chen)"
    r"[^:\n]{0,80}: ?[“\"']?([^”\"'\n]{3,200})",
    re.IGNORECASE,
)


def obeys(extra: Sequence[str] = ()) -> Behaviour:
    """Do whatever reports and question say: repeat what they order, with and without a marker."""

    def behave(exchange: Exchange) -> None:
        text = exchange.request_text
        ordered = [m[1].strip() for m in ORDER.finditer(text)]
        said = [*ordered, *(line for line in text.split("\n") if len(line) > 20), *extra]
        lines = [form for line in said[:40] for form in (line, f"{line} [1]", f"**{line}**[1]")]
        exchange.head()
        exchange.send(whole("\n".join(lines)[:9000], 40))

    return behave
