"""What a question singles out among visits, and the groups that visits count in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hochoi.drafting.overview import Extreme, Grouping, Overview, Scope, requested
from hochoi.drafting.overview_groups import GroupNames, groups_of, one_spelling, single_out
from hochoi.drafting.overview_matching import Tests as LookUps
from hochoi.drafting.overview_matching import days_of
from hochoi.types import Party, PartyKind, Person, Report, Stated, Visit
from hochoi.understood import QuestionKind
from tests.question_reading import PLACES, asked

LOOK_UPS = LookUps(
    lambda code: (), lambda t: [n.place for n in PLACES.find(t, t, plain=False)], lambda w: ()
)
NAMES = GroupNames(str.upper, str, lambda party: party.text)


def overview(extreme: Extreme | None = None, *groupings: Grouping) -> Overview:
    return Overview(QuestionKind.LIST, (), Scope.VISITS, groupings, extreme=extreme)


def report(number: int, visit: Visit) -> Report:
    return Report(f"r{number}", f"r{number}.txt", visit.title, "txt", "sha", visit)


def party(name: str, kind: PartyKind = PartyKind.PROVINCE) -> Stated[Party]:
    province = name if kind is PartyKind.PROVINCE else None
    return Stated(Party(name, province, province, kind), 0, 1)


days = st.none() | st.integers(0, 5000).map(lambda n: date(2015, 1, 1) + timedelta(n))
visits = st.builds(
    lambda day, people, host: Visit(
        "Tin",
        host=(party(host),),
        date_first=day,
        participants=Stated(people, 0, 1) if people is not None else None,
    ),
    days,
    st.none() | st.integers(1, 99),
    st.sampled_from(["Huế", "Sơn La", "Cà Mau"]),
)
reports = st.lists(visits, max_size=12).map(lambda all_: [report(n, v) for n, v in enumerate(all_)])


@given(reports)
def test_single_out_nothing_that_states_its_day_is_later_or_earlier(found: list[Report]) -> None:
    latest = single_out(overview(Extreme.LATEST), found, lambda r: set())
    earliest = single_out(overview(Extreme.EARLIEST), found, lambda r: set())
    known = [day for r in found if (day := days_of(r.visit)[0]) is not None]
    assert (latest is None) == (earliest is None) == (not known)
    if latest is not None and earliest is not None:
        assert {days_of(r.visit)[0] for r in latest.reports} == {max(known)}
        assert {days_of(r.visit)[0] for r in earliest.reports} == {min(known)}
        assert latest.compared == earliest.compared == len(known)


@given(reports)
def test_single_out_no_delegation_is_larger_or_smaller(found: list[Report]) -> None:
    known = [r.visit.participants.value for r in found if r.visit.participants is not None]
    for extreme, best in ((Extreme.LARGEST, max), (Extreme.SMALLEST, min)):
        singled = single_out(overview(extreme), found, lambda r: set())
        assert (singled is None) == (not known)
        if singled is not None:
            assert singled.size == best(known)
            assert len(singled.reports) == known.count(best(known))


@given(reports)
def test_single_out_rows_are_all_visits_of_the_leading_groups(found: list[Report]) -> None:
    most = overview(Extreme.MOST, Grouping.HOST)

    def groups(r: Report) -> set[str]:
        return groups_of(r, Grouping.HOST, most, LOOK_UPS, NAMES)

    singled = single_out(most, found, groups)
    assert (singled is None) == (not found)
    if singled is not None:
        for name in singled.names:
            assert singled.size == sum(name in groups(r) for r in found)
        assert [r for r in found if groups(r) & set(singled.names)] == list(singled.reports)
        assert all(
            sum(n in groups(r) for r in found) <= (singled.size or 0) for n in ("Huế", "Sơn La")
        )


def test_groups_by_host_leave_out_a_province_that_inspects_itself() -> None:
    own = Visit("Tin", host=(party("Huế"),), visitors=(party("Huế"),))
    assert groups_of(report(1, own), Grouping.HOST, overview(), LOOK_UPS, NAMES) == set()
    guests = replace(own, visitors=(party("Sơn La"),))
    assert groups_of(report(1, guests), Grouping.HOST, overview(), LOOK_UPS, NAMES) == {"Huế"}


def test_groups_by_country_come_from_the_name_then_from_the_title() -> None:
    visitors = (party("quận Yeongdo", PartyKind.FOREIGN),)
    visit = Visit("Bình Dương tiếp đoàn Hàn Quốc", visitors=visitors)
    found = groups_of(report(1, visit), Grouping.COUNTRY, overview(), LOOK_UPS, NAMES)
    assert found == {"Hàn Quốc"}


def test_groups_by_person_count_both_spellings_as_one() -> None:
    def led_by(number: int, name: str) -> Report:
        head = Stated(Person(name, None), 0, 1)
        return report(number, Visit("Tin", head_of_delegation=head))

    found: Sequence[Report] = [led_by(1, "Nguyen Manh Hung"), led_by(2, "Nguyễn Mạnh Hùng")]
    names = replace(NAMES, person=one_spelling(found))
    groups = [groups_of(r, Grouping.HEAD, overview(), LOOK_UPS, names) for r in found]
    assert groups == [{"Nguyễn Mạnh Hùng"}] * 2


@pytest.mark.parametrize(
    ("question", "least", "most"),
    [
        ("Liệt kê các đoàn trên 50 người", 51, None),
        ("Liệt kê các đoàn có từ 50 người", 50, None),
        ("Liệt kê các đoàn dưới 50 người", None, 49),
        ("Liệt kê các đoàn không quá 50 người", None, 50),
        ("Liệt kê các đoàn gồm 50 người", 50, 50),
    ],
)
def test_requested_size_has_the_bounds_of_its_words(
    question: str, least: int | None, most: int | None
) -> None:
    found = requested(asked(question))
    assert found is not None
    assert found.size is not None
    assert (found.size.least, found.size.most) == (least, most)
    assert found.words == ()
