"""Show that the embedding model is a setting: a library changes over to a transformer and back.

    python -m benchmarks.other_model --model FOLDER

Publishes the shipped reports in a temporary data directory, as an administrator would from the
command line, then exchanges the model with `hochoi rebuild`. Prints a Markdown table.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from hochoi.settings import DEFAULT_MODEL, SHIPPED

TESTSET = SHIPPED / "corpus" / "testsets" / "visits"
PROGRAM = "import sys; from ui.cli import main; sys.exit(main())"  # what `hochoi` runs
MEASURES = ("Success@1", "Success@10")


def main(arguments: Sequence[str] | None = None) -> None:
    """Ingest, exchange, evaluate, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of a sentence-transformers model")
    options = parser.parse_args(arguments)
    print("| embedding model | exchanged in, s | reports embedded again | " + _head() + " |")
    print("|---" * (3 + len(MEASURES)) + "|")
    with tempfile.TemporaryDirectory(prefix="hochoi-models-") as folder:
        _hochoi(folder, DEFAULT_MODEL, "ingest", str(SHIPPED / "corpus" / "reports"))
        for name in (DEFAULT_MODEL, options.model, DEFAULT_MODEL):
            began = time.monotonic()
            done = _hochoi(folder, name, "rebuild")
            seconds = time.monotonic() - began
            told = [line for line in done.stderr.splitlines() if "embedding again" in line]
            again = told[-1].split(" of ")[-1] if told else "none"
            values = " | ".join(f"{value:.3f}" for value in _evaluated(folder, name))
            print(f"| {_short(name)} | {seconds:.0f} | {again} | {values} |")


def _short(name: str) -> str:
    return "/".join(Path(name).parts[-2:])


def _head() -> str:
    return " | ".join(MEASURES)


def _evaluated(folder: str, model: str) -> list[float]:
    done = _hochoi(folder, model, "evaluate", str(TESTSET), "--json", ok=(0, 1))
    means = json.loads(done.stdout)["measures"]
    return [float(means[measure]["mean"]) for measure in MEASURES]


def _hochoi(
    folder: str, model: str, *arguments: str, ok: Sequence[int] = (0,)
) -> subprocess.CompletedProcess[str]:
    """Run `hochoi` on a data directory with an embedding model.

    Raises:
        RuntimeError: If it ends with another code than those of `ok`.
    """
    command = [sys.executable, "-c", PROGRAM, *arguments, "--var", folder]
    Path(folder, "settings.toml").write_text(f"embedding_model = {json.dumps(model)}\n", "utf-8")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in ok:
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    return done


if __name__ == "__main__":
    main()
