"""Prepared reports -> the record: published, put in the place of another one, or held.

Everything of one batch is one transaction, because a commit costs a write to the disk whatever
it holds. Does not read files.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from hochoi.index_text import index_text
from hochoi.record.corrections import Corrections
from hochoi.record.states import FileState
from hochoi.store import Publication
from ingest.intake import (
    IngestResult,
    IngestStatus,
    Policy,
    Verdict,
    WriteSide,
    judge,
    receipts_of,
    shelf_of,
)
from ingest.kinship import Kindred
from ingest.preparing import Prepared

logger = logging.getLogger(__name__)

BATCH_REPORTS = 32  # published in one transaction
BATCH_WAIT_S = 0.5  # a report that is ready waits no longer for others

Step = Prepared | IngestResult  # how far a file has come
Alone = Callable[[Verdict], IngestResult]  # publishes one report, or says why not


class Batch:
    """Files that were prepared and not yet published, with the results that stand between."""

    def __init__(self, ws: WriteSide, policy: Policy, alone: Alone) -> None:
        """Start empty.

        Args:
            ws: Where to publish.
            policy: What was decided beforehand.
            alone: Called for each report when a batch as a whole fails.
        """
        self._ws, self._policy, self._alone = ws, policy, alone
        self._steps: list[Verdict | IngestResult] = []
        self._new: set[str] = set()  # report ids
        self._since = 0.0
        self._kindred = Kindred(ws.store)

    def add(self, step: Step) -> None:
        """Add a file; one whose text is in the batch or the record already is present."""
        if isinstance(step, IngestResult):
            self._steps.append(step)
            return
        report_id = step.report.report_id
        if report_id in self._new or shelf_of(self._ws).is_kept(report_id):
            self._steps.append(IngestResult(step.source.name, IngestStatus.PRESENT, report_id))
            return
        verdict = judge(step, self._policy, self._kindred)
        if not verdict.reasons:
            self._kindred.add(step.report, verdict.replaces)
        self._since = self._since if self._new else time.monotonic()
        self._new.add(report_id)
        self._steps.append(verdict)

    def is_due(self) -> bool:
        """Whether it is full, has waited long enough, or holds nothing to publish."""
        waited = time.monotonic() - self._since
        return len(self._new) in (0, BATCH_REPORTS) or waited > BATCH_WAIT_S

    def publish(self) -> Iterator[IngestResult]:
        """Publish all of it and yield the results in order.

        Where that fails as a whole, each is published by itself.
        """
        steps, self._steps, self._new = self._steps, [], set()
        verdicts = [step for step in steps if isinstance(step, Verdict)]
        try:
            published = iter(publish(self._ws, verdicts, self._policy))
        except Exception as exc:
            logger.warning("publishing one by one because=%s", type(exc).__name__)
            published = (self._alone(verdict) for verdict in verdicts)
        for step in steps:
            yield next(published) if isinstance(step, Verdict) else step


def publish(
    ws: WriteSide,
    verdicts: Sequence[Verdict],
    policy: Policy,
    note: Callable[[IngestResult], None] | None = None,
) -> list[IngestResult]:
    """Embed and publish reports in one transaction: all of them, or none.

    Args:
        ws: Where to.
        verdicts: What shall become of each.
        policy: Who decided.
        note: Called inside the transaction with each result, instead of noting a received file.
    """
    if not verdicts:
        return []
    started = time.perf_counter()
    live = [v.item for v in verdicts if not v.reasons]
    texts = [index_text(item.report.visit, p) for item in live for p in item.passages]
    vectors = ws.encoder.encode_passages(texts)
    publications, row = [], 0
    for item in live:
        rows = vectors[row : row + len(item.passages)]
        publications.append(Publication(item.source, item.report, item.passages, rows))
        row += len(rows)
    results = [_result(verdict) for verdict in verdicts]
    with ws.store.database.noting():  # becomes visible with the first published report
        if publications:
            ws.store.publish_many(publications, encoder=ws.encoder_name)
        for verdict, result in zip(verdicts, results, strict=True):
            _settle(ws, verdict, policy)
            if note is None:
                _note(ws, verdict, result)
            else:
                note(result)
    elapsed_ms = (time.perf_counter() - started) * 1000
    for result in results:
        logger.info(
            "%s report_id=%s passages=%d", result.status.value, result.report_id, result.passages
        )
    logger.info("committed reports=%d ms=%.0f", len(verdicts), elapsed_ms)
    return results


def _result(verdict: Verdict) -> IngestResult:
    report, n = verdict.item.report, len(verdict.item.passages)
    status = IngestStatus.REPLACED if verdict.replaces else IngestStatus.ADDED
    result = IngestResult(
        report.file_name,
        status,
        report.report_id,
        n,
        reasons=verdict.reasons,
        kin=verdict.kin,
        replaces=verdict.replaces,
        warnings=report.warnings,
    )
    return replace(result, status=IngestStatus.HELD) if verdict.reasons else result


def _settle(ws: WriteSide, verdict: Verdict, policy: Policy) -> None:
    """Hold a report, or let it take the place of the one it replaces."""
    item, shelf = verdict.item, shelf_of(ws)
    report_id = item.report.report_id
    version = next((k for k in verdict.kin if k.is_version), None)
    if verdict.reasons:
        kin = (version.report_id, version.likeness) if version else None
        shelf.hold(item.source, item.report, item.passages, verdict.reasons, kin)
    elif verdict.replaces:
        Corrections(ws.store.database).carry_over(verdict.replaces, report_id, item.report.visit)
        shelf.supersede(verdict.replaces, report_id)
        shelf.decide("replace", report_id, policy.by, verdict.replaces)
    elif version is not None:
        shelf.decide("keep both", report_id, policy.by, version.report_id)


def _note(ws: WriteSide, verdict: Verdict, result: IngestResult) -> None:
    receipts_of(ws).note(
        verdict.item.source,
        FileState.DRAFT if verdict.reasons else FileState.PUBLISHED,
        report_id=result.report_id,
        passages=result.passages,
    )
