"""Bodies: where a name ends, of what kind it is, to which province it belongs."""

from pathlib import Path

import pytest

from hochoi.provinces import ProvinceTable
from hochoi.types import PartyKind
from ingest.visit_bodies import Body, BodyReader
from ingest.visit_words import split_words

PROVINCES = ProvinceTable.read(Path("corpus/provinces.csv"))


def _bodies(text: str) -> list[Body]:
    return BodyReader(text, split_words(text), PROVINCES.find(text)).read()


@pytest.mark.parametrize(
    ("text", "name", "kind", "province"),
    [
        ("tại Sở Nội vụ tỉnh Hà Nam tìm", "Sở Nội vụ tỉnh Hà Nam", PartyKind.PROVINCE, "Hà Nam"),
        (
            "Sở Văn hóa, Thể thao và Du lịch TP.HCM đón",
            "Sở Văn hóa, Thể thao và Du lịch TP.HCM",
            PartyKind.PROVINCE,
            "Hồ Chí Minh",
        ),
        (
            "với UBND tỉnh Thừa Thiên Huế về",
            "UBND tỉnh Thừa Thiên Huế",
            PartyKind.PROVINCE,
            "Huế",
        ),
        ("UBND phường Bình Dương,", "UBND phường Bình Dương", PartyKind.DISTRICT, None),
        ("tại Quận 7.", "Quận 7", PartyKind.DISTRICT, None),
        (
            "đoàn Bộ Thông tin và Truyền thông làm việc",
            "Bộ Thông tin và Truyền thông",
            PartyKind.MINISTRY,
            None,
        ),
        (
            "Bộ Công nghệ và Truyền thông Lào do",
            "Bộ Công nghệ và Truyền thông Lào",
            PartyKind.FOREIGN,
            None,
        ),
        ("đoàn thành phố Ulsan đến", "thành phố Ulsan", PartyKind.FOREIGN, None),
        ("Tập đoàn Sơn La đã", "Tập đoàn Sơn La", PartyKind.OTHER, None),
        ("Ngân hàng Thế giới khảo sát", "Ngân hàng Thế giới", PartyKind.FOREIGN, None),
        (
            "Vụ Cải cách hành chính, Bộ Nội vụ tổ chức",
            "Vụ Cải cách hành chính, Bộ Nội vụ",
            PartyKind.MINISTRY,
            None,
        ),
        ("Bí thư Huyện ủy Sa Pa dẫn", "Huyện ủy Sa Pa", PartyKind.DISTRICT, None),
    ],
)
def test_read_body_ends_with_its_name_and_has_its_kind(
    text: str, name: str, kind: PartyKind, province: str | None
) -> None:
    body = _bodies(text)[0]
    assert (body.text, body.kind, body.province) == (name, kind, province)
    assert text[body.start : body.end] == name


def test_read_person_behind_an_agency_is_no_part_of_it() -> None:
    texts = [b.text for b in _bodies("Chủ tịch UBND phường Nam Định Bùi Quang Hiển")]
    assert texts == ["UBND phường Nam Định"]


def test_read_district_takes_the_province_named_behind_it_anywhere() -> None:
    bodies = _bodies("UBND quận Ninh Kiều đón khách. Quận Ninh Kiều, thành phố Cần Thơ, rất vui.")
    assert [b.province for b in bodies if b.kind is PartyKind.DISTRICT] == ["Cần Thơ", "Cần Thơ"]


def test_read_acronym_means_the_body_that_introduced_it() -> None:
    first, second = _bodies("Tập đoàn Bưu chính Viễn thông Việt Nam (VNPT) đến. Đoàn VNPT về.")
    assert second.text == "VNPT"
    assert second.key == first.key


def test_read_bodies_do_not_overlap() -> None:
    bodies = _bodies("Văn phòng UBND tỉnh Hà Nam và Trung tâm Phục vụ hành chính công tỉnh Hà Nam")
    assert len(bodies) == 2
    assert bodies[0].end <= bodies[1].start
