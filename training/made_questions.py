"""Questions that no report answers, made by rules from reports and from questions that one does.

For fitting the weights of evidence, never for measuring: a field that a report leaves out, what
another report counts, and the matter of a question asked of another place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.testset import Expectation, Question
from hochoi.language.numbers import find_numbers
from hochoi.provinces import ProvinceTable
from hochoi.text import fold
from hochoi.types import Report

PER_REPORT = 6  # of each sort, so that no report and no field outweighs the others
MATTER_SHARE = 0.5  # of a question's rare words: a report with more of them may answer it

# What a reader may ask of any visit, with the folded words one of which a report that states it
# would have.
FIELDS: tuple[tuple[str, str], ...] = (
    ("{visit} được tặng quà gì?", r"tang|qua luu niem|qua"),
    ("{visit} dự chương trình văn nghệ nào?", r"van nghe|bieu dien"),
    ("{visit} trồng bao nhiêu cây lưu niệm?", r"\bcay\b"),
    ("Ai đọc diễn văn chào mừng {visit}?", r"dien van|chao mung"),
    ("Ai ghi hình buổi làm việc của {visit}?", r"ghi hinh|quay phim"),
    ("{visit} có bao nhiêu phụ nữ?", r"phu nu|\bnu\b"),
    ("{visit} có bao nhiêu phóng viên đi cùng?", r"phong vien|nha bao|bao chi"),
    ("{visit} nghe bao nhiêu bài tham luận?", r"tham luan"),
    ("{visit} mang theo giấy mời số bao nhiêu?", r"giay moi"),
    ("{visit} đi theo tờ trình nào?", r"to trinh"),
    ("{visit} chi bao nhiêu tiền ăn?", r"tien an|kinh phi|chi phi|\bdong\b"),
    ("{visit} được hỗ trợ bao nhiêu kinh phí đi lại?", r"kinh phi|\bdong\b"),
    ("{visit} thăm nhà máy nào?", r"nha may"),
    ("{visit} thắp hương ở đền nào?", r"\bden tho\b|thap huong|nghia trang"),
    ("{visit} ăn cơm trưa ở quán nào?", r"com trua|\bquan an\b|an trua"),
    ("{visit} qua cửa khẩu nào?", r"cua khau"),
    ("{visit} về nước ngày nào?", r"ve nuoc"),
    ("{visit} dùng ngôn ngữ nào khi làm việc?", r"ngon ngu|tieng anh"),
    ("Tuổi trung bình của {visit} là bao nhiêu?", r"\btuoi\b"),
    ("{visit} có mấy tiến sĩ?", r"tien si"),
    ("{visit} có bao nhiêu đảng viên?", r"dang vien"),
    ("{visit} phát bao nhiêu phiếu khảo sát?", r"phieu"),
    ("{visit} xem bao nhiêu gian trưng bày?", r"trung bay|gian hang"),
    ("{visit} đề nghị vay bao nhiêu vốn?", r"\bvay\b"),
    ("Hội trường tiếp {visit} có bao nhiêu ghế?", r"hoi truong|\bghe\b"),
    ("{visit} ký hợp đồng mua thiết bị gì?", r"hop dong"),
    ("{visit} gặp bao nhiêu hộ dân?", r"\bho dan\b|ho gia dinh"),
    ("{visit} đi thăm đảo nào?", r"\bdao\b"),
    ("{visit} phỏng vấn bao nhiêu công chức trẻ?", r"phong van"),
    ("Bản tin truyền hình nào đưa tin về {visit}?", r"truyen hinh|ban tin|dua tin"),
    ("Ai lái xe đưa {visit}?", r"lai xe"),
    ("{visit} chụp ảnh lưu niệm ở đâu?", r"chup anh|luu niem"),
    ("{visit} hẹn gặp lại vào tháng mấy?", r"gap lai|hen gap"),
    ("Báo cáo kết quả của {visit} gửi cho bộ nào?", r"gui bao cao|bao cao ket qua"),
    ("{visit} xin bao nhiêu tài liệu giấy?", r"tai lieu"),
    ("{visit} rút ra mấy điểm yếu của mình?", r"diem yeu|han che"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A question that nothing answers, and the report that comes nearest."""

    question: str
    nearest: str  # file name
    is_about_it: bool  # it names the visit; else another report may come as near


def made_questions(
    reports: Sequence[Report],
    asked: Sequence[tuple[Question, Expectation]],
    provinces: ProvinceTable,
) -> list[Made]:
    """Return questions of all sorts, in an order that depends on nothing but the arguments.

    Args:
        reports: All reports of the library.
        asked: Answerable questions of a test set.
        provinces: Finds what a question names.
    """
    ordered = sorted(reports, key=lambda r: r.file_name)
    folded = {r.file_name: fold(r.text) for r in ordered}
    units = sorted({u for r in ordered for u in _units(r.text)})
    made: list[Made] = []
    for place, report in enumerate(ordered):
        made += _rotated(list(_fields(report, folded)), place)
        made += _rotated(list(_counted(report, units, folded, provinces)), place)
    made += _elsewhere(ordered, asked, provinces, folded)
    made += [Made(fold(m.question).lower(), m.nearest, m.is_about_it) for m in made[::4]]
    return list({m.question: m for m in made}.values())


def _rotated(found: list[Made], place: int) -> list[Made]:
    """Return at most `PER_REPORT`, others for each report."""
    first = place * PER_REPORT % len(found) if found else 0
    return (found[first:] + found[:first])[:PER_REPORT]


def _fields(report: Report, folded: dict[str, str]) -> Iterator[Made]:
    visit = report.visit
    if not visit.host or not visit.visitors:
        return
    visitor, host = visit.visitors[0].value.text, visit.host[0].value.text
    name = visitor if fold(visitor).startswith("doan") else f"đoàn {visitor}"
    text = folded[report.file_name]
    for wording, words in FIELDS:
        if re.search(words, text) is None:
            question = wording.format(visit=f"{name} đến {host}")
            yield Made(question[:1].upper() + question[1:], report.file_name, is_about_it=True)


def _counted(
    report: Report, units: Sequence[str], folded: dict[str, str], provinces: ProvinceTable
) -> Iterator[Made]:
    """Yield how many of what other reports count there are in the place of this report."""
    place = _place(report, provinces)
    if place is None:
        return
    about = [text for name, text in folded.items() if fold(place) in text]
    for unit in units:
        if not any(fold(unit) in text for text in about):
            yield Made(f"{place} có bao nhiêu {unit}?", report.file_name, is_about_it=False)


def _elsewhere(
    reports: Sequence[Report],
    asked: Sequence[tuple[Question, Expectation]],
    provinces: ProvinceTable,
    folded: dict[str, str],
) -> Iterator[Made]:
    """Yield questions with another place in the stead of the only one that they name."""
    places = [(r, p) for r in reports if (p := _place(r, provinces)) is not None]
    for number, (question, expectation) in enumerate(asked):
        mentions = provinces.find(question.text)
        if question.history or len(mentions) != 1 or re.search(r"\d{4}|\d/\d", question.text):
            continue
        only = mentions[0]
        rest = question.text[: only.start] + question.text[only.end :]
        words = {w for w in re.findall(r"\w+", fold(rest)) if len(w) > 1}
        for offset in range(PER_REPORT):
            report, place = places[(number * 7 + offset * 11) % len(places)]
            about = [t for t in folded.values() if fold(place) in t]
            most = max(len(words & set(re.findall(r"\w+", t))) for t in about)
            has_answer = any(fold(e) in t for t in about for e in expectation.expected)
            if fold(only.province) in fold(place) or has_answer or most > MATTER_SHARE * len(words):
                continue
            text = question.text[: only.start] + place + question.text[only.end :]
            yield Made(text, report.file_name, is_about_it=False)


def _place(report: Report, provinces: ProvinceTable) -> str | None:
    """Return the province a report is about, as its title writes it."""
    found = provinces.find(report.title)
    return found[0].text if found else None


def _units(text: str) -> Iterator[str]:
    for number in find_numbers(text):
        if number.unit and len(number.unit.split()) > 1:
            yield number.unit
