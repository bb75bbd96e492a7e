"""The table of an answer over many visits -> HTML for the page, aligned text for a terminal.

Pure. What a report does not state reads "không nêu"; every cell links to its words.
"""

import unicodedata
from collections.abc import Sequence

from markupsafe import Markup

from hochoi.types import Cell, Citation, Row, Span, Table
from ui.elements import reader_url, words
from ui.wording import Language, label

_WIDTH = 100  # characters of a line on a terminal
_LEAST = 8  # characters of a column
_GAP = "  "
_LISTED = 2  # numbers in a row that are written one by one


def table_html(table: Table, language: Language) -> Markup:
    """Return a table element; on a narrow screen each row reads as a card of labelled lines."""
    heads = [
        Markup('<th scope="col">{}</th>').format(words(f"heading_{column}", language))
        for column in ("number", *table.columns)
    ]
    rows = [_html_row(row, table.columns, language) for row in table.rows]
    return Markup(
        '<div class="visits-table" role="region" tabindex="0" aria-label="{caption}"><table>'
        "<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    ).format(
        caption=label("visits_table", language, count=str(len(table.rows))),
        heads=Markup("").join(heads),
        rows=Markup("").join(rows),
    )


def _html_row(row: Row, columns: Sequence[str], language: Language) -> Markup:
    number = Markup('<a class="cite" href="{}" target="_blank" rel="noopener">[{}]</a>').format(
        _url(row.citations), row.number
    )
    cells = [_html_cell("number", number, language)]
    for column, cell in zip(columns, row.cells, strict=True):
        cells.append(_html_cell(column, _html_text(cell, language), language))
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _html_cell(column: str, content: Markup, language: Language) -> Markup:
    return Markup('<td data-column="{}" data-label="{}">{}</td>').format(
        column, label(f"heading_{column}", language), content
    )


def _html_text(cell: Cell, language: Language) -> Markup:
    if cell.text is None:
        return Markup('<span class="unstated">{}</span>').format(words("cell_not_stated", language))
    if not cell.citations:
        return Markup("{}").format(cell.text)
    return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(
        _url(cell.citations), cell.text
    )


def _url(citations: Sequence[Citation]) -> str:
    spans = [Span(c.start, c.end) for c in citations]
    return reader_url(citations[0].report_id, spans)


def table_lines(table: Table, width: int = _WIDTH) -> list[str]:
    """Return the table as lines of about `width` characters, cells wrapped, heads first."""
    language = Language.VI
    unstated = label("cell_not_stated", language)
    # The title stands in the list of sources as well; a quoted sentence needs the room.
    shown = [
        n for n, c in enumerate(table.columns) if c != "title" or "content" not in table.columns
    ]
    heads = ["", *(label(f"heading_{table.columns[n]}", language) for n in shown)]
    rows = [
        [f"[{r.number}]", *(" ".join((r.cells[n].text or unstated).split()) for n in shown)]
        for r in table.rows
    ]
    widths = _widths([heads, *rows], width)
    lines = _wrapped(heads, widths)
    lines.append(_GAP.join("-" * w for w in widths))
    for row in rows:
        lines += _wrapped(row, widths)
    return lines


def table_text(table: Table) -> str:
    """Return the table for the clipboard: one line a row, cells parted by tabs."""
    unstated = label("cell_not_stated", Language.VI)
    heads = ["", *(label(f"heading_{column}", Language.VI) for column in table.columns)]
    rows = [[f"[{r.number}]", *(c.text or unstated for c in r.cells)] for r in table.rows]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in [heads, *rows])


def citation_marks(citations: Sequence[Citation]) -> str:
    """Return the numbers of some citations as short as can be: "[1-5][8]"."""
    runs: list[list[int]] = []
    for number in dict.fromkeys(c.number for c in citations):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "".join(
        f"[{run[0]}-{run[-1]}]" if len(run) > _LISTED else "".join(f"[{n}]" for n in run)
        for run in runs
    )


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the width of each column: what it needs, or a fair share of the line."""
    needed = [max(_columns(row[n]) for row in rows) for n in range(len(rows[0]))]
    room = width - len(_GAP) * (len(needed) - 1)
    widths = [0] * len(needed)
    open_columns = sorted(range(len(needed)), key=lambda n: needed[n])
    while open_columns:
        share = room // len(open_columns)
        n = open_columns.pop(0)
        widths[n] = max(min(needed[n], share), min(_LEAST, needed[n]))
        room -= widths[n]
    return widths


def _wrapped(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    columns = [_broken(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for n in range(max(map(len, columns))):
        parts = [
            _padded(column[n] if n < len(column) else "", width)
            for column, width in zip(columns, widths, strict=True)
        ]
        lines.append(_GAP.join(parts).rstrip())
    return lines


def _broken(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        while _columns(word) > width:  # longer than the column: an address
            room = width - _columns(lines[-1]) - bool(lines[-1])
            if room <= 0:
                lines.append("")
                continue
            lines[-1] = f"{lines[-1]} {word[:room]}".strip()
            word = word[room:]
            lines.append("")
        joined = f"{lines[-1]} {word}".strip()
        if _columns(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _columns(text: str) -> int:
    """Return how many columns a terminal needs: marks need none, wide letters two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
