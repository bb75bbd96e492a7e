from pathlib import Path

import pytest

from hochoi.errors import SettingsError
from hochoi.settings import load_settings
from ui.door.options import DoorOptions, door_options


def options(**settings: str) -> DoorOptions:
    environ = {f"HOCHOI_{key.upper()}": value for key, value in settings.items()}
    return door_options(load_settings(Path("var"), environ))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_asking_is_open_while_only_this_machine_can_ask(host: str) -> None:
    assert options(host=host).open_asking
    assert options(host=host).hosts == {"localhost", "127.0.0.1", "[::1]"}


@pytest.mark.parametrize(
    "settings",
    [
        {"host": "0.0.0.0"}, {"host": "::"}, {"host": "10.0.0.1"}, {"host": "hochoi.tinh.gov.vn"},
        {"allowed_hosts": "hochoi.tinh.gov.vn"}, {"trusted_proxies": "127.0.0.1"},
        {"open_asking": "off"},
    ],
)  # fmt: skip
def test_asking_is_closed_when_others_may_reach_the_pages(settings: dict[str, str]) -> None:
    assert not options(**settings).open_asking


def test_asking_can_be_opened_on_purpose() -> None:
    assert options(host="0.0.0.0", open_asking="on").open_asking


def test_hosts_are_any_where_others_reach_the_pages_unless_listed() -> None:
    assert options(host="0.0.0.0").hosts == frozenset()
    listed = options(host="0.0.0.0", allowed_hosts="Hochoi.tinh.gov.vn, 10.0.0.1").hosts
    assert {"hochoi.tinh.gov.vn", "10.0.0.1", "localhost"} <= listed


def test_sessions_last_as_set() -> None:
    found = options(session_idle_minutes="10", session_hours="8")
    assert (found.idle_s, found.absolute_s) == (600, 8 * 3600)


@pytest.mark.parametrize(
    "settings",
    [
        {"open_asking": "yes"}, {"trusted_proxies": "proxy.local"}, {"session_hours": "0"},
        {"trusted_proxy_header": "X-Remote-User"}, {"session_idle_minutes": "2000"},
    ],
)  # fmt: skip
def test_settings_that_make_no_sense_are_refused(settings: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        options(**settings)
