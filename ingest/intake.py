"""What goes into the record and what becomes of it: policy, verdicts, results.

The decision whether a report may go live by itself is made here. Does not write.
"""

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from hochoi.encoder import Encoder
from hochoi.errors import IngestError
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.record.receipts import Receipts
from hochoi.record.shelf import HoldReason, Shelf
from hochoi.record.states import Standing
from hochoi.store import Store
from hochoi.types import SourceFile
from ingest.kinship import Kin, Kindred
from ingest.personal_data import MarkKind
from ingest.preparing import Prepared


class OnKin(Enum):
    """What happens to a report that seems to be a new version of a published one."""

    ASK = "ask"  # it waits as a draft
    REPLACE = "replace"  # it takes the place of the old one
    KEEP_BOTH = "keep both"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the person who adds files decided beforehand."""

    review: bool = False  # hold every report as a draft
    on_kin: OnKin = OnKin.ASK
    by: str = "command line"  # who, for the list of decisions


class WriteSide(Protocol):
    """What publishing needs of an open library; a `Workspace` has it."""

    @property
    def store(self) -> Store:
        """The record."""

    @property
    def encoder(self) -> Encoder:
        """What makes vectors."""

    @property
    def encoder_name(self) -> str:
        """What the vectors are made with, as commit rows name it."""

    @property
    def provinces(self) -> ProvinceTable:
        """The province table."""

    @property
    def topics(self) -> TopicTable:
        """The closed list of topics."""

    @property
    def max_file_bytes(self) -> int:
        """Larger files are refused."""


class IngestStatus(Enum):
    """What became of a source file."""

    ADDED = "added"
    REPLACED = "new version"  # published in the place of an older one
    HELD = "held"  # waits as a draft
    PRESENT = "already present"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class IngestResult:
    """One line of the ingest report."""

    file_name: str
    status: IngestStatus
    report_id: str | None = None  # None when refused
    passages: int = 0
    error: IngestError | None = None
    reasons: tuple[HoldReason, ...] = ()  # why it waits
    kin: tuple[Kin, ...] = ()  # reports it resembles
    replaces: str | None = None  # id of the version before, with REPLACED
    warnings: tuple[str, ...] = ()  # of its reader


@dataclass(frozen=True, slots=True)
class Verdict:
    """What shall become of a prepared report."""

    item: Prepared
    reasons: tuple[HoldReason, ...] = ()  # not empty: it waits
    kin: tuple[Kin, ...] = ()
    replaces: str | None = None


def judge(item: Prepared, policy: Policy, kindred: Kindred) -> Verdict:
    """Return whether a report goes live, takes the place of another one, or waits, and why.

    What is marked as secret or personal never goes live by itself, whatever the policy.
    """
    reasons = [HoldReason.REVIEW] if policy.review else []
    kinds = {mark.kind for mark in item.marks}
    if MarkKind.SECRET in kinds:
        reasons.append(HoldReason.SECRET)
    if kinds - {MarkKind.SECRET}:
        reasons.append(HoldReason.PERSONAL_DATA)
    kin = kindred.find(item.report)
    version = next((k for k in kin if k.is_version), None)
    if version is not None and policy.on_kin is OnKin.ASK:
        reasons.append(HoldReason.NEW_VERSION)
    if reasons:
        return Verdict(item, tuple(reasons), kin)
    takes_place = version is not None and policy.on_kin is OnKin.REPLACE
    return Verdict(item, (), kin, version.report_id if version and takes_place else None)


def present(ws: WriteSide, source: SourceFile) -> IngestResult | None:
    """Return the result of a file whose very bytes are in the record, None for a new one."""
    report_id = ws.store.report_of_original(hashlib.sha256(source.content).hexdigest())
    if report_id is None:
        return None
    return already_there(ws, source.name, report_id)


def already_there(ws: WriteSide, file_name: str, report_id: str) -> IngestResult:
    """Return the result of a file whose report is in the record; of a draft, why it waits."""
    shelf = shelf_of(ws)
    is_draft = shelf.standing(report_id) is Standing.DRAFT
    reasons = shelf.hold_of(report_id).reasons if is_draft else ()
    return IngestResult(file_name, IngestStatus.PRESENT, report_id, reasons=reasons)


def shelf_of(ws: WriteSide) -> Shelf:
    """Return the drafts and older versions of an open library."""
    return Shelf(ws.store.database)


def receipts_of(ws: WriteSide) -> Receipts:
    """Return the received files of an open library."""
    return Receipts(ws.store.database)
