"""A library of three small visits, described by hand, for the tests of answering."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from hochoi.settings import load_settings
from hochoi.types import Party, PartyKind, Passage, Person, Report, SourceFile, Stated, Visit
from hochoi.workspace import Purpose, Workspace, open_workspace

LONG_AN = """Long An đón đoàn tỉnh Cà Mau tìm hiểu một cửa

Ngày 12/3/2024, đoàn tỉnh Cà Mau gồm 14 người do ông Lê Văn Tám, Chánh Văn phòng UBND tỉnh \
làm trưởng đoàn đến Long An.
Bà Trần Thị Hoa, Giám đốc Sở Nội vụ tỉnh Long An tiếp đoàn.
Căn cứ chuyến đi là Công văn số 77/SNV-CCHC của Sở Nội vụ tỉnh Cà Mau.
Long An giới thiệu ba việc:
- gộp các quầy tiếp nhận hồ sơ;
- trả kết quả qua bưu điện;
- mở 12 kiosk tra cứu.
Nhờ đó tỷ lệ hồ sơ trễ hẹn giảm còn 0,8%."""

HUE = """Thừa Thiên Huế giới thiệu Hue-S với đoàn tỉnh Sơn La

Đoàn tỉnh Sơn La đến Trung tâm Giám sát đô thị thông minh ngày 9/7.
Hue-S có hơn 900.000 tài khoản.
Phía Huế nêu kinh nghiệm xử lý phản ánh hiện trường trong 24 giờ."""

KIEN_GIANG = """Kiên Giang triển khai chữ ký số

Tỉnh Kiên Giang đã cấp 5.300 chữ ký số cho cán bộ trong năm 2023."""


def _party(text: str, words: str, province: str, current: str) -> Stated[Party]:
    start = text.index(words)
    party = Party(words, province, current, PartyKind.PROVINCE)
    return Stated(party, start, start + len(words))


def _person(text: str, name: str, title: str) -> Stated[Person]:
    start = text.index(name)
    return Stated(Person(name, title), start, start + len(name))


def _words(text: str, words: str) -> Stated[str]:
    return Stated(words, text.index(words), text.index(words) + len(words))


VISITS = {
    "long-an.txt": (
        LONG_AN,
        Visit(
            title=LONG_AN.split("\n")[0],
            host=(_party(LONG_AN, "Long An", "Long An", "Tây Ninh"),),
            visitors=(_party(LONG_AN, "tỉnh Cà Mau", "Cà Mau", "Cà Mau"),),
            date_text=_words(LONG_AN, "Ngày 12/3/2024"),
            date_first=date(2024, 3, 12),
            date_last=date(2024, 3, 12),
            head_of_delegation=_person(LONG_AN, "Lê Văn Tám", "Chánh Văn phòng UBND tỉnh"),
            host_leads=(_person(LONG_AN, "Trần Thị Hoa", "Giám đốc Sở Nội vụ tỉnh Long An"),),
            participants=Stated(14, LONG_AN.index("14"), LONG_AN.index("14") + 2),
            document_numbers=(_words(LONG_AN, "77/SNV-CCHC"),),
            topics=("mot_cua",),
        ),
    ),
    "hue.txt": (
        HUE,
        Visit(
            title=HUE.split("\n")[0],
            host=(_party(HUE, "Thừa Thiên Huế", "Huế", "Huế"),),
            visitors=(_party(HUE, "tỉnh Sơn La", "Sơn La", "Sơn La"),),
            date_text=_words(HUE, "ngày 9/7"),
            topics=("IOC_do_thi_thong_minh",),
        ),
    ),
    "kien-giang.txt": (
        KIEN_GIANG,
        Visit(
            title=KIEN_GIANG.split("\n")[0],
            host=(_party(KIEN_GIANG, "Kiên Giang", "Kiên Giang", "An Giang"),),
            topics=("ha_tang_so",),
        ),
    ),
}


@contextmanager
def open_library(folder: Path) -> Iterator[Workspace]:
    """Open a library that holds the three visits."""
    settings = load_settings(folder, {})
    with open_workspace(settings, Purpose.WRITE) as ws:
        for name, (text, visit) in VISITS.items():
            report = Report(name.removesuffix(".txt"), name, text, "txt", f"sha-{name}", visit)
            passage = Passage(
                f"{report.report_id}:0-{len(text)}", report.report_id, "", 0, len(text), text
            )
            vectors = ws.encoder.encode_passages([text])
            source = SourceFile(name, text.encode())
            ws.store.publish(source, report, [passage], vectors, encoder=ws.encoder_name)
    with open_workspace(settings, Purpose.READ) as ws:
        yield ws
