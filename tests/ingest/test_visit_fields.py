"""Visit fields: spans, traps, the seed, and floors on the labelled sets."""

import json
import random
from datetime import date
from pathlib import Path

import pytest

from evaluation.visit_fields import FIELDS, GIVEN_FIELDS, overall, read_gold, score
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.text import nfc
from hochoi.types import Extraction, Origin, Party, PartyKind, Person, SourceFile, Stated, Visit
from ingest.readers import read
from ingest.visit_fields import describe

PROVINCES = ProvinceTable.read(Path("corpus/provinces.csv"))
TOPICS = TopicTable.read(Path("corpus/topics.toml"))
REPORTS = sorted(Path("corpus/reports").iterdir())
UNSEEN = Path("tests/data/visit_fields_unseen")
UNDERSTOOD = [name for name in FIELDS if name not in GIVEN_FIELDS]


def _extracted(text: str) -> Extraction:
    text = nfc(text.strip())
    return Extraction(text.split("\n", 1)[0], text, "txt")


def _described(text: str) -> Visit:
    return describe(_extracted(text), PROVINCES, TOPICS)


def _read(path: Path) -> Extraction:
    return read(SourceFile(path.name, path.read_bytes()), 10_000_000)


def _stated(visit: Visit) -> list[Stated[Party] | Stated[Person] | Stated[str]]:
    people = [*visit.deputy_heads, *visit.host_leads]
    if visit.head_of_delegation is not None:
        people.append(visit.head_of_delegation)
    words = [*visit.places, *visit.document_numbers]
    if visit.date_text is not None:
        words.append(visit.date_text)
    return [*visit.host, *visit.visitors, *people, *words]


def _words(value: Party | Person | str) -> list[str]:
    if isinstance(value, Party):
        return [value.text]
    if isinstance(value, Person):
        return [part for part in (value.name, value.title) if part]
    return [value]


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name.split("-")[0])
def test_describe_every_field_stands_in_the_words_of_its_span(path: Path) -> None:
    extraction = _read(path)
    visit = describe(extraction, PROVINCES, TOPICS)
    for stated in _stated(visit):
        assert stated.origin is Origin.RULE
        for words in _words(stated.value):
            assert words in extraction.text[stated.start : stated.end]
    if visit.participants is not None:
        assert extraction.text[visit.participants.start : visit.participants.end].strip()


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name.split("-")[0])
def test_describe_no_party_is_both_host_and_visitor(path: Path) -> None:
    visit = describe(_read(path), PROVINCES, TOPICS)
    hosts = {(p.value.kind, p.value.text) for p in visit.host}
    assert not hosts & {(p.value.kind, p.value.text) for p in visit.visitors}


def test_describe_corpus_reaches_the_targets() -> None:
    found = {p.name: describe(_read(p), PROVINCES, TOPICS) for p in REPORTS}
    scores = score(read_gold(Path("corpus/testsets/visit_fields.jsonl")), found)
    total = overall(scores, UNDERSTOOD)
    assert total.precision >= 0.97
    assert total.recall >= 0.90
    assert scores["host"].precision >= 0.99
    assert scores["visitors"].precision >= 0.99
    assert scores["date_first"].precision == 1.0


@pytest.mark.parametrize(
    ("first", "last", "precision", "recall"),
    [(1, 40, 0.98, 0.95), (41, 65, 0.95, 0.85), (66, 90, 0.96, 0.92)],
)
def test_describe_other_wordings_keep_their_floors(
    first: int, last: int, precision: float, recall: float
) -> None:
    gold = [g for g in read_gold(UNSEEN / "gold.jsonl") if first <= int(g.file_name[:2]) <= last]
    texts = {g.file_name: (UNSEEN / g.file_name).read_text(encoding="utf-8") for g in gold}
    found = {name: _described(text) for name, text in texts.items()}
    total = overall(score(gold, found), UNDERSTOOD)
    assert total.precision >= precision
    assert total.recall >= recall


def test_describe_seed_is_complete() -> None:
    path = next(p for p in REPORTS if p.name.startswith("000_"))
    visit = describe(_read(path), PROVINCES, TOPICS)
    assert [p.value for p in visit.host] == [
        Party("Thành phố Hồ Chí Minh", "Hồ Chí Minh", "Hồ Chí Minh", PartyKind.PROVINCE)
    ]
    assert [p.value for p in visit.visitors] == [
        Party("tỉnh Tuyên Quang", "Tuyên Quang", "Tuyên Quang", PartyKind.PROVINCE)
    ]
    assert visit.date_text is not None
    assert visit.date_text.value == "ngày 21 và 22 tháng 7 năm 2022"
    assert (visit.date_first, visit.date_last) == (date(2022, 7, 21), date(2022, 7, 22))
    assert visit.head_of_delegation is not None
    assert visit.head_of_delegation.value == Person("Tạ Văn Dũng", "Chánh Văn phòng UBND tỉnh")
    assert [p.value for p in visit.deputy_heads] == [
        Person("Nguyễn Thị Thược", "Giám đốc Sở Tư pháp")
    ]
    assert [p.value for p in visit.host_leads] == [
        Person("Đặng Quốc Toàn", "Chánh Văn phòng UBND Thành phố"),
        Person("Huỳnh Văn Hạnh", "Giám đốc Sở Tư pháp"),
        Person(
            "Ngô Thị Hoàng Các",
            "Phó Giám đốc Sở Nội vụ kiêm Trưởng Ban thi đua - Khen thưởng Thành phố",
        ),
        Person("Nguyễn Thị Hồng Thắm", "Phó Giám đốc Sở Nội vụ"),
        Person("Nguyễn Duy Tân", "Phó Giám đốc Sở Nội vụ kiêm Trưởng Ban Tôn giáo"),
    ]
    assert visit.participants is not None
    assert visit.participants.value == 57
    assert [d.value for d in visit.document_numbers] == ["683/SNV-CCVC"]
    assert [p.value for p in visit.places] == [
        "Sở Kế hoạch và Đầu tư",
        "Ủy ban nhân dân Quận 1",
        "Ủy ban nhân dân Quận 10",
    ]
    assert {"cai_cach_hanh_chinh", "chuyen_doi_so", "chinh_quyen_dien_tu"} <= set(visit.topics)


def test_describe_letter_date_is_no_visit_date() -> None:
    visit = _described(
        "Tin\n\nTheo Công văn số 12/UBND-NC ngày 02/4/2024, ngày 11/4/2024, đoàn công tác tỉnh"
        " Hà Nam làm việc với UBND tỉnh Nam Định."
    )
    assert visit.date_first == date(2024, 4, 11)


def test_describe_posting_date_and_view_counter_are_no_facts() -> None:
    visit = _described(
        "Đoàn tỉnh Hà Nam thăm tỉnh Nam Định\n\nCập nhật lúc 15:20 ngày 3/4/2024\nLượt xem: 72\n"
        "Đoàn công tác tỉnh Hà Nam đã đến làm việc tại tỉnh Nam Định."
    )
    assert visit.date_text is None
    assert visit.date_first is None
    assert visit.participants is None


def test_describe_year_not_stated_leaves_days_empty() -> None:
    visit = _described("Tin\n\nChiều 02/8, UBND tỉnh Bắc Ninh tiếp đoàn công tác tỉnh Nghệ An.")
    assert visit.date_text is not None
    assert visit.date_text.value == "Chiều 02/8"
    assert visit.date_first is None


@pytest.mark.parametrize(
    "sentence",
    [
        "UBND tỉnh Bắc Ninh tiếp đoàn công tác tỉnh Nghệ An.",
        "Đoàn công tác tỉnh Nghệ An đã đến thăm và làm việc với UBND tỉnh Bắc Ninh.",
        "Tỉnh Nghệ An đi học tập kinh nghiệm tại UBND tỉnh Bắc Ninh.",
        "Tỉnh Nghệ An vừa cử đoàn 15 cán bộ sang UBND tỉnh Bắc Ninh học hỏi.",
        "Tại UBND tỉnh Bắc Ninh, đoàn đại biểu của tỉnh Nghệ An tìm hiểu cách làm một cửa.",
    ],
)
def test_describe_host_and_visitor_keep_their_sides(sentence: str) -> None:
    visit = _described(f"Trao đổi kinh nghiệm\n\n{sentence}")
    assert [p.value.province for p in visit.host] == ["Bắc Ninh"]
    assert [p.value.province for p in visit.visitors] == ["Nghệ An"]


@pytest.mark.parametrize(
    ("sentence", "person"),
    [
        (
            "Đoàn tỉnh Hà Nam do đồng chí Lê Thị Hoa, Phó Chủ tịch UBND tỉnh dẫn đầu.",
            Person("Lê Thị Hoa", "Phó Chủ tịch UBND tỉnh"),
        ),
        (
            "Trưởng đoàn tỉnh Hà Nam là Phó Chủ tịch UBND tỉnh Hà Nam Lê Thị Hoa.",
            Person("Lê Thị Hoa", "Phó Chủ tịch UBND tỉnh Hà Nam"),
        ),
        (
            "Đoàn tỉnh Hà Nam do Thị trưởng Park Heong-joon dẫn đầu.",
            Person("Park Heong-joon", "Thị trưởng"),
        ),
        (
            "Dẫn đầu đoàn tỉnh Hà Nam là TS. Md. Shahidul Alam, Giám đốc Sở Nội vụ.",
            Person("Md. Shahidul Alam", "Giám đốc Sở Nội vụ"),
        ),
        (
            "Đoàn tỉnh Hà Nam do đồng chí Phó Bí thư Tỉnh ủy làm Trưởng đoàn.",
            Person(None, "Phó Bí thư Tỉnh ủy"),
        ),
        (
            "Phó Chánh Văn phòng UBND tỉnh Lạng Sơn Hoàng Văn Thịnh dẫn đầu đoàn tỉnh Lạng Sơn.",
            Person("Hoàng Văn Thịnh", "Phó Chánh Văn phòng UBND tỉnh Lạng Sơn"),
        ),
    ],
)
def test_describe_head_of_delegation_is_read_in_any_order(sentence: str, person: Person) -> None:
    visit = _described(f"Tin\n\n{sentence} UBND tỉnh Nam Định tiếp đoàn.")
    assert visit.head_of_delegation is not None
    assert visit.head_of_delegation.value == person


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Đoàn tỉnh Hà Nam gồm 24 đồng chí.", 24),
        ("Đoàn tỉnh Hà Nam cùng 11 thành viên đến thăm.", 11),
        ("Đoàn tỉnh Hà Nam với 35 đại biểu.", 35),
        ("Mười hai cán bộ tỉnh Hà Nam đã đến tỉnh Nam Định.", 12),
        ("Đoàn tỉnh Hà Nam có nhiều nội dung, trong đó có 01 chuyên gia.", None),
        ("Đoàn tỉnh Hà Nam xem trung tâm tiếp nhận 1.298 hồ sơ.", None),
    ],
)
def test_describe_participants_are_people_of_the_delegation(
    sentence: str, count: int | None
) -> None:
    visit = _described(f"Tin\n\n{sentence} UBND tỉnh Nam Định tiếp đoàn công tác tỉnh Hà Nam.")
    assert (visit.participants.value if visit.participants else None) == count


def test_describe_report_without_a_visit_has_a_subject_and_no_date() -> None:
    visit = _described(
        "Kết quả cải cách của tỉnh Hà Nam\n\nNgày 5/3/2024, tỉnh Hà Nam có 95% hồ sơ đúng hạn."
    )
    assert [p.value.text for p in visit.host] == ["tỉnh Hà Nam"]
    assert visit.visitors == ()
    assert visit.date_text is None


def test_describe_published_only_when_a_full_day() -> None:
    text = "Tin\n\nNội dung."
    for written, day in (
        ("2020-08", None),
        ("2019-07-26", date(2019, 7, 26)),
        ("2019-13-99", None),
    ):
        extraction = Extraction("Tin", text, "txt", published=written)
        assert describe(extraction, PROVINCES, TOPICS).published == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "\n\n\n",
        "đoàn công tác " * 20_000,
        "tỉnh Hà Nam, " * 20_000,
        "thay mặt đại diện " * 20_000,
        "ông Nguyễn Văn An, Giám đốc Sở Nội vụ; " * 8_000,
        "\ue001\ue002\U000f0000" * 20_000,
        "e\u0301 \u202e\u200b “«(((" * 20_000,
    ],
    ids=range(9),
)
def test_describe_garbage_never_raises(text: str) -> None:
    extraction = Extraction(text[:80].split("\n", 1)[0], nfc(text), "txt")
    assert isinstance(describe(extraction, PROVINCES, TOPICS), Visit)


def test_describe_random_characters_never_raise() -> None:
    chance = random.Random(7)
    ranges = [(9, 126), (0xC0, 0x24F), (0x1EA0, 0x1EF9), (0xE000, 0xE010), (0xF0000, 0xF0010)]
    for _ in range(20):
        text = nfc("".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(3_000)))
        assert isinstance(_described(text or "x"), Visit)


def test_unseen_labels_name_existing_files() -> None:
    lines = (UNSEEN / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert all((UNSEEN / json.loads(line)["file_name"]).is_file() for line in lines)
