"""What is checked in the folder of a model before any of it is loaded. Loads nothing itself.

Pickles run code when they are read, and so does a model that brings its own classes; both are
refused. A list of checksums beside the model, as `sha256sum * > SHA256SUMS` writes it, is held to.
"""

import hashlib
import json
from pathlib import Path

from hochoi.errors import ModelError

SUMS_FILE = "SHA256SUMS"
_RUNNABLE = {".bin", ".pkl", ".pickle", ".pt", ".pth", ".ckpt", ".joblib", ".py", ".npy", ".npz"}
_TRUSTED = "sentence_transformers."  # whose modules may be named by a model
_BLOCK_BYTES = 1 << 20


def check_folder(folder: Path, *, needs_sums: bool = False) -> None:
    """Refuse a model folder that holds pickles or code, or not what its checksums say.

    Args:
        folder: Of the model.
        needs_sums: Whether a folder without a list of checksums is refused too.

    Raises:
        ModelError: If it is refused; the reason names the first file at fault.
    """
    name = str(folder)
    risky = sorted(p.name for p in folder.rglob("*") if p.suffix.lower() in _RUNNABLE)
    if risky:
        raise ModelError(name, f"the folder holds {risky[0]}; only safetensors are loaded")
    for path in sorted(folder.rglob("*.json")):
        if _names_code(path):
            raise ModelError(name, f"{path.name} asks for code of its own, which is never run")
    sums = folder / SUMS_FILE
    if sums.is_file():
        _compare(folder, sums)
    elif needs_sums:
        raise ModelError(name, f"{SUMS_FILE} is missing")


def _names_code(path: Path) -> bool:
    """Return whether a configuration names classes that come with the model."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # the library says what is wrong with it
        return False
    if isinstance(found, dict):
        return "auto_map" in found
    modules = found if path.name == "modules.json" and isinstance(found, list) else []
    kinds = [m.get("type", "") for m in modules if isinstance(m, dict)]
    return not all(str(kind).startswith(_TRUSTED) for kind in kinds)


def _compare(folder: Path, sums: Path) -> None:
    for line in sums.read_text(encoding="utf-8").splitlines():
        expected, _, file_name = line.partition(" ")
        file_name = file_name.strip().lstrip("*")
        if not file_name:
            continue
        path = folder / file_name
        if not path.is_file():
            raise ModelError(str(folder), f"{file_name}, named in {SUMS_FILE}, is missing")
        if sha256(path) != expected.lower():
            raise ModelError(str(folder), f"{file_name} is not the file {SUMS_FILE} names")


def write_sums(folder: Path) -> None:
    """Write the list of checksums of all files of a model but its own and the card."""
    files = sorted(p for p in folder.iterdir() if p.is_file())
    lines = [f"{sha256(p)}  {p.name}\n" for p in files if p.name not in {SUMS_FILE, "README.md"}]
    (folder / SUMS_FILE).write_text("".join(lines), encoding="utf-8")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
