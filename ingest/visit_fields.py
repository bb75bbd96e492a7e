"""Read the fields of a visit off a report, each with the words it was read from.

Rules with cue words only; a field without a clear cue stays empty. Does not guess years, restore
diacritics or look anything up outside the report.
"""

from collections.abc import Sequence
from datetime import date

from hochoi.dates.finding import find_dates
from hochoi.language.document_numbers import find_document_numbers
from hochoi.language.sentences import sentence_spans
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.types import Extraction, Party, Person, Span, Stated, Visit
from ingest.visit_bodies import Body, BodyReader
from ingest.visit_clauses import clauses
from ingest.visit_counts import find_head_count
from ingest.visit_dates import find_visit_date, whole_words
from ingest.visit_leaders import find_leaders
from ingest.visit_parties import find_parties
from ingest.visit_people import PersonReader, Somebody
from ingest.visit_places import PlaceReader
from ingest.visit_words import split_words

_READ_CHARS = 24_000  # who, when and where stand at the top of a report


def describe(extraction: Extraction, provinces: ProvinceTable, topics: TopicTable) -> Visit:
    """Return the visit that a report describes; fields that it does not state are empty.

    Args:
        extraction: Its text begins with the title line; spans of the result refer to it.
        provinces: The province table.
        topics: The closed list of topics.
    """
    whole = extraction.text
    text = whole[:_READ_CHARS]
    numbers = find_document_numbers(whole)
    number_spans = [Span(n.start, n.end) for n in numbers]
    phrases = find_dates(text)
    words = split_words(text)
    bodies = BodyReader(text, words, provinces.find(text)).read()
    people = PersonReader(text, words, bodies).read()
    sentences = sentence_spans(text)
    hidden = [whole_words(text, phrase) for phrase in phrases]
    read = clauses(text, sentences, bodies, people, hidden, number_spans)
    parties = find_parties(read)
    is_visit = parties.are_met
    leaders = find_leaders(read, parties) if is_visit else None
    when = find_visit_date(text, sentences, phrases, number_spans) if is_visit else None
    count = find_head_count(text, sentences) if is_visit else None
    places = PlaceReader(text, words, bodies, people, parties).read(read) if is_visit else []
    seen = {n.key: n for n in reversed(numbers)}
    body = text[len(extraction.title) :]
    return Visit(
        title=extraction.title,
        host=_parties(parties.hosts),
        visitors=_parties(parties.visitors),
        date_text=Stated(text[when.start : when.end], when.start, when.end) if when else None,
        date_first=when.first if when else None,
        date_last=when.last if when else None,
        places=tuple(Stated(text[p.start : p.end], p.start, p.end) for p in places),
        head_of_delegation=_person(leaders.head) if leaders and leaders.head else None,
        deputy_heads=tuple(_person(s) for s in leaders.deputies) if leaders else (),
        host_leads=tuple(_person(s) for s in leaders.hosts) if leaders else (),
        participants=Stated(count.value, count.start, count.end) if count else None,
        document_numbers=tuple(
            Stated(n.text, n.start, n.end) for n in sorted(seen.values(), key=lambda n: n.start)
        ),
        topics=topics.classify(extraction.title, body),
        source_url=extraction.source_url,
        published=_full_day(extraction.published),
    )


def _parties(bodies: Sequence[Body]) -> tuple[Stated[Party], ...]:
    return tuple(
        Stated(Party(b.text, b.province, b.current, b.kind), b.start, b.end) for b in bodies
    )


def _person(somebody: Somebody) -> Stated[Person]:
    return Stated(somebody.person, somebody.start, somebody.end)


def _full_day(written: str | None) -> date | None:
    """Return an ISO day, `None` for anything less."""
    if written is None or len(written) != 10:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
