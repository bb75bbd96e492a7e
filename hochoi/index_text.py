"""What is indexed for a passage: its words, under a header that says which visit it belongs to.

A bullet of a report says only "the delegation"; title, date, host and visitor tell whose.
"""

from hochoi.types import Passage, Visit

VERSION = "1"  # part of the fingerprint of every index


def header(visit: Visit) -> str:
    """Return title, date words, host and visitors in one line."""
    return ". ".join(filter(None, (visit.title, sides(visit))))


def sides(visit: Visit) -> str:
    """Return date words, host and visitors in one line: which visit it is, without its matter."""
    parts = []
    if visit.date_text is not None:
        parts.append(visit.date_text.value)
    hosts = ", ".join(_name(s.value.text, s.value.current) for s in visit.host)
    visitors = ", ".join(_name(s.value.text, s.value.current) for s in visit.visitors)
    if hosts:
        parts.append(f"Nơi tiếp: {hosts}")
    if visitors:
        parts.append(f"Đoàn đến: {visitors}")
    return ". ".join(parts)


def _name(text: str, current: str | None) -> str:
    return text if current is None or current in text else f"{text} ({current})"


def index_text(visit: Visit, passage: Passage) -> str:
    """Return what encoders and the keyword index get for a passage."""
    return f"{header(visit)}\n{passage.text.removeprefix(visit.title).lstrip()}"
