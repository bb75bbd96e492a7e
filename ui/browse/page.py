"""The browse page: filter form, ways to look, and the chosen view of the visits that fit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from hochoi.browsing import Names, Role, VisitFilter, arrange, coverage, links, select
from hochoi.people.person import Person
from hochoi.provinces import ProvinceTable
from hochoi.text import fold
from hochoi.types import Report
from ui.browse.address import CSV_PATH, PATH, View, Wanted
from ui.browse.matrix import coverage_matrix
from ui.browse.network import network
from ui.browse.table import visits_table
from ui.browse.timeline import timeline
from ui.document import document
from ui.elements import attribute, words
from ui.masthead import Section
from ui.wording import Language, label, number_words


@dataclass(frozen=True, slots=True)
class Library:
    """What the browse pages show: all published reports and the tables that name things."""

    reports: Sequence[Report]
    provinces: ProvinceTable
    topic_names: Mapping[str, str]


def chosen_reports(library: Library, wanted: Wanted) -> tuple[Report, ...]:
    """Return the reports that the address asks for, in the order it asks for."""
    found = select(library.reports, wanted.filter, wanted.names, library.provinces)
    return arrange(found, wanted.column, descending=wanted.descending)


def browse_page(library: Library, wanted: Wanted, language: Language, person: Person) -> str:
    """Return the whole page."""
    reports = chosen_reports(library, wanted)
    main = Markup(
        '<div class="browse"><h1>{title}</h1><p class="hint">{intro}</p>{views}{form}{notes}'
        '<div class="found"><p role="status">{count}</p>{export}</div>{body}</div>'
    ).format(
        title=words("visits_title", language),
        intro=words("visits_intro", language),
        views=_views(wanted, language),
        form=_form(library, wanted, language),
        notes=_notes(wanted, language),
        count=_count(len(reports), wanted, language),
        export=_export(reports, wanted, language),
        body=_body(library, reports, wanted, language),
    )
    return document(
        label("visits_title", language), main, language,
        person=person, section=Section.VISITS, styles=("browse.css",),
    )  # fmt: skip


def _count(count: int, wanted: Wanted, language: Language) -> Markup:
    key = "reports_count" if wanted.filter.is_everything else "visits_count"
    return words(key, language, count=number_words(count))


def _body(
    library: Library, reports: Sequence[Report], wanted: Wanted, language: Language
) -> Markup:
    if not reports:
        return Markup('<p class="nothing">{}</p>').format(words("visits_none", language))
    match wanted.view:
        case View.TABLE:
            return visits_table(reports, wanted, library.topic_names, language)
        case View.TIMELINE:
            return timeline(reports, wanted, language)
        case View.NETWORK:
            found = links(reports, wanted.names, provinces_only=wanted.provinces_only)
            return _who_switch(wanted, language) + network(found, wanted, language)
        case View.COVERAGE:
            matrix = coverage(
                reports, tuple(library.topic_names), wanted.names, library.provinces,
                wanted.filter.role,
            )  # fmt: skip
            return coverage_matrix(matrix, wanted, library.topic_names, language)


def _views(wanted: Wanted, language: Language) -> Markup:
    return _switch(
        "view_group",
        "views",
        [(f"view_{v.value}", replace(wanted, view=v, page=1), v is wanted.view) for v in View],
        language,
    )


def _who_switch(wanted: Wanted, language: Language) -> Markup:
    return _switch(
        "learners",
        "views small",
        [
            ("everybody", replace(wanted, provinces_only=False), not wanted.provinces_only),
            ("provinces_only", replace(wanted, provinces_only=True), wanted.provinces_only),
        ],
        language,
    )


def _switch(
    group: str, css: str, items: Iterable[tuple[str, Wanted, bool]], language: Language
) -> Markup:
    """Return links side by side, the one that is on marked as current."""
    made = Markup("").join(
        Markup('<a href="{}"{}>{}</a>').format(
            target.url(), Markup(' aria-current="true"' if is_on else ""), words(key, language)
        )
        for key, target, is_on in items
    )
    return Markup('<nav class="{}" {}>{}</nav>').format(
        css, attribute("aria-label", group, language), made
    )


def _notes(wanted: Wanted, language: Language) -> Markup:
    """Return what the form does not show: one pair of the network, parameters left out."""
    notes = Markup("")
    chosen = wanted.filter
    if chosen.host or chosen.visitor:
        text = words("link_only", language, visitor=chosen.visitor or "…", host=chosen.host or "…")
        away = replace(wanted, filter=replace(chosen, host=None, visitor=None), page=1).url()
        notes += Markup('<p class="note">{} <a href="{}">{}</a></p>').format(
            text, away, words("filter_reset", language)
        )
    if wanted.ignored:
        notes += Markup('<p class="note" role="alert">{}</p>').format(
            words("bad_filter", language, names=", ".join(wanted.ignored))
        )
    return notes


def _export(reports: Sequence[Report], wanted: Wanted, language: Language) -> Markup:
    if not reports:
        return Markup("")
    return Markup('<a href="{}" download>{}</a>').format(
        replace(wanted, page=1).url(CSV_PATH), words("csv_export", language)
    )


# -- the form -------------------------------------------------------------------------------------


def _form(library: Library, wanted: Wanted, language: Language) -> Markup:
    chosen = wanted.filter
    topics = [(code, Markup("{}").format(n)) for code, n in library.topic_names.items()]
    roles = [(r.value, words(f"role_{r.value}", language)) for r in Role]
    names = [(n.value, words(f"names_{n.value}", language)) for n in Names]
    years = [(str(y), Markup("{}").format(y)) for y in years_of(library.reports)]
    fields = [
        _words_field(chosen.words, language),
        _select("province", "filter_province", "filter_all_provinces",
                province_options(library, language), chosen.province, language),
        _select("role", "filter_role", None, roles, chosen.role.value, language),
        _select("year", "filter_year", "filter_all_years", years,
                str(chosen.year or ""), language),
        _select("topic", "filter_topic", "filter_all_topics", topics, chosen.topic, language),
        _select("names", "filter_names", None, names, wanted.names.value, language),
    ]  # fmt: skip
    kept = {"view", "host", "visitor", "sort", "up", "provinces"}
    hidden = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
        for name, value in wanted.pairs()
        if name in kept
    )
    return Markup(
        '<details class="filter-box" open{active}><summary>{summary}</summary>'
        '<form class="filters" action="{path}" method="get" role="search" {label}>{hidden}{fields}'
        '<label class="check"><input type="checkbox" name="all" value="1"{checked}> {all}</label>'
        '<p class="buttons"><button type="submit" class="main">{apply}</button>'
        '<a href="{reset}">{reset_text}</a></p></form></details>'
    ).format(
        active=Markup("" if chosen == VisitFilter() else " data-active"),
        summary=words("filter_form", language),
        path=PATH,
        label=attribute("aria-label", "filter_form", language),
        hidden=hidden,
        fields=Markup("").join(fields),
        checked=Markup(" checked") if chosen.is_everything else "",
        all=words("filter_everything", language),
        apply=words("filter_apply", language),
        reset=replace(wanted, filter=VisitFilter(), page=1).url(),
        reset_text=words("filter_reset", language),
    )


def _words_field(value: str, language: Language) -> Markup:
    return Markup(
        '<label class="wide"><span>{}</span><input type="search" name="q" value="{}" '
        'maxlength="200" {}></label>'
    ).format(
        words("filter_words", language),
        value,
        attribute("placeholder", "filter_words_hint", language),
    )


def _select(
    name: str,
    key: str,
    all_key: str | None,
    options: Iterable[tuple[str, Markup]],
    chosen: str | None,
    language: Language,
) -> Markup:
    """Return a labelled choice; `all_key` names the option that chooses nothing."""
    first = [("", words(all_key, language))] if all_key else []
    made = Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            value, Markup(" selected") if value == (chosen or "") else "", _option_text(text)
        )
        for value, text in [*first, *options]
    )
    return Markup('<label><span>{}</span><select name="{}">{}</select></label>').format(
        words(key, language), name, made
    )


def _option_text(text: Markup) -> Markup:
    """Return the text alone: an option holds no elements."""
    return Markup("{}").format(text.striptags())


def years_of(reports: Iterable[Report]) -> list[int]:
    """Return the years that visits of these reports fall into, latest first."""
    days = (d for r in reports for d in (r.visit.date_first, r.visit.date_last) if d)
    return sorted({d.year for d in days}, reverse=True)


def province_options(library: Library, language: Language) -> list[tuple[str, Markup]]:
    """Return the provinces that take part in a visit: old names with today's, today's alone."""
    named: set[tuple[str, str]] = set()
    for report in library.reports:
        for stated in (*report.visit.host, *report.visit.visitors):
            party = stated.value
            if party.province is not None:
                current = party.current or party.province
                named |= {(party.province, current), (current, current)}
    return [
        (old, Markup("{}").format(old if old == now else _with_now(old, now, language)))
        for old, now in sorted(named, key=lambda pair: (fold(pair[0]), pair))
    ]


def _with_now(old: str, now: str, language: Language) -> str:
    return f"{old} ({label('now_called', language, name=now)})"
