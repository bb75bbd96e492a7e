"""What the reader of a format hands over: lines, and how sure it is of them."""

from dataclasses import dataclass, field

from ingest.markup import Page, visible_lines

MAX_LOST = 0.02  # of the letters; a larger loss is told


@dataclass(frozen=True, slots=True)
class Found:
    """What a source file shows. A warning is a key, then its values, separated by `|`."""

    format: str
    page: Page
    front: dict[str, str] = field(default_factory=dict)  # known keys of a YAML block at the top
    page_marks: tuple[tuple[int, int], ...] = ()  # (line, character of it) that page n begins with
    warnings: tuple[str, ...] = ()


def plain_page(lines: list[str], headings: tuple[str, ...] = ()) -> Page:
    """Return lines without any markup as a page."""
    shown = visible_lines("\n".join(lines))
    return Page(shown, shown, (), headings, {})


def letters(text: str) -> int:
    """Return how many characters of a text are no space."""
    return len("".join(text.split()))


def loss_warning(read: int, counted: int) -> tuple[str, ...]:
    """Return a warning when less was read than a second, independent count of letters found."""
    if counted and read < counted * (1 - MAX_LOST):
        return (f"letters_lost|{counted - read}|{counted}",)
    return ()
