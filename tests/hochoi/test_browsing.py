"""Filters, order, links and coverage over four visits made by hand."""

from dataclasses import replace
from datetime import date

import pytest

from hochoi.browsing import (
    Column,
    Names,
    Role,
    VisitFilter,
    arrange,
    coverage,
    is_visit,
    links,
    select,
)
from hochoi.provinces import ProvinceTable
from hochoi.settings import SHIPPED
from hochoi.types import Party, PartyKind, Person, Report, Stated, Visit

TABLE = ProvinceTable.read(SHIPPED / "corpus" / "provinces.csv")


def party(
    text: str,
    province: str | None = None,
    current: str | None = None,
    kind: PartyKind = PartyKind.PROVINCE,
) -> Stated[Party]:
    return Stated(Party(text, province, current, kind), 0, 0)


HAI_DUONG = party("UBND tỉnh Hải Dương", "Hải Dương", "Hải Phòng")
HAI_PHONG = party("thành phố Hải Phòng", "Hải Phòng", "Hải Phòng")
BAC_NINH = party("tỉnh Bắc Ninh", "Bắc Ninh", "Bắc Ninh")
LAO = party("Bộ Nội vụ Lào", kind=PartyKind.FOREIGN)


def report(name: str, visit: Visit) -> Report:
    return Report(name, f"{name}.txt", visit.title, "txt", name, visit)


FIRST = report(
    "first",
    Visit(
        title="Hải Dương học Bắc Ninh",
        host=(BAC_NINH,),
        visitors=(HAI_DUONG,),
        date_first=date(2019, 7, 24),
        date_last=date(2019, 7, 25),
        topics=("mot_cua",),
        head_of_delegation=Stated(Person("Lê Văn Tám", None), 0, 0),
    ),
)
SECOND = report(
    "second",
    Visit(
        title="Hải Phòng học Bắc Ninh",
        host=(BAC_NINH,),
        visitors=(HAI_PHONG,),
        date_first=date(2025, 8, 6),
        topics=("mot_cua", "DTI"),
    ),
)
FOREIGN = report(
    "foreign", Visit(title="Lào đến Hải Phòng", host=(HAI_PHONG,), visitors=(LAO, BAC_NINH))
)
NO_VISIT = report("none", Visit(title="Bắc Ninh đứng đầu", host=(BAC_NINH,), topics=("DTI",)))
ALL = (FIRST, SECOND, FOREIGN, NO_VISIT)


def found(wanted: VisitFilter, names: Names = Names.THEN) -> list[str]:
    return [r.report_id for r in select(ALL, wanted, names, TABLE)]


def test_select_without_filter_gives_visits_only() -> None:
    assert found(VisitFilter()) == ["first", "second", "foreign"]
    assert [is_visit(r.visit) for r in ALL] == [True, True, True, False]


def test_select_everything_gives_reports_without_visitor_too() -> None:
    assert found(VisitFilter(is_everything=True)) == ["first", "second", "foreign", "none"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (VisitFilter(words="HAI DUONG"), ["first"]),  # folded, any order, every word
        (VisitFilter(words="tam le"), ["first"]),  # the head of the delegation
        (VisitFilter(words="lao dti"), []),
        (VisitFilter(province="Bắc Ninh", role=Role.VISITOR), ["foreign"]),
        (VisitFilter(province="Bắc Ninh", role=Role.HOST), ["first", "second"]),
        (VisitFilter(province="Hải Dương"), ["first"]),  # an old name means its own territory
        (VisitFilter(province="Hải Phòng"), ["first", "second", "foreign"]),  # today's unit
        (VisitFilter(year=2019), ["first"]),
        (VisitFilter(topic="DTI"), ["second"]),
        (VisitFilter(year=2024), []),  # an undated visit does not fit
        (VisitFilter(visitor="Bộ Nội vụ Lào", host="Hải Phòng"), ["foreign"]),
    ],
    ids=str,
)
def test_select_filter_keeps_what_states_it(wanted: VisitFilter, expected: list[str]) -> None:
    assert found(wanted) == expected


def test_select_host_and_visitor_go_by_the_chosen_names() -> None:
    assert found(VisitFilter(visitor="Hải Phòng"), Names.NOW) == ["first", "second"]
    assert found(VisitFilter(visitor="Hải Phòng"), Names.THEN) == ["second"]


@pytest.mark.parametrize("descending", [True, False])
def test_arrange_by_date_puts_undated_last_either_way(descending: bool) -> None:
    ordered = [r.report_id for r in arrange(ALL[:3], Column.DATE, descending=descending)]
    dated = ["second", "first"] if descending else ["first", "second"]
    assert ordered == [*dated, "foreign"]


@pytest.mark.parametrize("column", list(Column))
def test_arrange_keeps_every_report_once(column: Column) -> None:
    assert sorted(r.report_id for r in arrange(ALL, column)) == sorted(r.report_id for r in ALL)


def test_links_then_are_pairs_of_visitor_and_host() -> None:
    pairs = {(k.visitor, k.host): len(k.reports) for k in links(ALL, Names.THEN)}
    assert pairs == {
        ("Hải Dương", "Bắc Ninh"): 1,
        ("Hải Phòng", "Bắc Ninh"): 1,
        ("Bộ Nội vụ Lào", "Hải Phòng"): 1,
        ("Bắc Ninh", "Hải Phòng"): 1,
    }


def test_links_now_join_what_became_one_province_most_visits_first() -> None:
    first, *_ = links(ALL, Names.NOW)
    assert (first.visitor, first.host) == ("Hải Phòng", "Bắc Ninh")
    assert [r.report_id for r in first.reports] == ["first", "second"]


def test_links_between_provinces_leave_ministries_and_foreign_bodies_out() -> None:
    visitors = {k.visitor for k in links(ALL, Names.THEN, provinces_only=True)}
    assert "Bộ Nội vụ Lào" not in visitors


def test_links_within_one_province_are_none() -> None:
    visit = replace(FIRST.visit, visitors=(BAC_NINH,))
    assert links([report("x", visit)], Names.THEN) == ()


def test_coverage_counts_each_report_once_per_province_and_topic() -> None:
    covered = coverage(ALL, ("mot_cua", "DTI"), Names.NOW, TABLE)
    assert covered.totals == {"Bắc Ninh": 4, "Hải Phòng": 3}
    assert covered.counts == {
        ("Bắc Ninh", "mot_cua"): 2, ("Bắc Ninh", "DTI"): 2,
        ("Hải Phòng", "mot_cua"): 2, ("Hải Phòng", "DTI"): 1,
    }  # fmt: skip
    assert covered.provinces == ("Bắc Ninh", "Hải Phòng")
    assert len(covered.missing) == len(TABLE.current_names) - 2


def test_coverage_of_visitors_leaves_hosts_out() -> None:
    covered = coverage(ALL, ("mot_cua",), Names.THEN, TABLE, Role.VISITOR)
    assert set(covered.provinces) == {"Hải Dương", "Hải Phòng", "Bắc Ninh"}
    assert covered.totals["Bắc Ninh"] == 1
    assert len(covered.missing) == len(TABLE.names) - 3
