"""Visit fields of broken text: no exception, linear time, no field rather than a wrong one."""

import random
from pathlib import Path

import pytest

from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.settings import SHIPPED
from hochoi.types import Extraction, Visit
from ingest.visit_fields import describe
from tests.hostile_texts import UNITS, grows_in_proportion, hostile

PROVINCES = ProvinceTable.read(SHIPPED / "corpus" / "provinces.csv")
TOPICS = TopicTable.read(SHIPPED / "corpus" / "topics.toml")
UNSEEN = sorted(Path("tests/data/visit_fields_unseen").glob("*.txt"))
# Names, titles, dates or counts in them tell of no visit, however often they stand there.
NO_VISIT = (
    "people capitals adverbs behalf days dates years digits thousands stops quotes slogans bullets"
    " colons controls private emoji agencies titles weekdays"
).split()


def _described(text: str, title: str = "Tin") -> Visit:
    return describe(Extraction(title, f"{title}\n{text}", "txt"), PROVINCES, TOPICS)


def _is_empty(visit: Visit) -> bool:
    people = (visit.head_of_delegation, visit.deputy_heads, visit.host_leads, visit.participants)
    when = (visit.date_text, visit.date_first, visit.date_last)
    return not any((visit.host, visit.visitors, visit.places, *people, *when))


@pytest.mark.parametrize("name", UNITS)
def test_describe_long_line_takes_time_in_proportion(name: str) -> None:
    assert grows_in_proportion(_described, name, 64_000)


@pytest.mark.parametrize("name", ["delegations", "addresses", "agencies", "quotes", "scripts"])
def test_describe_one_line_of_a_megabyte_is_described(name: str) -> None:
    assert isinstance(_described(hostile(name, 1_000_000)), Visit)


@pytest.mark.parametrize("name", NO_VISIT)
def test_describe_words_without_a_visit_leave_all_fields_empty(name: str) -> None:
    assert _is_empty(_described(hostile(name, 3_000)))


@pytest.mark.parametrize(
    "text",
    [
        "“Đoàn “công tác “của “ai đó” đến” đây” rồi” về",
        "Đoàn đã đến. Đoàn đã về. Hai bên cảm ơn nhau.",
        "Ngày mai đoàn sẽ đi đâu chưa rõ; ai dẫn đầu, ai tiếp, bao nhiêu người cũng chưa rõ.",
        "ĐOÀN CÔNG TÁC ĐOÀN CÔNG TÁC TIẾP TIẾP TIẾP",
        "дe̶легация Đoàn 代表団 12 00 :: ;; tiếp (((",
    ],
)
def test_describe_visit_without_names_has_no_party_and_no_person(text: str) -> None:
    visit = _described(text)
    assert not visit.host
    assert not visit.visitors
    assert visit.head_of_delegation is None
    assert not visit.host_leads
    assert visit.participants is None
    assert visit.date_text is None


def test_describe_report_cut_or_shuffled_anywhere_quotes_its_text() -> None:
    chance = random.Random(11)
    for path in UNSEEN[::3]:
        whole = path.read_text(encoding="utf-8").strip()
        words = whole.split(" ")
        chance.shuffle(words)
        for text in (whole[: chance.randrange(len(whole))], " ".join(words)):
            visit = _described(text)
            full = f"Tin\n{text}"
            for party in (*visit.host, *visit.visitors):
                assert full[party.start : party.end] == party.value.text
            for place in visit.places:
                assert full[place.start : place.end] == place.value
            for person in visit.host_leads:
                assert (person.value.name or "") in full[person.start : person.end]
