"""The pages of reports that wait: the list, and one report with its text beside its fields."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from hochoi.types import Report, Span
from ingest.drafts import Draft, DraftLine, ReadField
from ingest.personal_data import Mark
from ui.admin.keeper import shown_values
from ui.admin.listing import listing
from ui.admin.shell import AdminPage, admin_page
from ui.door.fields import problem
from ui.door.forms import token_field
from ui.door.state import Visitor
from ui.elements import reader_url, sure, words
from ui.local_time import day_and_time
from ui.wording import Language
from ui.wording.admin import FIELDS

DRAFTS_PATH = "/admin/drafts"
REPORTS_PATH = "/admin/reports"


def drafts_page(
    lines: Sequence[DraftLine],
    language: Language,
    visitor: Visitor,
    *,
    done_key: str | None = None,
    published: Report | None = None,
) -> str:
    """Return the list of reports that wait; `published` is the one that was just decided on."""
    done = done_note(done_key, language)
    if published is not None:
        done += Markup('<p><a href="{}" lang="vi">{}</a></p>').format(
            reader_url(published.report_id), published.title
        )
    if not lines:
        empty = Markup("<p>{}</p>").format(words("drafts_none", language))
        return admin_page(AdminPage.DRAFTS, done + empty, language, visitor)
    rows = Markup("").join(_line(line, language) for line in lines)
    table = listing(("draft_report", "draft_why", "draft_since"), rows, language)
    return admin_page(AdminPage.DRAFTS, done + table, language, visitor)


def done_note(done_key: str | None, language: Language) -> Markup:
    """Return what was just done, read aloud; nothing for None."""
    if done_key is None:
        return Markup("")
    return Markup('<p class="done" role="status">{}</p>').format(words(done_key, language))


def _line(line: DraftLine, language: Language) -> Markup:
    reasons = Markup("; ").join(
        words(f"held_{reason.value.replace(' ', '_')}", language) for reason in line.hold.reasons
    )
    return Markup(
        '<tr><td><a href="{}/{}" lang="vi">{}</a><br><span class="hint">{}</span></td>'
        "<td>{}</td><td>{}</td></tr>"
    ).format(
        DRAFTS_PATH, line.report_id, line.title, line.file_name, reasons,
        day_and_time(line.hold.held_at),
    )  # fmt: skip


def draft_page(
    draft: Draft,
    topics: Mapping[str, str],
    language: Language,
    visitor: Visitor,
    *,
    sentence: str | None = None,
    done_key: str | None = None,
) -> str:
    """Return one draft: reasons, differences, text and fields side by side, what can be done."""
    report = draft.report
    reasons = Markup("").join(
        Markup("<li>{}</li>").format(words(f"held_{r.value.replace(' ', '_')}", language))
        for r in draft.hold.reasons
    )
    main = Markup("").join(
        (
            problem(sentence),
            done_note(done_key, language),
            Markup('<ul class="reasons">{}</ul>').format(reasons),
            _marks(report, draft.marks, language),
            _warnings(report, language),
            _kin(draft, language),
            _beside(
                report,
                draft.fields,
                draft.marks,
                topics,
                language,
                visitor,
                path=f"{DRAFTS_PATH}/{report.report_id}",
                deeds=_decision(draft, language),
            ),
        )
    )
    return admin_page(AdminPage.DRAFTS, main, language, visitor, heading=report.title)


def fields_page(
    report: Report,
    fields: Sequence[ReadField],
    topics: Mapping[str, str],
    language: Language,
    visitor: Visitor,
    *,
    sentence: str | None = None,
    done_key: str | None = None,
) -> str:
    """Return the page on which the fields of a published report are corrected."""
    main = Markup("").join(
        (
            problem(sentence),
            done_note(done_key, language),
            _warnings(report, language),
            _beside(
                report,
                fields,
                (),
                topics,
                language,
                visitor,
                path=f"{REPORTS_PATH}/{report.report_id}/fields",
                deeds=_deed("save", "draft_keep", "main", language),
            ),
        )
    )
    return admin_page(AdminPage.REPORTS, main, language, visitor, heading=report.title)


def _marks(report: Report, marks: Sequence[Mark], language: Language) -> Markup:
    if not marks:
        return Markup("")
    items = Markup("").join(
        Markup('<li>{}: <mark lang="vi">{}</mark></li>').format(
            words(f"mark_{mark.kind.value.replace(' ', '_')}", language),
            report.text[mark.start : mark.end],
        )
        for mark in marks
    )
    return Markup('<div class="notice"><p>{}</p><ul>{}</ul></div>').format(
        words("draft_marks", language), items
    )


def _warnings(report: Report, language: Language) -> Markup:
    if not report.warnings:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(text) for text in report.warnings)
    return Markup('<div class="notice"><p>{}</p><ul>{}</ul></div>').format(
        words("draft_warnings", language), items
    )


def _kin(draft: Draft, language: Language) -> Markup:
    kin = draft.kin
    if kin is None:
        return Markup("")
    percent = str(round(100 * (draft.hold.likeness or 0)))
    rows = Markup("").join(
        Markup('<tr><td lang="vi">{}</td><td lang="vi">{}</td></tr>').format(c.before, c.after)
        for c in draft.changes
    )
    return Markup(
        '<section><p>{} <a href="{}" lang="vi">{}</a></p><details open><summary>{}</summary>'
        "{}</details></section>"
    ).format(
        words("draft_kin", language, percent=percent),
        reader_url(kin.report_id),
        kin.title,
        words("draft_changes", language),
        listing(("change_before", "change_after"), rows, language, "changes"),
    )


def _decision(draft: Draft, language: Language) -> Markup:
    """Return the buttons below the fields: what is typed is saved first, whichever is pressed."""
    choices = [("save", "draft_keep", "plain"), ("publish", "draft_publish", "main")]
    if draft.kin is not None:
        choices[1:] = [
            ("replace", "draft_replace", "main"),
            ("keep_both", "draft_keep_both", "plain"),
        ]
    buttons = Markup("").join(_deed(*choice, language) for choice in choices)
    discard = sure(
        "draft_discard", "draft_discard_hint",
        _deed("discard", "draft_discard_yes", "danger", language), language,
    )  # fmt: skip
    return Markup('<div class="row decide">{}</div>{}').format(buttons, discard)


def _deed(value: str, key: str, kind: str, language: Language) -> Markup:
    return Markup('<button name="do" value="{}" class="{}">{}</button>').format(
        value, kind, words(key, language)
    )


def _beside(
    report: Report,
    fields: Sequence[ReadField],
    marks: Sequence[Mark],
    topics: Mapping[str, str],
    language: Language,
    visitor: Visitor,
    *,
    path: str,
    deeds: Markup,
) -> Markup:
    """Return the text on one side and the form of fields, with its buttons, on the other."""
    inputs = Markup("").join(
        _topic_boxes(field, topics, language)
        if field.name == "topics"
        else _field(report, field, language)
        for field in fields
    )
    return Markup(
        '<div class="beside"><section><h2>{}</h2><p class="hint">{}</p>'
        '<form class="fields" method="post" action="{}">{}{}{}</form></section>'
        '<section><h2>{}</h2><div class="text" lang="vi" tabindex="0">{}</div></section></div>'
    ).format(
        words("draft_fields", language),
        words("draft_fields_hint", language),
        path,
        token_field(visitor.form_token),
        inputs,
        deeds,
        words("draft_text", language),
        _marked_text(report.text, [Span(m.start, m.end) for m in marks]),
    )


def _field(report: Report, field: ReadField, language: Language) -> Markup:
    notes = [
        Markup('<small>{}: <q lang="vi">{}</q></small>').format(
            words("field_sentence", language), sentence
        )
        for sentence in field.sentences
    ]
    if field.corrected_by:
        notes.insert(
            0,
            Markup("<small>{}</small>").format(
                words("field_corrected", language, by=field.corrected_by)
            ),
        )
    return Markup(
        '<div class="field"><label for="f-{name}" lang="vi">{label}</label>'
        '<textarea id="f-{name}" name="{name}" rows="{rows}" lang="vi">{value}</textarea>{notes}'
        "</div>"
    ).format(
        name=field.name,
        label=FIELDS[field.name],
        rows=2 if len(shown_values(field)) > 60 else 1,
        value=shown_values(field),
        notes=Markup("").join(notes),
    )


def _topic_boxes(field: ReadField, topics: Mapping[str, str], language: Language) -> Markup:
    boxes = Markup("").join(
        Markup(
            '<label lang="vi"><input type="checkbox" name="topics" value="{}"{}> {}</label>'
        ).format(code, Markup(" checked") if code in field.values else "", name)
        for code, name in topics.items()
    )
    return Markup('<fieldset class="boxes"><legend lang="vi">{}</legend>{}</fieldset>').format(
        FIELDS[field.name], boxes
    )


def _marked_text(text: str, marks: Sequence[Span]) -> Markup:
    parts, at = [], 0
    for span in sorted(marks, key=lambda s: s.start):
        if span.start >= at:
            parts.append(Markup("{}<mark>{}</mark>").format(
                text[at : span.start], text[span.start : span.end]
            ))  # fmt: skip
            at = span.end
    return Markup("").join(parts) + Markup("{}").format(text[at:])
