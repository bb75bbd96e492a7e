"""An answer as plain text: for the clipboard and for files."""

from hochoi.types import Answer, Source
from ui.answer_table import citation_marks, table_text
from ui.elements import external_url, when
from ui.wording import Language, label


def answer_text(answer: Answer) -> str:
    """Return sentences with their citation numbers, one a line, then the table."""
    lines = [f"{s.text} {citation_marks(s.citations)}" for s in answer.sentences]
    if answer.table is not None:
        lines.append(table_text(answer.table))
    return "\n".join(lines)


def source_list(answer: Answer) -> str:
    """Return the numbered sources as plain Vietnamese text, with a blank line before it."""
    heading = label("sources_in_copy", Language.VI)
    lines = [f"[{source.number}] {source_text(source)}" for source in answer.sources]
    return "\n".join(["", "", heading, *lines])


def source_text(source: Source) -> str:
    """Return where a source is found: title, date, and its page or file."""
    visit = source.report.visit
    date = f" ({when(visit)})" if when(visit) else ""
    place = external_url(visit.source_url) or source.report.file_name
    return f"{source.report.title}{date}. {place}"
