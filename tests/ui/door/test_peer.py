"""Headers about the client count only from a listed proxy; a page of another site is known."""

import pytest
from starlette.requests import Request

from ui.door.options import DoorOptions
from ui.door.peer import Peer, host_is_allowed, is_same_origin, peer_of

PROXIED = DoorOptions(False, proxies=frozenset({"10.0.0.5"}), user_header="x-remote-user")
LOCAL = DoorOptions(True, hosts=frozenset({"localhost", "127.0.0.1", "[::1]"}))


def request(peer: str = "10.0.0.5", **headers: str) -> Request:
    raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    return request_of(raw, peer)


def request_of(raw: list[tuple[bytes, bytes]], peer: str = "10.0.0.5") -> Request:
    return Request(
        {
            "type": "http", "method": "POST", "scheme": "http", "path": "/", "query_string": b"",
            "server": ("127.0.0.1", 80), "client": (peer, 9), "headers": raw,
        }
    )  # fmt: skip


def test_peer_listed_proxy_is_believed() -> None:
    found = peer_of(
        request(
            x_remote_user="lan", x_forwarded_for="1.1.1.1, 10.9.9.9", x_forwarded_proto="https"
        ),
        PROXIED,
    )
    assert found == Peer("10.9.9.9", True, ("lan",))


@pytest.mark.parametrize("peer", ["10.0.0.6", "127.0.0.1", "::1", ""])
def test_peer_anybody_else_is_not(peer: str) -> None:
    headers = {"x_remote_user": "lan", "x_forwarded_for": "1.1.1.1", "x_forwarded_proto": "https"}
    assert peer_of(request(peer, **headers), PROXIED) == Peer(peer, False, ())


def test_peer_proxy_without_a_header_set_up_names_nobody() -> None:
    options = DoorOptions(False, proxies=frozenset({"10.0.0.5"}))
    assert peer_of(request(x_remote_user="lan"), options).user_names == ()


def test_peer_two_names_stay_two_and_an_underscore_is_another_header() -> None:
    twice = request_of([(b"x-remote-user", b"lan"), (b"x-remote-user", b"admin")])
    assert peer_of(twice, PROXIED).user_names == ("lan", "admin")
    assert peer_of(request_of([(b"x_remote_user", b"admin")]), PROXIED).user_names == ()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:7860", "[::1]:80", "LOCALHOST:1"])
def test_host_of_this_machine_is_allowed(host: str) -> None:
    assert host_is_allowed(request(host=host), LOCAL)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:7860", "", "[::2]"]
)
def test_host_of_another_name_is_not(host: str) -> None:
    assert not host_is_allowed(request(host=host), LOCAL)


def test_host_missing_or_twice_is_not_allowed() -> None:
    assert not host_is_allowed(request_of([]), LOCAL)
    twice = request_of([(b"host", b"localhost"), (b"host", b"localhost")])
    assert not host_is_allowed(twice, LOCAL)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"origin": "http://127.0.0.1:7860"}, True),
        ({"origin": "http://127.0.0.1:7860", "sec_fetch_site": "same-origin"}, True),
        ({"origin": "null", "sec_fetch_site": "same-origin"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://127.0.0.1:80"}, False),
        ({"origin": "http://localhost:7860"}, False),
        ({"origin": "http://127.0.0.1:7860.evil.example"}, False),
        ({"origin": "http://127.0.0.1:7860", "sec_fetch_site": "cross-site"}, False),
        ({"sec_fetch_site": "same-site"}, False),
        ({"sec_fetch_site": "none"}, False),
        ({"origin": "null"}, None),
        ({}, None),
    ],
)
def test_origin_of_a_request(headers: dict[str, str], expected: bool | None) -> None:
    assert is_same_origin(request(host="127.0.0.1:7860", **headers), LOCAL) is expected


def test_origin_of_a_listed_name_counts_behind_a_proxy() -> None:
    options = DoorOptions(False, hosts=frozenset({"hochoi.tinh.gov.vn", "127.0.0.1"}))
    behind = request(host="127.0.0.1:7860", origin="https://hochoi.tinh.gov.vn")
    assert is_same_origin(behind, options) is True
