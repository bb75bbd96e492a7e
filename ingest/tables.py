"""Rows of a table -> lines that can be read alone: each cell behind the name of its column."""

import re
from collections.abc import Sequence

_MAX_NAME_CHARS = 80
_LETTERHEAD = re.compile(
    r"CỘNG H[ÒO][ÀA]? XÃ HỘI|ĐẢNG CỘNG SẢN|Độc lập\s*[-–]\s*Tự do|Nơi nhận|^(?:TM|KT|TL|TUQ)\.",
    re.MULTILINE,
)
Cells = Sequence[str]  # texts of one row; a cell of several paragraphs has several lines


def table_lines(rows: Sequence[Cells], *, has_header: bool = False) -> list[str]:
    """Return the lines of a table in reading order.

    A table of data becomes a line per row, `Tên cột: giá trị; ...`, so that a quoted row says
    what its values are. A table that only places text side by side, as letterheads and
    signatures do, becomes the paragraphs of its cells.

    Args:
        rows: Texts of the cells, row by row; a merged cell stands once.
        has_header: Whether the file itself says that the first row names the columns.
    """
    filled = [tuple(cell.strip() for cell in row) for row in rows]
    filled = [row for row in filled if any(row)]
    if not filled:
        return []
    if not (is_data(filled) or (has_header and len(filled) > 1)):
        return [line for row in filled for cell in row for line in cell.split("\n") if line]
    names = [_one_line(name) for name in filled[0]]
    return [line for row in filled[1:] if (line := _row(names, row))]


def is_data(rows: Sequence[Cells]) -> bool:
    """Whether the first of the rows names the columns of the others."""
    first = rows[0] if rows else ()
    if len(rows) < 2 or len(first) < 2 or _LETTERHEAD.search("\n".join(map("\n".join, rows))):
        return False
    are_names = all(0 < len(name) <= _MAX_NAME_CHARS for name in first)
    same_width = sum(len(row) == len(first) for row in rows) >= 0.7 * len(rows)
    has_word = all(any(c.isalpha() for c in name) for name in first)
    return are_names and same_width and has_word and len(set(first)) == len(first)


def _row(names: Sequence[str], row: Cells) -> str:
    cells = [_one_line(cell) for cell in row]
    if len([cell for cell in cells if cell]) == 1 and len(row) < len(names):
        return next(cell for cell in cells if cell)  # a heading across the table
    pairs = [
        f"{names[n]}: {cell}" if n < len(names) and names[n] else cell
        for n, cell in enumerate(cells)
        if cell
    ]
    ended = [p if p.endswith((".", ";", ":")) or p is pairs[-1] else f"{p};" for p in pairs]
    return " ".join(ended)


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
