"""A test set -> the open library to search it in: its own documents, or the published reports.

The only module of this package that touches a data directory. Does not search and does not judge.
"""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from evaluation.runs import OnProgress
from evaluation.testset import Document, TestSet
from hochoi.encoder import Encoder, configured_encoder
from hochoi.index_text import VERSION, index_text
from hochoi.settings import Settings
from hochoi.store import Publication, Store
from hochoi.text import clean
from hochoi.types import Report, SourceFile, Visit
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest.chunking import chunk

_BATCH = 256  # documents embedded and published at a time


@contextmanager
def open_library(
    testset: TestSet,
    settings: Settings,
    on_progress: OnProgress | None = None,
    *,
    encoder: Encoder | None = None,
) -> Iterator[Workspace]:
    """Open what `testset` is to be searched in, for reading.

    A set with documents gets a temporary library that is deleted at the end; the data directory
    is not touched then. Its documents become reports whose file name is the document id and
    whose visit is nothing but a title. A set without documents gets the published reports.

    Args:
        testset: From `read_testset`.
        settings: Of the product; the embedding model is taken from them in both cases.
        on_progress: Called with documents published and all documents.
        encoder: Used instead of the one the settings name.

    Raises:
        StoreError, ModelError: If the library or the model cannot be used.
    """
    if not testset.documents:
        with open_workspace(settings, Purpose.READ, encoder=encoder) as ws:
            yield ws
        return
    with tempfile.TemporaryDirectory(prefix="hochoi-evaluate-") as folder:
        temporary = replace(settings, var=Path(folder))
        encoder = encoder or configured_encoder(settings)
        path = temporary.database_path
        publish_documents(testset.documents, path, encoder, on_progress=on_progress)
        with open_workspace(temporary, Purpose.READ, encoder=encoder) as ws:
            yield ws


def publish_documents(
    documents: Sequence[Document],
    path: Path,
    encoder: Encoder,
    *,
    on_progress: OnProgress | None = None,
) -> None:
    """Publish documents in the record at `path`; one without any text is left out.

    Raises:
        StoreError: If the record cannot be written.
    """
    done = 0
    reports = iter(documents)
    with closing(Store(path)) as store:
        while batch := list(islice(reports, _BATCH)):
            _publish_batch(batch, store, encoder)
            done += len(batch)
            if on_progress is not None:
                on_progress(done, len(documents))


def _publish_batch(batch: Iterable[Document], store: Store, encoder: Encoder) -> None:
    reports = [report for report in map(_report, batch) if report.text]
    passages = [chunk(report.report_id, report.text) for report in reports]
    vectors = encoder.encode_passages(
        [
            index_text(report.visit, passage)
            for report, found in zip(reports, passages, strict=True)
            for passage in found
        ]
    )
    publications = []
    start = 0
    for report, found in zip(reports, passages, strict=True):
        end = start + len(found)
        source = SourceFile(report.file_name, report.text.encode())
        publications.append(Publication(source, report, found, vectors[start:end]))
        start = end
    store.publish_many(publications, encoder=f"{encoder.fingerprint}/{VERSION}")


def _report(document: Document) -> Report:
    """Return a document as a report; its id comes from the document id, which is unique."""
    title, body = clean(document.title).strip(), clean(document.text).strip()
    text = "\n\n".join(part for part in (title, body) if part)
    return Report(
        report_id=hashlib.sha256(document.doc_id.encode()).hexdigest()[:16],
        file_name=document.doc_id,
        text=text,
        format="txt",
        source_sha256=hashlib.sha256(text.encode()).hexdigest(),
        visit=Visit(title=title),
    )
