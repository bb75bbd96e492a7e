"""The shipped reports in a library of their own, for measuring."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hochoi.settings import SHIPPED, load_settings
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.pipeline import ingest_path, source_paths


@contextmanager
def corpus_library() -> Iterator[Workspace]:
    """Open a library, in a temporary data directory, that holds the reports of the corpus."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(Path(folder), {})
        with open_workspace(settings, Purpose.WRITE) as writing:
            for path in source_paths([SHIPPED / "corpus" / "reports"]):
                ingest_path(writing, path)
        with open_workspace(settings, Purpose.READ) as ws:
            yield ws
