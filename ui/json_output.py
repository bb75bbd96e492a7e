"""The records as the JSON objects that commands print; the shapes are those of docs/admins.md."""

from collections.abc import Sequence

from hochoi.types import Answer, Hit, Party, Person, Report, Source, Stated, Visit

Json = dict[str, object]


def _party(party: Party) -> Json:
    return {
        "text": party.text,
        "province": party.province,
        "current": party.current,
        "kind": party.kind.value,
    }


def _person(person: Person) -> Json:
    return {"name": person.name, "title": person.title}


def _people(people: Sequence[Stated[Person]]) -> list[Json]:
    return [_person(p.value) for p in people]


def visit_json(visit: Visit) -> Json:
    """Return a visit without spans; "not stated" is null."""
    head, number = visit.head_of_delegation, visit.participants
    return {
        "title": visit.title,
        "host": [_party(s.value) for s in visit.host],
        "visitors": [_party(s.value) for s in visit.visitors],
        "date_first": visit.date_first.isoformat() if visit.date_first else None,
        "date_last": visit.date_last.isoformat() if visit.date_last else None,
        "date_text": visit.date_text.value if visit.date_text else None,
        "places": [s.value for s in visit.places],
        "head_of_delegation": _person(head.value) if head else None,
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


def answer_json(answer: Answer) -> Json:
    """Return what `hochoi ask --json` prints."""
    return {
        "question": answer.question,
        "outcome": answer.outcome.value,
        "notice": answer.notice,
        "generator": answer.generator,
        "suggestion": answer.suggestion,
        "sentences": [
            {
                "text": s.text,
                "citations": [
                    {
                        "number": c.number,
                        "report_id": c.report_id,
                        "start": c.start,
                        "end": c.end,
                        "quote": c.quote,
                    }
                    for c in s.citations
                ],
            }
            for s in answer.sentences
        ],
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
        "text": hit.passage.text,
        "visit": visit_json(report.visit),
    }
