"""File below environment, unknown keys and odd values refused, nothing read from outside."""

from pathlib import Path

import pytest

from hochoi.errors import SettingsError
from hochoi.settings import SHIPPED, Settings, load_settings


def write(folder: Path, text: str) -> None:
    (folder / "settings.toml").write_text(text, encoding="utf-8")


def test_load_nothing_given_returns_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}) == Settings(
        var=tmp_path,
        host="127.0.0.1",
        port=7860,
        embedding_model="hochoi-static-256",
        max_file_mb=50,
        max_question_chars=2000,
    )


def test_load_file_overrides_defaults_and_environment_overrides_both(tmp_path: Path) -> None:
    write(tmp_path, 'port = 8000\nmax_file_mb = 10\nhost = "0.0.0.0"\n')
    found = load_settings(tmp_path, {"HOCHOI_PORT": "9000"})
    assert (found.port, found.max_file_mb, found.host) == (9000, 10, "0.0.0.0")


def test_load_folder_comes_from_argument_then_environment_then_house(tmp_path: Path) -> None:
    environ = {"HOCHOI_VAR": str(tmp_path / "b")}
    assert load_settings(tmp_path / "a", environ).var == tmp_path / "a"
    assert load_settings(None, environ).var == tmp_path / "b"
    assert load_settings(None, {}).var == SHIPPED / "var"
    assert load_settings(None, {"HOCHOI_VAR": ""}).var == SHIPPED / "var"


def test_load_relative_folder_becomes_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(Path("data"), {}).var == tmp_path / "data"


def test_load_variables_of_others_are_ignored(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {"PORT": "1", "HOST": "x"}).port == 7860


def test_load_variable_set_to_nothing_counts_as_not_set(tmp_path: Path) -> None:
    """An empty HOCHOI_HOST made the server listen on every address."""
    assert load_settings(tmp_path, {"HOCHOI_HOST": "", "HOCHOI_PORT": ""}).host == "127.0.0.1"


def test_paths_lie_in_the_data_folder(tmp_path: Path) -> None:
    found = load_settings(tmp_path, {})
    paths = [found.database_path, found.index_path, found.lexical_path]
    assert [p.relative_to(tmp_path).as_posix() for p in paths] == [
        "library.sqlite3",
        "index",
        "lexical",
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ports = 1", "ports"),
        ('var = "/elsewhere"', "var"),
        ("port = 65536", "port"),
        ("port = -1", "port"),
        ("port = true", "port"),
        ("port = 80.0", "port"),
        ('port = "٨٠"', "port"),
        (f'port = "{"9" * 5000}"', "port"),
        ("max_file_mb = 0", "max_file_mb"),
        ("max_question_chars = 20000", "max_question_chars"),
        ('host = ""', "host"),
        ("host = 1", "host"),
        ('embedding_model = ["a"]', "embedding_model"),
    ],
)
def test_load_unacceptable_value_names_the_key(tmp_path: Path, text: str, key: str) -> None:
    write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, {})
    assert caught.value.key == key


@pytest.mark.parametrize("name", ["HOCHOI_PROT", "HOCHOI_", "HOCHOI_VAR_"])
def test_load_unknown_variable_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=r"one of .*cross_encoder, "):
        load_settings(tmp_path, {name: "1"})


@pytest.mark.parametrize("content", [b"port = ", b"\xff\xfe", b"port = 1\nport = 2"])
def test_load_damaged_file_names_the_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, {})
    assert caught.value.key == str(tmp_path / "settings.toml")


def test_load_home_of_nobody_is_refused() -> None:
    with pytest.raises(SettingsError):
        load_settings(None, {"HOCHOI_VAR": "~nobody-of-that-name/data"})
