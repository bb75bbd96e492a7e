"""The pages on which people decide about draft questions."""

from collections.abc import Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from evaluation.drafts import DraftQuestion, Status, select
from hochoi.errors import HocHoiError
from ui.elements import words
from ui.evaluate.frame import PATH, Reader, button, form, note, page
from ui.evaluate.parts import table
from ui.wording import Language, label, number_words

DRAFTS_PATH = f"{PATH}/drafts"
ON_A_PAGE = 50
_ORIGINS = ("", "field", "sentence", "swapped", "feedback")


def drafts_page(
    drafts: Sequence[DraftQuestion],
    reader: Reader,
    *,
    status: Status,
    origin: str,
    number: int,
    problem: HocHoiError | None = None,
) -> str:
    """Return the list of drafts of one status and origin, `ON_A_PAGE` at a time."""
    language = reader.language
    chosen = select(drafts, status=status, origin=origin)
    pages = max(1, -(-len(chosen) // ON_A_PAGE))
    number = min(max(1, number), pages)
    shown = chosen[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    headings = [words(key, language) for key in ("failure_question", "draft_origin")]
    rows = [
        (
            Markup('<a href="{}/{}" lang="vi">{}</a>').format(DRAFTS_PATH, d.draft_id, d.question),
            _origin(d.origin, language),
        )
        for d in shown
    ]
    main = Markup('<p><a href="{}">← {}</a></p><p class="hint">{}</p>{}{}{}{}<p>{}</p>{}{}').format(
        PATH,
        words("evaluate_all", language),
        words("drafts_intro", language),
        note(problem),
        _make_forms(reader),
        _choices("status", [s.value for s in Status], status.value, {"origin": origin}, language),
        _choices("origin", _ORIGINS, origin, {"status": status.value}, language),
        words("drafts_count", language, count=number_words(len(chosen)))
        if drafts
        else words("drafts_empty", language),
        table(headings, rows, "failed") if rows else Markup(""),
        _pager(number, pages, {"status": status.value, "origin": origin}, language),
    )
    return page(label("drafts_title", language), main, reader)


def _origin(origin: str, language: Language) -> Markup:
    first, _, rest = origin.partition(" ")
    return Markup("{} <small>{}</small>").format(words(f"origin_{first}", language), rest)


def _make_forms(reader: Reader) -> Markup:
    language = reader.language
    return Markup('<div class="actions">{}{}</div>').format(
        form(f"{DRAFTS_PATH}/propose", button("drafts_propose", language, "plain"), reader),
        form(f"{DRAFTS_PATH}/feedback", button("drafts_feedback", language, "plain"), reader),
    )


def _choices(
    name: str, values: Sequence[str], chosen: str, others: dict[str, str], language: Language
) -> Markup:
    links = Markup("").join(
        Markup('<li><a href="{}?{}"{}>{}</a></li>').format(
            DRAFTS_PATH,
            urlencode({**others, name: value}),
            Markup(' aria-current="true"') if value == chosen else "",
            words(f"{name}_{value or 'every'}", language),
        )
        for value in values
    )
    return Markup('<ul class="causes">{}</ul>').format(links)


def _pager(number: int, pages: int, others: dict[str, str], language: Language) -> Markup:
    links = []
    for target, key in ((number - 1, "previous_page"), (number + 1, "next_page")):
        if 1 <= target <= pages:
            query = urlencode({**others, "page": str(target)})
            links.append(
                Markup('<a href="{}?{}">{}</a>').format(DRAFTS_PATH, query, words(key, language))
            )
    return (
        Markup('<p class="actions">{}</p>').format(Markup(" ").join(links)) if links else Markup("")
    )


def draft_page(
    draft: DraftQuestion, sets: Sequence[str], reader: Reader, problem: HocHoiError | None = None
) -> str:
    """Return the page of one draft: correct it, then approve or reject it."""
    language = reader.language
    fields = Markup("").join(
        (
            _area("question", "failure_question", draft.question, 2, language),
            _area("history", "question_history", "\n".join(draft.history), 2, language),
            _tick("answerable", "draft_answerable", language, is_on=draft.answerable),
            _tick("ask_back", "draft_ask_back", language, is_on=draft.ask_back),
            _area("expected", "question_words", "\n".join(draft.expected), 3, language),
            _area("relevant", "question_reports", "\n".join(draft.relevant), 3, language),
            _line("nearest", "draft_nearest", draft.nearest or "", language),
            _line("kind", "dimension_kind", draft.kind, language),
            _line("tags", "dimension_tag", " ".join(draft.tags), language),
            _set_field(draft.testset or (sets[0] if sets else ""), sets, language),
        )
    )
    buttons = Markup('<p class="actions">{}{}{}</p>').format(
        *(
            Markup('<button name="do" value="{}" class="{}">{}</button>').format(
                value, kind, words(key, language)
            )
            for value, key, kind in (
                ("approve", "draft_approve", "main"),
                ("save", "draft_save", "plain"),
                ("reject", "draft_reject", "plain"),
            )
        )
    )
    about = Markup("")
    if draft.note:
        about = Markup('<blockquote lang="vi" class="lines">{}</blockquote>').format(draft.note)
    main = Markup('<p><a href="{}">← {}</a></p>{}<p>{} · {}</p>{}{}').format(
        DRAFTS_PATH,
        words("drafts_title", language),
        note(problem),
        words(f"status_{draft.status.value}", language),
        _origin(draft.origin, language),
        about,
        form(f"{DRAFTS_PATH}/{draft.draft_id}", fields + buttons, reader, "draft"),
    )
    return page(label("draft_title", language), main, reader)


def _area(name: str, key: str, value: str, lines: int, language: Language) -> Markup:
    return Markup(
        '<label><span>{}</span><textarea name="{}" rows="{}" lang="vi">{}</textarea></label>'
    ).format(words(key, language), name, lines, value)


def _line(name: str, key: str, value: str, language: Language) -> Markup:
    return Markup('<label><span>{}</span><input name="{}" value="{}"></label>').format(
        words(key, language), name, value
    )


def _tick(name: str, key: str, language: Language, *, is_on: bool) -> Markup:
    return Markup(
        '<label class="tick"><input type="checkbox" name="{}" value="1"{}> {}</label>'
    ).format(name, Markup(" checked") if is_on else "", words(key, language))


def _set_field(chosen: str, sets: Sequence[str], language: Language) -> Markup:
    options = Markup("").join(Markup('<option value="{}">').format(name) for name in sets)
    return Markup(
        '<label><span>{}</span><input name="set" value="{}" list="sets" maxlength="60"></label>'
        '<datalist id="sets">{}</datalist>'
    ).format(words("draft_set", language), chosen, options)
