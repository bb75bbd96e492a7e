"""Starters are kept: made once for each state of the record, and not for everybody at once."""

import threading

from tests.people_door import Clock
from ui.site import STARTERS_S, KeptStarters


class Maker:
    """Makes starters that name the revision they were made for, and counts."""

    def __init__(self) -> None:
        self.revision, self.made = 1, 0

    def __call__(self) -> tuple[str, ...]:
        self.made += 1
        return (f"q{self.revision}",)


def kept_by(maker: Maker, clock: Clock) -> KeptStarters:
    return KeptStarters(lambda: maker.revision, maker, clock)


def test_starters_of_an_unchanged_record_are_made_once() -> None:
    maker = Maker()
    starters = kept_by(maker, Clock())
    assert [starters(), starters()] == [("q1",), ("q1",)]
    assert maker.made == 1


def test_starters_after_a_change_are_made_anew_but_not_at_every_change() -> None:
    maker, clock = Maker(), Clock()
    starters = kept_by(maker, clock)
    starters()
    maker.revision = 2
    starters.refresh()
    assert starters() == ("q1",)
    clock.now += STARTERS_S
    assert starters() == ("q1",)  # no visitor waits for new ones
    starters.refresh()
    assert starters() == ("q2",)
    assert maker.made == 2


def test_starters_of_an_empty_library_are_looked_for_at_every_change() -> None:
    maker = Maker()
    found: list[tuple[str, ...]] = [(), ("q",)]
    starters = KeptStarters(lambda: maker.revision, lambda: found.pop(0), Clock())
    assert starters() == ()
    maker.revision = 2
    assert starters() == ("q",)


def test_starters_are_made_anew_while_visitors_get_those_of_before() -> None:
    maker, clock = Maker(), Clock()
    begun, may_end = threading.Event(), threading.Event()

    def slowly() -> tuple[str, ...]:
        if maker.made:
            begun.set()
            assert may_end.wait(10)
        return maker()

    starters = KeptStarters(lambda: maker.revision, slowly, clock)
    starters()
    maker.revision, clock.now = 2, clock.now + STARTERS_S
    thread = threading.Thread(target=starters.refresh)
    thread.start()
    assert begun.wait(10)
    assert starters() == ("q1",)
    may_end.set()
    thread.join()
    assert starters() == ("q2",)
    assert maker.made == 2
