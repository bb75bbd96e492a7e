"""The evaluators' pages: start and list, one evaluation, one question, a comparison."""

from collections.abc import Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from evaluation.archive import Head, State
from evaluation.figures import ANSWER_HIT, ASK_BACK, REFUSAL
from evaluation.rows import Row
from evaluation.sets import Known
from hochoi.errors import HocHoiError
from ui.elements import sure, words
from ui.evaluate.compare_page import compare_parts
from ui.evaluate.desk import EvaluationDesk, Running
from ui.evaluate.failures import failures, question_parts, question_url
from ui.evaluate.fields_page import fields_links
from ui.evaluate.frame import PATH, Reader, button, form, note, page
from ui.evaluate.parts import decimal, fingerprints, section, table
from ui.local_time import day_and_time
from ui.wording import Language, label, number_words

_LISTED = ("Success@1", ANSWER_HIT, ASK_BACK, REFUSAL)
_DOWNLOADS = (
    ("report.html", "download_report"),
    ("questions.csv", "download_csv"),
    ("figures.json", "download_json"),
    ("run.trec", "download_run"),
)


# -- start and list ------------------------------------------------------------------------


def start_page(desk: EvaluationDesk, reader: Reader, problem: HocHoiError | None = None) -> str:
    """Return the page on which evaluations are started and listed."""
    language = reader.language
    running = desk.running
    problem = problem or (None if running else desk.problem)
    main = Markup('<p class="hint">{}</p>{}{}{}{}{}<p><a href="{}">{}</a></p>').format(
        words("evaluate_intro", language),
        note(problem),
        Markup('<div id="start">{}</div>').format(
            _running(running, reader) if running else _start_form(desk.sets.all(), reader)
        ),
        Markup('<div id="past">{}</div>').format(_past(desk, reader)),
        fields_links(desk.sets.labels(), language),
        _upload_form(desk.sets.all(), reader),
        f"{PATH}/drafts",
        words("drafts_title", language),
    )
    return page(label("evaluate_title", language), main, reader)


def _running(running: Running, reader: Reader) -> Markup:
    language = reader.language
    progress = words(
        "evaluate_progress", language, done=number_words(running.done),
        all=number_words(running.all),
    )  # fmt: skip
    bar = Markup('<progress max="{}" value="{}" aria-hidden="true"></progress>').format(
        running.all or 1, running.done
    )
    body = Markup(
        '<div id="running" data-reload="2"><p role="status">{} · {}</p>{}</div>{}'
    ).format(
        running.testset,
        progress,
        bar,
        form(f"{PATH}/stop", button("evaluate_stop", language, "plain"), reader),
    )
    return section("evaluate_start", body, language)


def _start_form(sets: Sequence[Known], reader: Reader) -> Markup:
    language = reader.language
    options = Markup("").join(
        _set_option(known, is_first=n == 0, language=language) for n, known in enumerate(sets)
    )
    body = Markup("<fieldset><legend>{}</legend>{}</fieldset>{}").format(
        words("evaluate_set", language), options, button("evaluate_run", language)
    )
    return section("evaluate_start", form(PATH, body, reader), language)


def _set_option(known: Known, *, is_first: bool, language: Language) -> Markup:
    if known.testset is None:
        about = words("evaluate_bad_set", language, rows=(known.problem or "")[:300])
    else:
        count = number_words(len(known.testset.questions))
        about = words("evaluate_questions", language, count=count)
    marks = Markup(" disabled") if known.testset is None else Markup("")
    if is_first and known.testset is not None:
        marks = Markup(" checked")
    return Markup(
        '<label class="set"><input type="radio" name="set" value="{}" required{}> <b>{}</b> '
        '<span class="hint">{}</span></label>'
    ).format(known.name, marks, known.name, about)


def _upload_form(sets: Sequence[Known], reader: Reader) -> Markup:
    language = reader.language
    models = Markup("").join(
        Markup('<li>{} <a href="{}/sets/{}.csv">{}</a></li>').format(
            known.name, PATH, known.name, words("evaluate_download_csv", language)
        )
        for known in sets
        if known.testset is not None
    )
    body = Markup(
        '<p class="hint">{}</p><ul>{}</ul>'
        '<form method="post" action="{}/sets" enctype="multipart/form-data" class="upload">'
        '<input type="hidden" name="form_token" value="{}">'
        '<label><span>{}</span><input name="name" required maxlength="60"></label>'
        '<label><span>{}</span><input type="file" name="file" accept=".csv,text/csv" required>'
        "</label>{}</form>"
    ).format(
        words("evaluate_upload_hint", language),
        models,
        PATH,
        reader.form_token,
        words("evaluate_upload_name", language),
        words("evaluate_upload_file", language),
        button("evaluate_upload_send", language, "plain"),
    )
    return Markup("<details><summary>{}</summary>{}</details>").format(
        words("evaluate_upload", language), body
    )


def _past(desk: EvaluationDesk, reader: Reader) -> Markup:
    language = reader.language
    heads = desk.archive.heads()
    if not heads:
        empty = Markup("<p>{}</p>").format(words("evaluate_none", language))
        return section("evaluate_past", empty, language)
    headings = [words(key, language) for key in ("evaluate_when", "evaluate_set", "evaluate_state")]
    rows = [_past_row(head, language) for head in heads]
    body = table([*headings, *_LISTED], rows)
    return section("evaluate_past", body, language)


def _past_row(head: Head, language: Language) -> list[Markup | str]:
    means = {measure: decimal(mean, language) for measure, mean in head.means.items()}
    link = Markup('<a href="{}/{}">{}</a>').format(
        PATH, head.evaluation_id, day_and_time(head.started)
    )
    name = head.testset if head.system == "hochoi" else f"{head.testset} · {head.system}"
    return [link, name, _state(head, language), *(means.get(m, "") for m in _LISTED)]


def _state(head: Head, language: Language) -> Markup:
    state = words(f"state_{head.state.value}", language)
    if head.state is State.DONE:
        return state
    progress = words(
        "evaluate_progress", language, done=number_words(head.done),
        all=number_words(head.questions),
    )  # fmt: skip
    return Markup("{} ({})").format(state, progress)


# -- one evaluation ------------------------------------------------------------------------


def evaluation_page(
    desk: EvaluationDesk, head: Head, reader: Reader, cause: str | None = None, number: int = 1
) -> str:
    """Return the page of one evaluation.

    Args:
        desk: Knows the evaluations.
        head: Of the one that is shown.
        reader: Who looks at it.
        cause: Only failures of this label are listed; None lists all.
        number: Of the page of failures, from 1.
    """
    language = reader.language
    drawn = desk.drawn(head, language)

    def list_url(key: str | None, page_number: int) -> str:
        query = urlencode({"cause": key or "", "page": page_number})
        return f"{PATH}/{head.evaluation_id}?{query}#failures"

    main = Markup("").join(
        (
            _about(head, reader),
            drawn.before,
            Markup('<div id="failures">{}</div>').format(
                failures(
                    drawn.failed,
                    language,
                    url=lambda row: question_url(head.evaluation_id, row),
                    cause=cause,
                    list_url=list_url,
                    number=number,
                )
            ),
            drawn.after,
            fingerprints(head, language),
        )
    )
    title = f"{label('evaluate_title', language)}: {head.testset}, {day_and_time(head.started)}"
    return page(title, _compare_form(desk, head, language) + main, reader)


def _about(head: Head, reader: Reader) -> Markup:
    language = reader.language
    links = Markup("").join(
        Markup('<li><a href="{}/{}/{}" download>{}</a></li>').format(
            PATH, head.evaluation_id, name, words(key, language)
        )
        for name, key in _DOWNLOADS
    )
    remove = Markup("")
    if head.state is not State.RUNNING:
        path = f"{PATH}/{head.evaluation_id}/remove"
        deed = form(path, button("evaluate_remove_yes", language, "plain"), reader, "remove")
        remove = sure("evaluate_remove", "evaluate_remove_hint", deed, language)
    if head.state in (State.STOPPED, State.INTERRUPTED):
        hint = Markup('<p class="note">{}</p>').format(words("evaluate_resume", language))
        remove = hint + remove
    return Markup('<p><a href="{}">← {}</a></p><p>{}</p><ul class="downloads" {}>{}</ul>{}').format(
        PATH,
        words("evaluate_all", language),
        _state(head, language),
        Markup('aria-label="{}"').format(label("downloads", language)),
        links,
        remove,
    )


def _compare_form(desk: EvaluationDesk, head: Head, language: Language) -> Markup:
    others = [
        other
        for other in desk.archive.heads()
        if other.fingerprint == head.fingerprint and other.evaluation_id != head.evaluation_id
    ]
    if not others:
        return Markup("")
    options = Markup("").join(
        Markup('<option value="{}">{} · {}</option>').format(
            other.evaluation_id, day_and_time(other.started), other.system
        )
        for other in others
    )
    return Markup(
        '<form method="get" action="{}/compare" class="compare">'
        '<input type="hidden" name="after" value="{}">'
        '<label><span>{}</span> <select name="before">{}</select></label> {}</form>'
    ).format(
        PATH,
        head.evaluation_id,
        words("evaluate_compare_with", language),
        options,
        button("evaluate_compare", language, "plain"),
    )


def question_page(head: Head, row: Row, reader: Reader) -> str:
    """Return the page of one question: expected and given side by side, and why it failed."""
    language = reader.language
    back = Markup('<p><a href="{}/{}#failures">← {}, {}</a></p>').format(
        PATH, head.evaluation_id, head.testset, day_and_time(head.started)
    )
    asked = Markup('<p class="asked" lang="vi">{}</p>').format(row.asked.text)
    title = label("question_title", language, id=row.query_id)
    return page(title, back + asked + question_parts(row, language), reader)


def compare_page(
    before: tuple[Head, Sequence[Row]], after: tuple[Head, Sequence[Row]], reader: Reader
) -> str:
    """Return the page that sets two evaluations side by side."""
    language = reader.language
    links = Markup('<p><a href="{}">← {}</a></p>').format(PATH, words("evaluate_all", language))
    if before[0].fingerprint != after[0].fingerprint:
        body = Markup('<p class="note" role="alert">{}</p>').format(
            words("compare_other_set", language)
        )
    else:
        body = compare_parts(before, after, language)
    return page(label("compare_title", language), links + body, reader)
