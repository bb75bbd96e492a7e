from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from hochoi.browsing import Column, Names, Role, VisitFilter
from tests.ui.samples import PROVINCES
from ui.browse.address import View, Wanted, read_address

TOPICS = {"mot_cua", "DTI"}
FULL = Wanted(
    filter=VisitFilter(
        words="đoàn & số=1",
        province="Hải Dương",
        role=Role.HOST,
        host="Bắc Ninh",
        visitor="Bộ Nội vụ Lào",
        year=2019,
        topic="DTI",
        is_everything=True,
    ),
    view=View.NETWORK,
    names=Names.NOW,
    column=Column.HOST,
    descending=False,
    page=3,
    provinces_only=True,
)


def read(address: str) -> Wanted:
    return read_address(dict(parse_qsl(urlsplit(address).query)), PROVINCES, TOPICS)


@pytest.mark.parametrize("wanted", [Wanted(), FULL, replace(FULL, view=View.COVERAGE, page=1)])
def test_address_read_back_asks_for_the_same(wanted: Wanted) -> None:
    assert read(wanted.url()) == wanted


def test_address_without_wishes_is_the_plain_path() -> None:
    assert Wanted().url() == "/visits"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("year=19", "year"), ("year=2019x", "year"), ("year=²019", "year"),
        ("province=Atlantis", "province"), ("topic=none", "topic"), ("view=map", "view"),
        ("sort=score", "sort"), ("page=0", "page"), ("names=later", "names"), ("role=x", "role"),
        (f"q={'a' * 201}", "q"), ("q=%00", "q"), ("host=a%0Ab", "host"),
    ],
)  # fmt: skip
def test_address_value_that_makes_no_sense_is_left_out_and_named(query: str, name: str) -> None:
    wanted = read(f"/visits?{query}")
    assert wanted.ignored == (name,)
    assert wanted == Wanted()


def test_behind_opens_the_table_and_keeps_the_other_filters() -> None:
    behind = read(FULL.behind(topic="mot_cua"))
    assert (behind.view, behind.page) == (View.TABLE, 1)
    assert behind.filter == replace(FULL.filter, topic="mot_cua")
