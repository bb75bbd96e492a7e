"""Visit fields in many wordings of the same facts: what an author may write, one lead at a time."""

from pathlib import Path

import pytest

from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.settings import SHIPPED
from hochoi.types import Extraction, PartyKind, Visit
from ingest.visit_fields import describe

PROVINCES = ProvinceTable.read(SHIPPED / "corpus" / "provinces.csv")
TOPICS = TopicTable.read(SHIPPED / "corpus" / "topics.toml")
LEADS = Path("tests/data/visit_leads.txt").read_text(encoding="utf-8").splitlines()
LEAD = (
    "Ngày 12/5/2023, đoàn công tác tỉnh Tuyên Quang do ông Nguyễn Văn Bình, Phó Chủ tịch UBND"
    " tỉnh, dẫn đầu đã làm việc tại tỉnh Bắc Ninh."
)


def _described(text: str, title: str = "Trao đổi kinh nghiệm") -> Visit:
    return describe(Extraction(title, f"{title}\n\n{text}", "txt"), PROVINCES, TOPICS)


@pytest.mark.parametrize("lead", LEADS, ids=range(len(LEADS)))
def test_describe_lead_in_any_wording_tells_the_same_visit(lead: str) -> None:
    visit = _described(lead)
    assert [p.value.province for p in visit.host] == ["Bắc Ninh"]
    assert [p.value.province for p in visit.visitors] == ["Tuyên Quang"]
    assert visit.head_of_delegation is not None
    assert visit.head_of_delegation.value.name == "Nguyễn Văn Bình"
    assert (visit.head_of_delegation.value.title or "").startswith("Phó Chủ tịch UBND tỉnh")
    assert visit.participants is not None
    assert visit.participants.value == 15
    assert str(visit.date_first) == "2023-05-12"
    assert visit.host_leads == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Tiếp đoàn có bà Trần Thị Mai, Phó Chủ tịch UBND tỉnh Bắc Ninh.",
        "Tiếp đoàn có các ông, bà: Trần Thị Mai, Giám đốc Sở Nội vụ.",
        "Giám đốc Sở Nội vụ Trần Thị Mai đã tiếp đoàn.",
        "Chủ trì buổi tiếp là Phó Chủ tịch UBND tỉnh Trần Thị Mai.",
        "Đoàn được Phó Chủ tịch UBND tỉnh Trần Thị Mai tiếp đón nồng hậu.",
        "Đón tiếp đoàn, đồng chí Trần Thị Mai, Phó Chủ tịch UBND tỉnh cho biết tỉnh cầu thị.",
        "Cùng dự về phía chủ nhà có bà Trần Thị Mai, Phó Chủ tịch UBND tỉnh.",
        "Phát biểu chào mừng đoàn, Phó Chủ tịch UBND tỉnh Bắc Ninh Trần Thị Mai nêu kết quả.",
        "Bà Trần Thị Mai, Giám đốc Sở Nội vụ, cùng các phòng đã giới thiệu phần mềm.",
        "Đoàn đã được nghe bà Trần Thị Mai, Giám đốc Sở Nội vụ tỉnh Bắc Ninh, báo cáo.",
        "Đoàn đã chào xã giao bà Trần Thị Mai, Chủ tịch UBND tỉnh Bắc Ninh.",
        "Về phía tỉnh có đồng chí Trần Thị Mai, Phó Chủ tịch UBND tỉnh.",
    ],
)
def test_describe_host_lead_in_any_wording_is_no_guest(sentence: str) -> None:
    visit = _described(f"{LEAD} {sentence}")
    assert [p.value.name for p in visit.host_leads] == ["Trần Thị Mai"]
    assert visit.head_of_delegation is not None
    assert visit.head_of_delegation.value.name == "Nguyễn Văn Bình"


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        (
            "UBND huyện Mai Châu thăm UBND huyện Mộc Châu. Chủ tịch UBND huyện Mai Châu Khà Văn"
            " Thưởng làm trưởng đoàn.",
            "Khà Văn Thưởng",
            "Chủ tịch UBND huyện Mai Châu",
        ),
        (
            "UBND quận Long Biên thăm UBND thị xã Từ Sơn. Dẫn đầu đoàn là Chủ tịch UBND quận"
            " Nguyễn Mạnh Hà Sơn.",
            "Nguyễn Mạnh Hà Sơn",
            "Chủ tịch UBND quận",
        ),
        (
            "HĐND tỉnh Hà Nam thăm HĐND tỉnh Nam Định. Trưởng đoàn là Phó Chủ tịch HĐND tỉnh Ông"
            " Thị Diệu Hiền.",
            "Ông Thị Diệu Hiền",
            "Phó Chủ tịch HĐND tỉnh",
        ),
        (
            "Đoàn thành phố Gwangju thăm UBND tỉnh Hà Nam. Phó Thị trưởng thành phố Gwangju (Hàn"
            " Quốc) Lee Sang-hoon dẫn đầu đoàn.",
            "Lee Sang-hoon",
            "Phó Thị trưởng thành phố Gwangju",
        ),
        (
            "Đoàn tỉnh Hà Nam thăm UBND tỉnh Nam Định, do bà Lê Thị Hoa (Chánh Văn phòng) dẫn đầu.",
            "Lê Thị Hoa",
            "Chánh Văn phòng",
        ),
    ],
)
def test_describe_name_of_a_person_ends_where_the_place_does(
    text: str, name: str, title: str
) -> None:
    head = _described(text, "Tin").head_of_delegation
    assert head is not None
    assert (head.value.name, head.value.title) == (name, title)


def test_describe_lists_under_a_side_belong_to_it() -> None:
    visit = _described(
        "Thời gian: ngày 12/5/2023.\nI. Bên tiếp: Sở Nội vụ tỉnh Bắc Ninh\n"
        "1. Bà Trần Thị Mai - Giám đốc Sở.\n2. Ông Lê Văn Tư - Phó Giám đốc Sở.\n"
        "II. Đoàn công tác: Sở Nội vụ tỉnh Tuyên Quang\n"
        "1. Ông Nguyễn Văn Bình - Phó Giám đốc Sở.\nIII. Nội dung: trao đổi.",
        "Biên bản làm việc",
    )
    assert [p.value.text for p in visit.host] == ["Sở Nội vụ tỉnh Bắc Ninh"]
    assert [p.value.text for p in visit.visitors] == ["Sở Nội vụ tỉnh Tuyên Quang"]
    assert [p.value.name for p in visit.host_leads] == ["Trần Thị Mai", "Lê Văn Tư"]
    assert visit.head_of_delegation is not None
    assert visit.head_of_delegation.value.name == "Nguyễn Văn Bình"


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("Đoàn thăm Bảo tàng tỉnh và chùa Dâu.", ["Bảo tàng tỉnh", "chùa Dâu"]),
        (
            "Đoàn khảo sát tại xã Phú Lâm, huyện Tiên Du và thị trấn Lim.",
            ["xã Phú Lâm", "thị trấn Lim"],
        ),
        ("Đoàn khảo sát tại UBND phường Suối Hoa.", ["UBND phường Suối Hoa"]),
        ("Đoàn đi dọc kho lạnh số 3.", ["kho lạnh số 3"]),
        ("Xem thực tế: UBND huyện Gia Bình.", ["UBND huyện Gia Bình"]),
        ("Đoàn họp tại Trung tâm Hội nghị tỉnh, phường Võ Cường.", ["Trung tâm Hội nghị tỉnh"]),
        ("Đoàn tham quan phần mềm quản lý văn bản.", []),
        ("Rời Bắc Ninh, khách qua Cửa khẩu quốc tế Hữu Nghị về nước.", []),
    ],
)
def test_describe_places_are_what_the_guests_saw(sentence: str, places: list[str]) -> None:
    assert [p.value for p in _described(f"{LEAD} {sentence}").places] == places


@pytest.mark.parametrize(
    ("title", "text", "host", "visitor"),
    [
        (
            "Học kinh nghiệm của quận Hải Châu",
            "UBND quận Hải Châu, thành phố Đà Nẵng đón đoàn quận Seocho (Seoul, Hàn Quốc).",
            ("UBND quận Hải Châu", "Đà Nẵng", PartyKind.DISTRICT),
            ("quận Seocho", None, PartyKind.FOREIGN),
        ),
        (
            "Chuyến công tác",
            "Đoàn tỉnh Hà Nam thăm và làm việc tại thành phố Tân Trúc (Đài Loan).",
            ("thành phố Tân Trúc", None, PartyKind.FOREIGN),
            ("tỉnh Hà Nam", "Hà Nam", PartyKind.PROVINCE),
        ),
        (
            "Tin",
            "Đoàn xã Lũng Cú, huyện Đồng Văn, tỉnh Hà Giang về làm việc với UBND tỉnh Nam Định.",
            ("UBND tỉnh Nam Định", "Nam Định", PartyKind.PROVINCE),
            ("xã Lũng Cú", "Hà Giang", PartyKind.DISTRICT),
        ),
        (
            "Bộ Nội vụ làm việc với Gia Lai",
            "Đoàn khảo sát của Vụ Cải cách hành chính, Bộ Nội vụ làm việc với UBND tỉnh Gia Lai.",
            ("UBND tỉnh Gia Lai", "Gia Lai", PartyKind.PROVINCE),
            ("Vụ Cải cách hành chính, Bộ Nội vụ", None, PartyKind.MINISTRY),
        ),
        (
            "Thư cảm ơn",
            "Đoàn tỉnh Hà Nam đã học tập tại quý tỉnh. UBND tỉnh Hà Nam cảm ơn ông Lê Văn Tư, Chủ"
            " tịch UBND tỉnh Nam Định, đã dành thời gian tiếp Đoàn.",
            ("UBND tỉnh Nam Định", "Nam Định", PartyKind.PROVINCE),
            ("tỉnh Hà Nam", "Hà Nam", PartyKind.PROVINCE),
        ),
        (
            "Hai đoàn trong tuần",
            "Trung tâm Hành chính công tỉnh Nam Định bận rộn. Trung tâm đón 18 cán bộ tỉnh Hà Nam.",
            ("Trung tâm Hành chính công tỉnh Nam Định", "Nam Định", PartyKind.PROVINCE),
            ("tỉnh Hà Nam", "Hà Nam", PartyKind.PROVINCE),
        ),
    ],
)
def test_describe_parties_of_every_kind_are_told_apart(
    title: str,
    text: str,
    host: tuple[str, str | None, PartyKind],
    visitor: tuple[str, str | None, PartyKind],
) -> None:
    visit = _described(text, title)
    hosts = [(p.value.text, p.value.province, p.value.kind) for p in visit.host]
    visitors = [(p.value.text, p.value.province, p.value.kind) for p in visit.visitors]
    assert (hosts, visitors) == ([host], [visitor])


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Chào mừng ngày 20/10, đoàn tỉnh Hà Nam thăm tỉnh Nam Định.", None),
        ("Theo Công văn ngày 05/3/2023, đoàn tỉnh Hà Nam thăm tỉnh Nam Định.", None),
        (
            "Đoàn tỉnh Hà Nam thăm tỉnh Nam Định. Hôm đó là thứ Hai, 20/5/2019.",
            "thứ Hai, 20/5/2019",
        ),
        (
            "Đoàn tỉnh Hà Nam thăm tỉnh Nam Định lúc 14 giờ 30 phút ngày 02/8/2022.",
            "14 giờ 30 phút ngày 02/8/2022",
        ),
        ("Đoàn tỉnh Hà Nam thăm tỉnh Nam Định. Đến 20/5/2019, 95% hồ sơ đúng hạn.", None),
    ],
)
def test_describe_date_is_the_day_of_the_visit(sentence: str, words: str | None) -> None:
    visit = _described(sentence, "Tin")
    assert (visit.date_text.value if visit.date_text else None) == words
