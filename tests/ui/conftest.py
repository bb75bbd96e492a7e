"""The program `hochoi` in this process: arguments in, exit code and output back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import evaluation.library
import hochoi.workspace
from hochoi.encoder import Encoder, configured_encoder
from hochoi.settings import DEFAULT_MODEL, Settings, load_settings
from hochoi.workspace import Purpose, open_workspace
from ingest.pipeline import ingest_path, source_paths
from tests.fakes import SyllableEncoder
from tests.people_door import Clock
from tests.ui.command_line import LONG_AN, SON_LA, Program, Ran
from tests.ui.house import House, open_house
from ui.cli import main


def _encoder(settings: Settings) -> Encoder:
    is_shipped = settings.embedding_model == DEFAULT_MODEL
    return SyllableEncoder() if is_shipped else configured_encoder(settings)


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """The data directory of `program`."""
    return tmp_path / "var"


@pytest.fixture
def program(
    var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Program:
    """Run `hochoi` with these arguments on `var`; the shipped model is exchanged for a fake."""
    monkeypatch.setenv("HOCHOI_VAR", str(var))
    for module in (hochoi.workspace, evaluation.library):
        monkeypatch.setattr(module, "configured_encoder", _encoder)

    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exc:
            code = int(exc.code or 0)
        return Ran(code, *capsys.readouterr())

    return run


def _write_reports(folder: Path) -> Path:
    folder.mkdir()
    (folder / "long-an.txt").write_text(LONG_AN, encoding="utf-8")
    (folder / "son-la.txt").write_text(SON_LA, encoding="utf-8")
    return folder


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with two reports."""
    return _write_reports(tmp_path / "báo cáo")


@pytest.fixture(scope="session")
def _filled_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the two reports, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("filled")
    settings = load_settings(folder / "var", {})
    with open_workspace(settings, Purpose.WRITE, encoder=SyllableEncoder()) as ws:
        for path in source_paths([_write_reports(folder / "reports")]):
            assert ingest_path(ws, path).error is None
    return folder / "var"


@pytest.fixture
def filled(program: Program, var: Path, _filled_var: Path) -> Program:
    """The program on a data directory with the two reports."""
    shutil.copytree(_filled_var, var)
    return program


@pytest.fixture(scope="session")
def clock() -> Clock:
    """The clock of `house`."""
    return Clock()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[House]:
    """The whole application behind a closed door; building it takes seconds."""
    with open_house(tmp_path_factory.mktemp("house"), clock) as house:
        yield house
