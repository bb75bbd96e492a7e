"""Every sentence of the pages that a person can see, in Vietnamese and in English.

One module per page holds its labels; `LABELS_BY_PAGE` lists them. Answers, notices, errors and
questions to the library are Vietnamese in both languages: they go with Vietnamese reports, and so
are names of provinces and topics. Does not know HTML.
"""

from collections.abc import Mapping
from enum import Enum

from hochoi.errors import (
    CorrectionError,
    HocHoiError,
    LoginDelayedError,
    NotFoundError,
    PasswordError,
    QuestionError,
    TestSetError,
    ToolMissingError,
    TooManyPartsError,
    UnsupportedFormatError,
)
from ui.wording import (
    ask,
    conversations,
    door,
    evaluate,
    labelled_fields,
    library,
    people,
    question_groups,
    read,
    shared,
    table,
    visits,
)
from ui.wording.admin import EXPECTED, FIELDS
from ui.wording.errors import (
    EMPTY_QUESTION,
    ERROR_SENTENCES,
    FORMATS,
    NEAREST,
    PARTS,
    PASSWORD_REASONS,
    THINGS,
    TOOLS,
    UNEXPECTED,
)


class Language(Enum):
    """A language of the page's own labels."""

    VI = "vi"
    EN = "en"


SETUP_LINE = "Tạo quản trị viên đầu tiên (create the first administrator):"
LANGUAGE_COOKIE = "hochoi_lang"

LABELS_BY_PAGE: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "shared": shared.LABELS,
    "ask": ask.LABELS,
    "conversations": conversations.LABELS,
    "door": door.LABELS,
    "people": people.LABELS,
    "read": read.LABELS,
    "visits": visits.LABELS,
    "table": table.LABELS,
    "evaluate": evaluate.LABELS,
    "labelled_fields": labelled_fields.LABELS,
    "question_groups": question_groups.LABELS,
    "library": library.LABELS,
}
"""Vietnamese and English by key, per page. A key belongs to one page only."""

_LABELS: Mapping[str, tuple[str, str]] = {
    key: pair for page in LABELS_BY_PAGE.values() for key, pair in page.items()
}


def language_of(code: str | None) -> Language:
    """Return the language with this code; Vietnamese for None and anything unknown."""
    return Language.EN if code == Language.EN.value else Language.VI


def label(key: str, language: Language, **values: str) -> str:
    """Return one label; `{name}` in it is replaced by the value of that name.

    Raises:
        KeyError: If there is no such label, or a value is missing.
    """
    vietnamese, english = _LABELS[key]
    return (english if language is Language.EN else vietnamese).format(**values)


def labels(language: Language) -> dict[str, str]:
    """Return all labels of a language by key, with their `{name}` places unfilled."""
    column = 1 if language is Language.EN else 0
    return {key: pair[column] for key, pair in _LABELS.items()}


def number_words(number: int) -> str:
    """Return a whole number with dots between thousands, e.g. "2.000"."""
    return f"{number:,}".replace(",", ".")


def error_sentence(exc: HocHoiError) -> str:
    """Return one Vietnamese sentence for an error: what is wrong and, where known, what to do."""
    template = next(ERROR_SENTENCES[kind] for kind in type(exc).__mro__ if kind in ERROR_SENTENCES)
    values: dict[str, str] = {}
    if isinstance(exc, QuestionError):
        template = EMPTY_QUESTION if exc.reason == "empty" else template
        values["limit"] = number_words(exc.limit)
    elif isinstance(exc, NotFoundError):
        values["what"] = THINGS.get(exc.what, "mục")
        values["nearest"] = NEAREST.format(e=exc) if exc.nearest else ""
    elif isinstance(exc, PasswordError):
        values["why"] = PASSWORD_REASONS.get(exc.reason, "quá dễ đoán")
    elif isinstance(exc, LoginDelayedError):
        values["minutes"] = number_words(-(-exc.wait_s // 60))
    elif isinstance(exc, TooManyPartsError):
        values["part"] = PARTS.get(exc.part, "phần")
        values["limit"], values["actual"] = number_words(exc.limit), number_words(exc.actual)
    elif isinstance(exc, UnsupportedFormatError):
        values["detected"] = FORMATS.get(exc.detected, exc.detected)
    elif isinstance(exc, ToolMissingError):
        values["tool"] = TOOLS.get(exc.tool, exc.tool)
    elif isinstance(exc, CorrectionError):
        name = FIELDS.get(exc.field)
        values["field"] = f"{name} ({exc.field})" if name else exc.field
        values["expected"] = EXPECTED.get(exc.field, "một trong " + ", ".join(FIELDS))
    elif isinstance(exc, TestSetError):
        values["rows"] = number_words(len(exc.rows))
        values["first_row"] = exc.rows[0] if exc.rows else ""
    return template.format(e=exc, **values)


def unexpected_sentence(reference: str) -> str:
    """Return the sentence for an error nobody foresaw; `reference` finds it in the log."""
    return UNEXPECTED.format(reference=reference)
