"""The page of visit fields: how well they were read, and where they differ from the labels."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from evaluation.visit_fields import Difference, FieldFigures, FieldScore, overall
from hochoi.spreadsheet import spreadsheet_csv
from hochoi.types import Report
from ui.elements import reader_url, words
from ui.evaluate.frame import PATH, Reader, page
from ui.evaluate.output import fields_json
from ui.evaluate.parts import decimal, section, table
from ui.wording import Language, label, number_words

FIELDS_PATH = f"{PATH}/fields"
_DOWNLOADS = (("csv", "fields_csv"), ("json", "fields_json"))


def fields_links(labels: Sequence[Path], language: Language) -> Markup:
    """Return the part of the start page that leads to each file of labels."""
    intro = Markup('<p class="hint">{}</p>').format(words("fields_intro", language))
    if not labels:
        empty = Markup("<p>{}</p>").format(words("fields_none", language))
        return section("fields_title", intro + empty, language)
    links = Markup("").join(
        Markup('<li><a href="{}/{}">{}</a></li>').format(FIELDS_PATH, path.stem, path.stem)
        for path in labels
    )
    body = intro + Markup('<ul class="downloads">{}</ul>').format(links)
    return section("fields_title", body, language)


def fields_page(
    name: str,
    figures: FieldFigures,
    reports: Mapping[str, Report],
    topic_names: Mapping[str, str],
    reader: Reader,
) -> str:
    """Return the page of one file of labels.

    Args:
        name: Of the file, without its ending.
        figures: Of the library by it.
        reports: The published ones, by file name.
        topic_names: Per code.
        reader: Who looks at it.
    """
    language = reader.language
    links = Markup("").join(
        Markup('<li><a href="{}/{}.{}" download>{}</a></li>').format(
            FIELDS_PATH, name, ending, words(key, language)
        )
        for ending, key in _DOWNLOADS
    )
    missing = Markup("")
    if figures.missing:
        missing = Markup('<p class="note">{}</p>').format(
            words(
                "fields_missing",
                language,
                count=number_words(len(figures.missing)),
                names=", ".join(figures.missing[:10]),
            )
        )
    main = Markup("").join(
        (
            Markup('<p><a href="{}">← {}</a></p>').format(PATH, words("evaluate_all", language)),
            Markup('<p class="hint">{}</p><ul class="downloads">{}</ul>').format(
                words("fields_intro", language), links
            ),
            missing,
            _scores(figures, language),
            _differences(figures.differences, reports, topic_names, language),
        )
    )
    return page(f"{label('fields_title', language)}: {name}", main, reader)


def _scores(figures: FieldFigures, language: Language) -> Markup:
    keys = ("field", "precision", "recall", "right", "found", "labelled")
    named: list[tuple[Markup, FieldScore]] = [
        (words(f"field_{name}", language), found) for name, found in figures.scores.items()
    ]
    named.append((words("fields_all", language), overall(figures.scores)))
    rows = [
        (
            name,
            Markup("<strong>{}</strong>").format(decimal(found.precision, language)),
            Markup("<strong>{}</strong>").format(decimal(found.recall, language)),
            *(number_words(count) for count in (found.correct, found.found, found.gold)),
        )
        for name, found in named
    ]
    hint = Markup('<p class="hint">{}</p>').format(words("fields_hint", language))
    heads = [words(f"fields_{key}", language) for key in keys]
    return section("figures", hint + table(heads, rows), language)


def _differences(
    found: Sequence[Difference],
    reports: Mapping[str, Report],
    topic_names: Mapping[str, str],
    language: Language,
) -> Markup:
    if not found:
        empty = Markup("<p>{}</p>").format(words("fields_same", language))
        return section("fields_differences", empty, language, count="0")
    rows = [
        (
            Markup('<a href="{}">{}</a>').format(
                reader_url(reports[difference.file_name].report_id), difference.file_name
            ),
            words(f"field_{difference.field}", language),
            *(
                Markup('<span lang="vi" class="lines">{}</span>').format(
                    "\n".join(topic_names.get(value, value) for value in values)
                )
                for values in (difference.missed, difference.extra)
            ),
        )
        for difference in found
    ]
    keys = ("fields_report", "fields_field", "fields_missed", "fields_extra")
    body = table([words(key, language) for key in keys], rows, "failed")
    return section("fields_differences", body, language, count=number_words(len(found)))


def differences_csv(figures: FieldFigures, language: Language) -> str:
    """Return the differences for a spreadsheet, one field of a report a line."""
    keys = ("fields_report", "fields_field", "fields_missed", "fields_extra")
    rows = [
        [d.file_name, label(f"field_{d.field}", language), "\n".join(d.missed), "\n".join(d.extra)]
        for d in figures.differences
    ]
    return spreadsheet_csv([[label(key, language) for key in keys], *rows])


def figures_json(figures: FieldFigures) -> str:
    """Return the figures as `hochoi evaluate --visit-fields --json` prints them."""
    return json.dumps({"visit_fields": fields_json(figures)}, ensure_ascii=False)
