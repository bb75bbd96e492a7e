"""A paper as a page to be printed: every question, every answer, all notes at the end."""

from collections.abc import Iterable

from markupsafe import Markup

from hochoi.people.person import Person
from ui.conversations.paper import Grid, Paper, Part, note_texts
from ui.document import document
from ui.elements import words
from ui.masthead import Section
from ui.wording import Language, label


def print_page(paper: Paper, language: Language, person: Person) -> str:
    """Return the page; the paper is Vietnamese, what stands around it is in `language`."""
    parts = Markup("").join(_part(n, part) for n, part in enumerate(paper.parts, 1))
    notes = Markup("").join(
        Markup('<li id="note-{}">{}</li>').format(n, text)
        for n, text in enumerate(note_texts(paper), 1)
    )
    main = Markup(
        '<p class="aside"><button type="button" class="main" data-print>{}</button> '
        '<a href="/conversations">{}</a></p>'
        '<article class="paper" lang="vi"><p class="over">{}</p><h1>{}</h1><p><em>{}</em></p>{}'
        '<ol class="notes">{}</ol><p><em>{}</em></p></article>'
    ).format(
        words("print", language),
        words("conversations_title", language),
        label("paper_heading", Language.VI),
        paper.title,
        paper.made_on,
        parts,
        notes,
        paper.closing,
    )
    return document(
        paper.title,
        Markup('<div class="forms wide">{}</div>').format(main),
        language,
        person=person,
        section=Section.CONVERSATIONS,
        styles=("reader.css", "forms.css", "paper.css"),
    )


def _part(number: int, part: Part) -> Markup:
    asked = label("paper_asked_at", Language.VI, moment=part.asked_at)
    before = Markup("").join(
        Markup("<p>{}</p>").format(text) for text in (part.within, part.notice) if text
    )
    lines = Markup("").join(
        Markup("<{0}>{1}{2}</{0}>").format(
            Markup("blockquote" if line.is_quote else "p"), line.text, _marks(line.notes)
        )
        for line in part.lines
    )
    nearest = Markup("")
    if part.nearest:
        items = Markup("").join(Markup("<li>{}</li>").format(title) for title in part.nearest)
        nearest = Markup("<p>{}:</p><ul>{}</ul>").format(label("related", Language.VI), items)
    grid = _grid(part.grid) if part.grid is not None else Markup("")
    return Markup("<section><h2>{}. {}</h2><p><em>{}</em></p>{}{}{}{}</section>").format(
        number, part.question, asked, before, lines, grid, nearest
    )


def _grid(grid: Grid) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in grid.head)
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup("<td>{}{}</td>").format(cell, _marks(notes) if is_last else "")
                for cell, is_last in zip(row, _lasts(len(row)), strict=True)
            )
        )
        for row, notes in zip(grid.rows, grid.notes, strict=True)
    )
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, rows)


def _lasts(count: int) -> Iterable[bool]:
    return (place == count - 1 for place in range(count))


def _marks(notes: Iterable[int]) -> Markup:
    links = [Markup('<a href="#note-{0}">{0}</a>').format(n) for n in notes]
    return Markup("<sup>{}</sup>").format(Markup(", ").join(links)) if links else Markup("")
