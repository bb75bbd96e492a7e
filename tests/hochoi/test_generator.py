"""How a model is called: retry, breaker, leaving, addresses, settings; HTTP on loopback."""

import threading
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

import pytest

from hochoi.answering import answer
from hochoi.chat_model.breaker import Breaker
from hochoi.chat_model.client import ModelAddress, SecretText
from hochoi.errors import SettingsError
from hochoi.generator import checked_url, make_generator
from hochoi.settings import load_settings
from hochoi.workspace import Workspace
from tests.chat_server import (
    Behaviour,
    chat_server,
    event,
    fails,
    replies,
    says_nothing,
    sends,
    stalls_after,
    talks_forever,
)
from tests.hochoi.model_library import (
    KEY,
    LIMITS,
    PROMPT,
    QUESTION,
    TRUE,
    TRUE_SHOWN,
    asked,
    attempt,
    chat,
)

# Retry


@pytest.mark.parametrize("first", [fails(503), fails(429, Retry_After="1"), fails(500)])
def test_answer_passing_failure_is_tried_once_more(ws: Workspace, first: Behaviour) -> None:
    found = asked(ws, first, replies(TRUE))
    assert [s.text for s in found.sentences] == [TRUE_SHOWN]


@pytest.mark.parametrize(
    ("behaviour", "calls"),
    [
        (fails(503), 2),
        (fails(429, Retry_After="1000000000"), 1),
        (fails(429, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"), 1),
        (fails(401), 1),
        (fails(404), 1),
        (says_nothing, 1),
        (sends(event("Nhờ")), 1),
    ],
)
def test_draft_calls_the_server_that_often(behaviour: Behaviour, calls: int) -> None:
    with chat_server(behaviour) as server:
        list(attempt(chat(server.url, LIMITS)))
    assert len(server.exchanges) == calls


def always(value: float) -> Callable[[], float]:
    return lambda: value


def test_draft_pause_before_the_second_call_has_jitter() -> None:
    pauses: list[float] = []
    with chat_server(fails(503)) as server:
        for chance in (0.0, 1.0):
            list(attempt(replace(chat(server.url), wait=pauses.append, jitter=always(chance))))
    assert pauses == pytest.approx([0.1, 0.5])


# L11: breaker


def test_answer_after_three_failures_rests_probes_and_recovers(ws: Workspace) -> None:
    now = [0.0]
    with chat_server(fails(401)) as server:
        ws.generator = replace(chat(server.url), breaker=Breaker(clock=lambda: now[0]))
        for _ in range(5):
            assert answer(ws, QUESTION).generator is None
        assert len(server.exchanges) == 3
        server.behaviours = [replies(TRUE)]
        assert answer(ws, QUESTION).notice is not None
        assert len(server.exchanges) == 3
        now[0] += 31
        healed = answer(ws, QUESTION)
        assert healed.generator == "mau"
        assert healed.notice is None
        assert answer(ws, QUESTION).generator == "mau"


# L12: the reader leaves


@pytest.mark.parametrize("taken", [1, 3])
def test_stream_reader_leaves_and_the_request_is_cancelled(ws: Workspace, taken: int) -> None:
    with chat_server(talks_forever) as server:
        pieces = chat(server.url, replace(LIMITS, total_s=5)).draft(QUESTION, ())
        for _ in range(taken):
            next(pieces)
        assert isinstance(pieces, Generator)
        pieces.close()
        assert server.has_left.wait(1)


def test_stream_reader_leaves_a_silent_server_and_the_connection_closes(ws: Workspace) -> None:
    with chat_server(stalls_after(event("Nhờ "))) as server:
        pieces = chat(server.url, replace(LIMITS, idle_s=60, total_s=60)).draft(QUESTION, ())
        next(pieces)
        assert isinstance(pieces, Generator)
        closing = threading.Thread(target=pieces.close, daemon=True)
        closing.start()
        closing.join(20)  # the server would be waited for three times as long
        assert not closing.is_alive()


# L13: where requests go


def test_draft_redirect_is_not_followed() -> None:
    with chat_server(replies(TRUE)) as canary:
        target = f"{canary.url}/chat/completions"
        for status in (301, 302, 307, 308):
            with chat_server(fails(status, Location=target)) as server:
                list(attempt(chat(server.url)))
        assert canary.exchanges == []


def test_draft_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with chat_server(fails(500)) as proxy, chat_server(replies(TRUE)) as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OPENAI_PROXY"):
            monkeypatch.setenv(name, proxy.url)
            monkeypatch.setenv(name.lower(), proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        assert "".join(attempt(chat(server.url))) == TRUE
        assert proxy.exchanges == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8000",
        "ftp://127.0.0.1/v1",
        "file:///etc/passwd",
        "http://",
        "http://ai:matkhau@127.0.0.1/v1",
        "http://127.0.0.1/v1?key=x",
        "http://127.0.0.1/v1#x",
        "http://127.0.0.1:99999/v1",
        "http://169.254.169.254/v1",
        "http://[fe80::1]/v1",
        "http://metadata.google.internal/v1",
    ],
)
def test_checked_url_unsafe_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        checked_url(url)
    assert "matkhau" not in str(caught.value)


def test_checked_url_good_address_loses_its_last_slash() -> None:
    assert checked_url(" https://mo-hinh.tinh.vn:8443/v1/ ") == "https://mo-hinh.tinh.vn:8443/v1"


# Settings


def test_make_generator_extractive_needs_no_address() -> None:
    assert make_generator("extractive", "", SecretText(""), PROMPT) is None


@pytest.mark.parametrize("kind", ["gpt", "openai:", "openai: ", "ollama:x", ""])
def test_make_generator_unknown_kind_is_refused(kind: str) -> None:
    with pytest.raises(SettingsError):
        make_generator(kind, "http://127.0.0.1/v1", SecretText(""), PROMPT)


def test_load_settings_generator_is_read_and_the_key_never_shown(tmp_path: Path) -> None:
    environ = {
        "HOCHOI_GENERATOR": "openai:mau",
        "HOCHOI_GENERATOR_URL": "http://127.0.0.1:8000/v1",
        "HOCHOI_GENERATOR_API_KEY": KEY,
    }
    settings = load_settings(tmp_path, environ)
    assert settings.generator_api_key == KEY
    assert KEY not in repr(settings)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, {"HOCHOI_GENERATOR_APIKEY": KEY})
    assert KEY not in str(caught.value)
    secret = SecretText(KEY)
    assert KEY not in f"{secret} {secret!r} {ModelAddress('m', 'u', secret)}"
