"""Take removed reports out of the answers that conversations keep.

A conversation stays as it was, but for the words of a report that was removed: in their place
stands a sentence that says so. Does not touch what people asked.
"""

from collections.abc import Collection
from dataclasses import replace

from hochoi.people.database import PeopleDatabase
from hochoi.people.saved_answer import decode_answer, encode_answer
from hochoi.text import fold
from hochoi.types import Answer, Citation, Report, Sentence, Source, Visit


def without_reports(answer: Answer, removed: Collection[str], words: str) -> Answer:
    """Return an answer without anything that reports said.

    Args:
        answer: As it was kept.
        removed: Ids of the reports.
        words: What stands in their place, for people to read.
    """
    gone = frozenset(removed)
    table = answer.table
    if table is not None:
        rows = tuple(r for r in table.rows if not any(c.report_id in gone for c in r.citations))
        table = replace(table, rows=rows) if rows else None
    return replace(
        answer,
        sentences=tuple(_sentence(s, gone, words) for s in answer.sentences),
        sources=tuple(_source(s, gone, words) for s in answer.sources),
        related=tuple(r for r in answer.related if r.report_id not in gone),
        hits=tuple(h for h in answer.hits if h.passage.report_id not in gone),
        table=table,
    )


def _sentence(sentence: Sentence, gone: frozenset[str], words: str) -> Sentence:
    if not any(c.report_id in gone for c in sentence.citations):
        return sentence
    return Sentence(words, tuple(_citation(c, gone) for c in sentence.citations))


def _citation(citation: Citation, gone: frozenset[str]) -> Citation:
    if citation.report_id not in gone:
        return citation
    return replace(citation, start=0, end=0, quote="")


def _source(source: Source, gone: frozenset[str], words: str) -> Source:
    report = source.report
    if report.report_id not in gone:
        return source
    return replace(source, report=Report(report.report_id, "", "", "", "", Visit(title=words)))


def forget_reports(people: PeopleDatabase, removed: Collection[str], words: str) -> int:
    """Take removed reports out of every kept answer, in one transaction; returns how many changed.

    Args:
        people: The open database.
        removed: Ids of the reports.
        words: What stands in their place, for people to read.

    Raises:
        StoreError: If the database cannot be read or written.
    """
    changed = 0
    with people.writing() as db:
        mention = " OR ".join(["answer LIKE ?"] * len(removed)) or "0"
        rows = db.execute(
            f"SELECT turn_id, answer FROM turns WHERE {mention}", [f"%{i}%" for i in removed]
        ).fetchall()
        for turn_id, stored in rows:
            kept = decode_answer(str(stored))
            answer = without_reports(kept, removed, words)
            if answer == kept:
                continue
            said = [answer.question, *(s.text for s in answer.sentences), answer.notice or ""]
            db.execute(
                "UPDATE turns SET answer = ?, folded = ? WHERE turn_id = ?",
                (encode_answer(answer), fold("\n".join(said)), turn_id),
            )
            changed += 1
    return changed
