"""Slices name what questions share."""

from datetime import date

from evaluation.slices import members, slices_of
from evaluation.testset import Expectation
from hochoi.types import Party, PartyKind, Report, Stated, Visit


def report_of(current: str, year: int, form: str) -> Report:
    party = Party("tỉnh", current, current, PartyKind.PROVINCE)
    visit = Visit("t", host=(Stated(party, 0, 4),), date_first=date(year, 5, 1))
    return Report("r", "r.txt", "tỉnh", form, "s", visit)


def test_slices_come_from_expectation_and_right_reports() -> None:
    expectation = Expectation("q1", kind="who", tags=("unaccented", "old_name", "follow_up"))
    found = slices_of(expectation, [report_of("Huế", 2022, "html"), report_of("Huế", 2023, "txt")])
    assert found == (
        ("kind", "who"),
        ("accents", "unaccented"),
        ("naming", "old"),
        ("province", "Huế"),
        ("year", "2022"),
        ("year", "2023"),
        ("format", "html"),
        ("format", "txt"),
        ("tag", "follow_up"),
    )


def test_slices_of_a_question_without_anything_are_none() -> None:
    assert slices_of(None, []) == ()


def test_members_follow_the_order_of_dimensions_then_values() -> None:
    found = members({"q1": [("year", "2023"), ("kind", "who")], "q2": [("kind", "when")]})
    assert list(found) == [("kind", "when"), ("kind", "who"), ("year", "2023")]
    assert found["kind", "who"] == ["q1"]
