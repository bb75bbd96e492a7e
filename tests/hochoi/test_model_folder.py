"""What a model folder may not hold, found out before anything in it is loaded."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from hochoi.cross_encoder import load_cross_encoder
from hochoi.encoder import load_encoder
from hochoi.errors import ModelError, ModelMissingError
from hochoi.model_folder import SUMS_FILE, check_folder
from hochoi.settings import DEFAULT_MODEL, SHIPPED

LOADERS = pytest.mark.parametrize("load", [load_encoder, load_cross_encoder])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert"}))
    return tmp_path


def write_sums(folder: Path) -> None:
    """Write the list as the command of the documentation does."""
    files = sorted(p.name for p in folder.iterdir())
    done = subprocess.run(
        ["sha256sum", *files], cwd=folder, check=True, capture_output=True, text=True
    )
    (folder / SUMS_FILE).write_text(done.stdout)


def test_check_passes_safetensors_without_and_with_checksums(folder: Path) -> None:
    check_folder(folder)
    write_sums(folder)
    check_folder(folder, needs_sums=True)


@LOADERS
@pytest.mark.parametrize("name", ["pytorch_model.bin", "sub/weights.pkl", "modeling.py", "W.PT"])
def test_load_folder_with_pickles_or_code_is_refused(folder: Path, load, name: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    with pytest.raises(ModelError, match=path.name):
        load(str(folder))


@LOADERS
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", {"auto_map": {"AutoModel": "modeling.Own"}}),
        ("modules.json", [{"type": "os.path.Thing", "path": ""}]),
    ],
)
def test_load_folder_that_asks_for_its_own_code_is_refused(
    folder: Path, load, name: str, content: object
) -> None:
    (folder / name).write_text(json.dumps(content))
    with pytest.raises(ModelError, match="code of its own"):
        load(str(folder))


@LOADERS
@pytest.mark.parametrize("change", ["altered", "missing"])
def test_load_folder_that_disagrees_with_its_checksums_is_refused(
    folder: Path, load, change: str
) -> None:
    write_sums(folder)
    weights = folder / "model.safetensors"
    weights.write_bytes(b"other") if change == "altered" else weights.unlink()
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        load(str(folder))


def test_shipped_model_agrees_with_its_checksums_and_must_have_them(tmp_path: Path) -> None:
    shipped = SHIPPED / "models" / DEFAULT_MODEL
    check_folder(shipped, needs_sums=True)
    copy = tmp_path / "copy"
    shutil.copytree(shipped, copy, ignore=shutil.ignore_patterns(SUMS_FILE, "model.safetensors"))
    with pytest.raises(ModelError, match=SUMS_FILE):
        check_folder(copy, needs_sums=True)


def test_load_missing_cross_encoder_raises_missing_and_none_is_none() -> None:
    assert load_cross_encoder("none") is None
    with pytest.raises(ModelMissingError):
        load_cross_encoder("/none/of/this")
