import pytest

from ui.local_time import day_and_time, day_begins, day_ends


def test_day_and_time_is_that_of_vietnam() -> None:
    assert day_and_time("2026-11-27T18:30:59+00:00") == "28/11/2026 01:30"
    assert day_and_time("2026-11-27T18:30:59+00:00", seconds=True) == "28/11/2026 01:30:59"


def test_day_of_vietnam_begins_seven_hours_before() -> None:
    assert day_begins("27/11/2026") == "2026-11-26T17:00:00+00:00"
    assert day_ends("27/11/2026") == "2026-11-27T17:00:00+00:00"


@pytest.mark.parametrize("text", ["", "x", "13/13/2026", "2026-11-27"])
def test_day_that_is_none_is_empty(text: str) -> None:
    assert day_begins(text) == day_ends(text) == ""
