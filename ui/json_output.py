"""The records as the JSON objects that commands print; the shapes are those of docs/admins.md."""

from collections.abc import Sequence

from hochoi.types import (
    Answer,
    Citation,
    Hit,
    Person,
    Report,
    Source,
    Stated,
    Table,
    Visit,
)
from hochoi.understood import Understood
from hochoi.visit_codec import party_json, person_json
from ui.wording.warnings import warning_sentence

Json = dict[str, object]


def _people(people: Sequence[Stated[Person]]) -> list[Json]:
    return [person_json(p.value) for p in people]


def visit_json(visit: Visit) -> Json:
    """Return a visit without spans; "not stated" is null."""
    head, number = visit.head_of_delegation, visit.participants
    return {
        "title": visit.title,
        "host": [party_json(s.value) for s in visit.host],
        "visitors": [party_json(s.value) for s in visit.visitors],
        "date_first": visit.date_first.isoformat() if visit.date_first else None,
        "date_last": visit.date_last.isoformat() if visit.date_last else None,
        "date_text": visit.date_text.value if visit.date_text else None,
        "places": [s.value for s in visit.places],
        "head_of_delegation": person_json(head.value) if head else None,
        "deputy_heads": _people(visit.deputy_heads),
        "host_leads": _people(visit.host_leads),
        "participants": number.value if number else None,
        "document_numbers": [s.value for s in visit.document_numbers],
        "topics": list(visit.topics),
        "source_url": visit.source_url,
        "published": visit.published.isoformat() if visit.published else None,
    }


def report_json(report: Report) -> Json:
    """Return one line of `hochoi reports --json`."""
    return {
        "report_id": report.report_id,
        "file_name": report.file_name,
        "title": report.title,
        "status": report.status,
        "version": report.version,
        "warnings": list(report.warnings),
        "warning_sentences": [warning_sentence(w) for w in report.warnings],
        "pages": len(report.pages) or None,
        "visit": visit_json(report.visit),
    }


def _source(source: Source) -> Json:
    return {"number": source.number, **_reference(source.report)}


def _reference(report: Report) -> Json:
    visit = report.visit
    return {
        "report_id": report.report_id,
        "file_name": report.file_name,
        "title": report.title,
        "host": [s.value.text for s in visit.host],
        "visitors": [s.value.text for s in visit.visitors],
        "date_text": visit.date_text.value if visit.date_text else None,
        "url": visit.source_url,
    }


def _citations(citations: Sequence[Citation], sources: Sequence[Source]) -> list[Json]:
    reports = {source.number: source.report for source in sources}
    return [
        {
            "number": c.number,
            "report_id": c.report_id,
            "start": c.start,
            "end": c.end,
            "quote": c.quote,
            "page": reports[c.number].page_of(c.start),
        }
        for c in citations
    ]


def _table(table: Table, sources: Sequence[Source]) -> Json:
    """Return rows with a text per column; null where the report does not state it."""
    return {
        "columns": list(table.columns),
        "rows": [
            {
                "number": row.number,
                "cells": [cell.text for cell in row.cells],
                "citations": _citations(row.citations, sources),
            }
            for row in table.rows
        ],
    }


def _understood(understood: Understood) -> Json:
    return {
        "kind": understood.kind.value,
        "question": understood.question,
        "chips": [{"key": c.key, "kind": c.kind, "text": c.text} for c in understood.chips],
        "provinces": [
            {"text": p.text, "province": p.province, "current": p.current, "role": p.role.value}
            for p in understood.provinces
        ],
        "dates": [
            {
                "text": d.text,
                "first": d.first.isoformat() if d.first else None,
                "last": d.last.isoformat() if d.last else None,
            }
            for d in understood.dates
        ],
        "topics": list(understood.topics),
        "regions": [{"name": r.name, "role": r.role.value} for r in understood.regions],
        "groups": list(understood.groups),
        "document_numbers": list(understood.document_numbers),
        "carried": list(understood.carried),
    }


def answer_json(answer: Answer) -> Json:
    """Return what `hochoi ask --json` prints."""
    return {
        "question": answer.question,
        "outcome": answer.outcome.value,
        "notice": answer.notice,
        "confidence": None if answer.confidence is None else round(answer.confidence, 3),
        "generator": answer.generator,
        "suggestion": answer.suggestion,
        "sentences": [
            {
                "text": s.text,
                "citations": _citations(s.citations, answer.sources),
            }
            for s in answer.sentences
        ],
        "table": _table(answer.table, answer.sources) if answer.table is not None else None,
        "understood": _understood(answer.understood) if answer.understood is not None else None,
        "choices": [{"label": c.label, "question": c.question} for c in answer.choices],
        "sources": [_source(s) for s in answer.sources],
        "related": [_reference(r) for r in answer.related],
        "timings_ms": {name: round(value, 2) for name, value in answer.timings_ms},
    }


def hit_json(hit: Hit, report: Report) -> Json:
    """Return one line of `hochoi search --json`."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "report_id": hit.passage.report_id,
        "file_name": report.file_name,
        "passage_id": hit.passage.passage_id,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "page": report.page_of(hit.passage.start),
        "text": hit.passage.text,
        "visit": visit_json(report.visit),
    }
