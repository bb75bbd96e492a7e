"""Two reports, their visits and an answer about one of them, all made by hand."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from hochoi.provinces import ProvinceTable
from hochoi.settings import SHIPPED
from hochoi.store import Store
from hochoi.types import (
    Answer,
    Citation,
    Outcome,
    Party,
    PartyKind,
    Passage,
    Person,
    Report,
    Sentence,
    Source,
    SourceFile,
    Stated,
    Visit,
)
from ui.site import Ask, Site

PROVINCES = ProvinceTable.read(SHIPPED / "corpus" / "provinces.csv")

TITLE = "Hải Dương đón đoàn tỉnh Cà Mau tìm hiểu một cửa"
TEXT = f"""{TITLE}

Ngày 12 và 13/3/2024, đoàn tỉnh Cà Mau gồm 14 người đến Hải Dương.
Kết quả
- Tỷ lệ hồ sơ trễ hẹn giảm còn 0,8%.
- Mở 12 kiosk tra cứu & trả kết quả."""
QUOTE = "đoàn tỉnh Cà Mau gồm 14 người đến Hải Dương"
START = TEXT.index(QUOTE)
END = START + len(QUOTE)


def party(text: str, province: str | None = None, current: str | None = None) -> Stated[Party]:
    return Stated(Party(text, province, current, PartyKind.PROVINCE), 0, 0)


VISIT = Visit(
    title=TITLE,
    host=(party("tỉnh Hải Dương", "Hải Dương", "Hải Phòng"),),
    visitors=(party("tỉnh Cà Mau", "Cà Mau", "Cà Mau"),),
    date_text=Stated("Ngày 12 và 13/3/2024", 0, 0),
    date_first=date(2024, 3, 12),
    date_last=date(2024, 3, 13),
    head_of_delegation=Stated(Person("Lê Văn Tám", "Chánh Văn phòng UBND tỉnh"), 0, 0),
    participants=Stated(14, 0, 0),
    topics=("mot_cua",),
    source_url="https://haiduong.example/tin/77?a=1&b=2",
    published=date(2024, 3, 14),
)
REPORT = Report("hd01", "hải dương (1).txt", TEXT, "txt", "0" * 64, VISIT)
OTHER = Report(
    "kg02", "kien-giang.txt", "Kiên Giang cấp chữ ký số", "txt", "1" * 64,
    Visit(title="Kiên Giang cấp chữ ký số"),
)  # fmt: skip


def citation(start: int = START, end: int = END, number: int = 1) -> Citation:
    return Citation(number, REPORT.report_id, start, end, TEXT[start:end])


def answered(*, report: Report = REPORT, text: str = "Đoàn gồm 14 người.") -> Answer:
    cited = Citation(1, report.report_id, START, END, report.text[START:END])
    return Answer(
        "Đoàn Cà Mau bao nhiêu người?",
        Outcome.ANSWERED,
        sentences=(Sentence(text, (cited,)),),
        sources=(Source(1, report),),
        related=(OTHER,),
    )


def abstained(notice: str | None = "Các báo cáo không nêu số tiền.") -> Answer:
    return Answer("Hết bao nhiêu tiền?", Outcome.ABSTAINED, related=(REPORT, OTHER), notice=notice)


def filled_store(folder: Path) -> Store:
    """Return an open store that holds both reports; the caller closes it."""
    store = Store(folder / "library.sqlite3")
    for report, content in ((REPORT, b"<script>alert(1)</script>"), (OTHER, b"kg")):
        passage = Passage(
            f"{report.report_id}:0-{len(report.text)}",
            report.report_id,
            "Kết quả" if report is REPORT else "",
            0,
            len(report.text),
            report.text,
        )
        source = SourceFile(report.file_name, content)
        vectors = np.full((1, 4), 0.5, dtype=np.float32)
        store.publish(source, report, [passage], vectors, encoder="by hand")
    return store


def site_with(store: Store, ask: Ask, starters: Callable[[], tuple[str, ...]]) -> Site:
    """Return a site over an open store, with the shipped province table."""
    return Site(
        store,
        ask,
        starters,
        {"mot_cua": "Một cửa"},
        lambda: {r.report_id: r for r in store.reports()},
        PROVINCES,
        lambda: None,
        lambda given: (),
    )
