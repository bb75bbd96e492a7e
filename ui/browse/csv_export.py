"""Visits as a CSV file that spreadsheet programs open with its accents intact."""

from collections.abc import Iterable, Mapping

from hochoi.spreadsheet import spreadsheet_csv
from hochoi.types import Party, Report, Stated
from ui.elements import day
from ui.wording import Language, label

_COLUMNS = (
    "column_title", "date", "host", "visitors", "head", "participants", "documents", "topics",
    "published", "original_page", "file",
)  # fmt: skip


def visits_csv(
    reports: Iterable[Report], topic_names: Mapping[str, str], language: Language
) -> bytes:
    """Return one line per report under one line of headings, in UTF-8."""
    headings = [label(key, language) for key in _COLUMNS]
    return spreadsheet_csv([headings, *(_values(r, topic_names) for r in reports)]).encode()


def _values(report: Report, topic_names: Mapping[str, str]) -> list[str]:
    visit = report.visit
    head = visit.head_of_delegation.value if visit.head_of_delegation else None
    return [
        visit.title,
        _dates(report),
        _parties(visit.host),
        _parties(visit.visitors),
        ", ".join(part for part in (head.name, head.title) if part) if head else "",
        str(visit.participants.value) if visit.participants else "",
        "; ".join(s.value for s in visit.document_numbers),
        "; ".join(topic_names.get(code, code) for code in visit.topics),
        day(visit.published) if visit.published else "",
        visit.source_url or "",
        report.file_name,
    ]


def _dates(report: Report) -> str:
    first, last = report.visit.date_first, report.visit.date_last
    if first is None:
        return report.visit.date_text.value if report.visit.date_text else ""
    return day(first) if last is None or last == first else f"{day(first)} - {day(last)}"


def _parties(parties: Iterable[Stated[Party]]) -> str:
    return "; ".join(s.value.text for s in parties)
