"""People: names and titles in both orders, and what is no person."""

from pathlib import Path

import pytest

from hochoi.provinces import ProvinceTable
from hochoi.types import Person
from ingest.visit_bodies import BodyReader
from ingest.visit_people import PersonReader
from ingest.visit_words import split_words

PROVINCES = ProvinceTable.read(Path("corpus/provinces.csv"))


def _people(text: str) -> list[Person]:
    words = split_words(text)
    bodies = BodyReader(text, words, PROVINCES.find(text)).read()
    return [somebody.person for somebody in PersonReader(text, words, bodies).read()]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("ông Tạ Văn Dũng, Chánh Văn phòng UBND tỉnh;", "Tạ Văn Dũng", "Chánh Văn phòng UBND tỉnh"),
        (
            "Phó Chủ tịch HĐND tỉnh Bến Tre Đoàn Minh Triết đón",
            "Đoàn Minh Triết",
            "Phó Chủ tịch HĐND tỉnh Bến Tre",
        ),
        (
            "Phó Chủ tịch UBND thành phố Lê Hoàng Bảo Quân",
            "Lê Hoàng Bảo Quân",
            "Phó Chủ tịch UBND thành phố",
        ),
        ("Giám đốc Sở Trịnh Hoài Đức Anh làm", "Trịnh Hoài Đức Anh", "Giám đốc Sở"),
        ("Trưởng phòng Đăng ký kinh doanh Quách Đại Nghĩa", "Quách Đại Nghĩa", None),
        ("Thứ trưởng Bounmy Keovongsa dẫn đầu", "Bounmy Keovongsa", "Thứ trưởng"),
        ("John Jung, đồng sáng lập ICF, nói", "John Jung", "đồng sáng lập ICF"),
        ("ông K'Bình Sơn, Chánh Văn phòng UBND tỉnh", "K'Bình Sơn", "Chánh Văn phòng UBND tỉnh"),
        (
            "Phó Chủ tịch UBND phường Bắc Cường, chị Lù Thị Mẩy, dẫn đoàn",
            "Lù Thị Mẩy",
            "Phó Chủ tịch UBND phường Bắc Cường",
        ),
        ("Đại tá Lê Văn Hóa, Phó Giám đốc Công an tỉnh", "Lê Văn Hóa", "Phó Giám đốc Công an tỉnh"),
    ],
)
def test_read_person_has_name_and_whole_title(text: str, name: str, title: str | None) -> None:
    (person,) = _people(text)
    assert person.name == name
    if title is not None:
        assert person.title == title


def test_read_two_people_joined_by_and_stay_two() -> None:
    people = _people("bà Châu Ngọc Diễm, Chủ tịch UBND quận và ông Lý Quốc Khải, Chánh Văn phòng")
    assert people == [
        Person("Châu Ngọc Diễm", "Chủ tịch UBND quận"),
        Person("Lý Quốc Khải", "Chánh Văn phòng"),
    ]


def test_read_title_with_two_offices_is_one() -> None:
    (person,) = _people("đồng chí Le Van Hieu, Phó Bí thư Thành ủy, Chủ tịch HĐND thành phố làm")
    assert person.title == "Phó Bí thư Thành ủy, Chủ tịch HĐND thành phố"


@pytest.mark.parametrize(
    "text", ["tỉnh Hà Nam", "Trung tâm Hội nghị Quốc gia", "Công viên phần mềm số 2", "Bà Rịa"]
)
def test_read_place_is_no_person(text: str) -> None:
    assert _people(text) == []
