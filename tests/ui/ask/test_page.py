"""The events of the page: whose session ends meanwhile sees no more; filters are drawn once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import gradio as gr
import pytest
from starlette.requests import Request

from hochoi.people.conversations import Conversations
from hochoi.people.opinions import Opinions
from hochoi.types import Answer, Filters, Progress
from tests.people_door import BY, CHEAP, People, open_people
from tests.ui.samples import answered, filled_store, site_with
from ui.ask.exchange import Desk
from ui.ask.page import AskPage
from ui.door.door import Door, open_door
from ui.door.identify import identify
from ui.door.options import DoorOptions
from ui.door.peer import Peer
from ui.door.state import set_visitor
from ui.wording import Language


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with open_people(tmp_path) as people:
        yield people


def event_of(door: Door, token: str) -> gr.Request:
    """Return the request of an event, as the door lets it through."""
    scope = {"type": "http", "headers": [(b"cookie", f"hochoi_session={token}".encode())],
             "query_string": b""}  # fmt: skip
    request = Request(scope)
    set_visitor(scope, identify(request, door, Peer("127.0.0.1", False, ())))
    return gr.Request(request)


@pytest.mark.parametrize("ends_after", [0, 1, None])
def test_asked_shows_nothing_more_once_the_session_is_over(
    people: People, tmp_path: Path, ends_after: int | None
) -> None:
    account = people.add("an")

    def ask(
        question: str, history: tuple[str, ...], filters: Filters
    ) -> Iterator[Progress | Answer]:
        if ends_after == 0:
            people.accounts.end_sessions(account, BY)
        yield Progress("searching")
        if ends_after == 1:
            people.accounts.end_sessions(account, BY)
        yield answered()

    door = open_door(people.db, DoorOptions(open_asking=False), CHEAP, people.clock)
    store = filled_store(tmp_path)
    desk = Desk(ask, Conversations(people.db), Opinions(people.db))
    page = AskPage(site_with(store, ask, lambda: ()), desk, door)
    box, log, panel, problem, _ = list(
        page.asked("Ai?", "", "", event_of(door, people.sign_in("an")))
    )[-1]
    store.close()
    is_answered = ends_after is None
    assert ("14 người" in str(log)) is is_answered
    assert ("14 người" in str(panel)) is is_answered
    assert ("Phiên đăng nhập đã hết" in str(problem)) is not is_answered
    assert box != ""  # the box is not emptied by the last step
    if ends_after == 1:
        assert "Ai?" in str(log)
        assert "data-outcome" in str(log)  # nobody waits for more


def test_filters_are_drawn_once_for_each_state_of_the_library_and_each_language(
    people: People, tmp_path: Path
) -> None:
    def ask(
        question: str, history: tuple[str, ...], filters: Filters
    ) -> Iterator[Progress | Answer]:
        yield answered()

    store = filled_store(tmp_path)
    states = [{r.report_id: r for r in store.reports()}, {}]
    site = replace(site_with(store, ask, lambda: ()), reports=lambda: states[0])
    door = open_door(people.db, DoorOptions(open_asking=True), CHEAP, people.clock)
    page = AskPage(site, Desk(ask, Conversations(people.db), Opinions(people.db)), door)
    vietnamese = page.filters(page.scene(Language.VI))
    assert page.filters(page.scene(Language.VI)) is vietnamese
    english = page.filters(page.scene(Language.EN))
    assert english != vietnamese
    states.pop(0)
    assert page.filters(page.scene(Language.VI)) != vietnamese
    assert page.filters(page.scene(Language.EN)) != english
    store.close()
