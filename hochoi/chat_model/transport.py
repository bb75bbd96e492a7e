"""The HTTP transport of a language model: one that can be hung up on and reads so much at most."""

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping

import httpx2


class GuardedTransport(httpx2.BaseTransport):
    """Plain HTTP without proxies that tells which socket it uses and limits what it receives."""

    def __init__(
        self,
        verify: ssl.SSLContext | bool,
        max_bytes: int,
        on_connected: Callable[[socket.socket], None],
    ) -> None:
        """Prepare a connection; nothing is opened yet.

        Args:
            verify: Whom to trust; False for http addresses.
            max_bytes: A longer body ends in `httpx2.ReadError`.
            on_connected: Called with each socket once it is connected.
        """
        alone = httpx2.Limits(max_keepalive_connections=0)  # a call never waits for another
        self._inner = httpx2.HTTPTransport(verify=verify, trust_env=False, limits=alone)
        self._max_bytes, self._on_connected = max_bytes, on_connected

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request."""
        request.extensions = {**request.extensions, "trace": self._trace}
        response = self._inner.handle_request(request)
        if not isinstance(response.stream, httpx2.SyncByteStream):
            raise httpx2.ReadError("no synchronous stream", request=request)
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=_Limited(response.stream, self._max_bytes),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def _trace(self, event: str, info: Mapping[str, object]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            stream = info.get("return_value")
            get = getattr(stream, "get_extra_info", None)
            connected = get("socket") if callable(get) else None
            if isinstance(connected, socket.socket):
                self._on_connected(connected)


class _Limited(httpx2.SyncByteStream):
    """A body that fails once it is longer than it may be."""

    def __init__(self, inner: httpx2.SyncByteStream, max_bytes: int) -> None:
        self._inner, self._left = inner, max_bytes

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body in pieces.

        Raises:
            httpx2.ReadError: Beyond the limit.
        """
        for piece in self._inner:
            self._left -= len(piece)
            if self._left < 0:
                raise httpx2.ReadError("the answer is too large")
            yield piece

    def close(self) -> None:
        """Close the inner stream."""
        self._inner.close()
