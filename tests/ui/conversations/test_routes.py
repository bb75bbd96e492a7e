"""The list of conversations, its files and its forms, as two people use them side by side."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from hochoi.people.conversations import Conversations
from hochoi.types import Filters
from tests.people_door import Clock
from tests.ui.house import House, open_house, token_in
from tests.ui.html_reading import elements
from tests.ui.samples import answered


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("kept"), Clock()) as house:
        yield house


@pytest.fixture
def kept(house: House) -> Conversations:
    return Conversations(house.door.people)


@pytest.fixture
def mine(house: House, kept: Conversations) -> Iterator[str]:
    """A conversation of the official; gone afterwards."""
    owner = house.door.accounts.named("official").person_id
    conversation_id = kept.begin(owner)
    turn_id = kept.ask(owner, conversation_id, "Đoàn <b>Cà Mau</b>?", Filters())
    kept.answered(owner, conversation_id, turn_id, answered())
    yield conversation_id
    for summary in kept.find(owner):
        kept.delete(owner, summary.conversation_id)


@pytest.fixture
def official(house: House) -> TestClient:
    return house.browser("official")


def titles(client: TestClient, query: str = "") -> list[str]:
    html = client.get("/conversations", params={"q": query}).text
    return [e.text for e in elements(html, "h2")]


def post(client: TestClient, path: str, **fields: str) -> int:
    token = token_in(client.get("/account").text)
    return client.post(path, data={"form_token": token, **fields}).status_code


def test_page_to_print_is_only_for_its_owner(house: House, official: TestClient, mine: str) -> None:
    assert "Đoàn gồm 14 người." in official.get(f"/conversations/{mine}/print").text
    assert house.browser("admin").get(f"/conversations/{mine}/print").status_code == 404


def test_list_shows_one_s_own_and_finds_by_words(official: TestClient, mine: str) -> None:
    assert titles(official) == ["Đoàn <b>Cà Mau</b>?"]
    assert titles(official, "14 nguoi") == ["Đoàn <b>Cà Mau</b>?"]
    html = official.get("/conversations", params={"q": "quảng ninh"}).text
    assert "Không có cuộc trò chuyện nào chứa các từ này." in html
    assert titles(official, "quảng ninh") == []


def test_files_are_downloads_with_the_answer(official: TestClient, mine: str) -> None:
    word = official.get(f"/conversations/{mine}.docx")
    assert word.headers["content-disposition"].startswith("attachment; ")
    assert word.content.startswith(b"PK")
    text = official.get(f"/conversations/{mine}.md")
    assert text.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "Đoàn gồm 14 người.[^1]" in text.text


def test_rename_needs_the_form_s_token_and_shows_the_new_name(
    official: TestClient, mine: str
) -> None:
    path = f"/conversations/{mine}/rename"
    assert official.post(path, data={"title": "Khác"}).status_code == 403
    assert post(official, path, title="Việc <i>của tôi</i>") == 303
    assert titles(official) == ["Việc <i>của tôi</i>"]


def test_delete_asks_first_and_then_removes(official: TestClient, mine: str) -> None:
    page = official.get(f"/conversations/{mine}/delete")
    assert "Không lấy lại được" in page.text
    assert titles(official)  # still there
    assert post(official, f"/conversations/{mine}/delete") == 303
    assert titles(official) == []
    assert "Đã xoá" in official.get("/conversations?done=deleted").text
    assert official.get(f"/conversations/{mine}.md").status_code == 404


@pytest.mark.parametrize("end", [".docx", ".md", "/delete"])
def test_what_belongs_to_somebody_else_is_not_found(house: House, mine: str, end: str) -> None:
    stranger = house.browser("admin")
    answer = stranger.get(f"/conversations/{mine}{end}")
    assert answer.status_code == 404
    assert "Không có cuộc trò chuyện này" in answer.text
    assert titles(stranger) == []


@pytest.mark.parametrize("end", ["/delete", "/rename"])
def test_nobody_changes_what_belongs_to_somebody_else(
    house: House, official: TestClient, mine: str, end: str
) -> None:
    assert post(house.browser("admin"), f"/conversations/{mine}{end}", title="x") == 404
    assert titles(official) == ["Đoàn <b>Cà Mau</b>?"]


def test_without_an_account_there_is_nothing_to_see(house: House, mine: str) -> None:
    assert house.browser().get(f"/conversations/{mine}.md").status_code in {303, 401}
