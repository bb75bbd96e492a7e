"""Say a true sentence as a language model might: other forms, another order, less of it.

Whatever comes out is stated by the sentence that went in; a wording that does not fit a sentence
leaves it as it is. Alters no fact.
"""

import random
import re
from collections.abc import Callable

Wording = Callable[[str], str]

_NAME = r"(?:[A-ZĐÀ-ỸĂÂÊÔƠƯ][a-zà-ỹđăâêôơư]+ ){1,3}[A-ZĐÀ-ỸĂÂÊÔƠƯ][a-zà-ỹđăâêôơư]+"
_TITLE_BEHIND = re.compile(
    rf"(?<=(?:ông|.bà) )({_NAME})(?:, (?:Phó )?(?:Chánh|Giám đốc|Chủ tịch|Trưởng|Bí thư|Cục trưởng|"
    r"Thứ trưởng|Chủ nhiệm|Vụ trưởng|Viện trưởng)[^,.;()“”\"]{0,60})(?:,(?= [a-zà-ỹđ])|(?=[,;.]))"
)
_FRONT = re.compile(
    r"((?:Sáng|Chiều|Ngày|Sáng ngày|Chiều ngày|Tại|Trong|Năm|Tháng|Từ ngày|Cuối|Đầu)"
    r" [^,.;:“”\"()]{2,60}"
    r"(?:, tại [^,.;:“”\"()]{2,60})?), ([^.;:“”\"]{20,})\.$"
)
_DAY = re.compile(
    r"(?<!đến )(?<!hết )(?<!tới )(?<!Từ )(?<!từ )(?<!và )"
    r"(?:vào |trong )?(?:[Nn]gày|[Ss]áng|[Cc]hiều) (?:ngày )?"
    r"\d{1,2}(?:/| tháng )(\d{1,2})(?:/| năm )(20\d\d)"
)
_TAIL = re.compile(
    r"^([^“”\"(:]{40,}?), (?:trong đó|qua đó|nhằm|góp phần|đồng thời|từ đó) [^.;]+\.$"
)


def _time_behind(text: str) -> str:
    match = _FRONT.match(text)
    if match is None or not match[2][0].isupper():
        return text
    return f"{match[2]}, {match[1][0].lower()}{match[1][1:]}."


def _led_in(text: str) -> str:
    is_name = text.split(" ")[1][0].isupper()
    return (
        f"Theo báo cáo, {text[0].lower()}{text[1:]}" if text[1].islower() and not is_name else text
    )


FORMS: dict[str, Wording] = {
    "decimal point": lambda s: re.sub(r"(\d),(\d{1,2})%", r"\1.\2 %", s),
    "percent in words": lambda s: re.sub(r"(\d) ?%", r"\1 phần trăm", s),
    "date in words": lambda s: re.sub(
        r"(?<=ngày )(\d{1,2})/(\d{1,2})/(20\d\d)", r"\1 tháng \2 năm \3", s
    ),
    "date in digits": lambda s: re.sub(
        r"(?<=gày )(\d{1,2}) tháng (\d{1,2}) năm (20\d\d)", r"\1/\2/\3", s
    ),
    "two-digit day": lambda s: re.sub(r"(?<=ngày )0?(\d)/0?(\d)(?=[ ,/])", r"0\1/0\2", s),
    "month in words": lambda s: re.sub(r"tháng (\d{1,2})/(20\d\d)", r"tháng \1 năm \2", s),
    "month in digits": lambda s: re.sub(r"(?<!\d )tháng (\d{1,2}) năm (20\d\d)", r"tháng \1/\2", s),
    "HCM": lambda s: re.sub(r"(?:Thành phố|TP\.?) ?Hồ Chí Minh", "TP.HCM", s),
    "HCM in full": lambda s: re.sub(r"TP\.? ?HCM", "Thành phố Hồ Chí Minh", s),
    "committee in full": lambda s: re.sub(r"(?<![-/])\bUBND\b", "Ủy ban nhân dân", s),
    "committee": lambda s: s.replace("Ủy ban nhân dân", "UBND"),
    "council": lambda s: s.replace("Hội đồng nhân dân", "HĐND"),
    "no zero": lambda s: re.sub(r"(?<![\d/,.])0([1-9])(?= [a-zà-ỹđ])", r"\1", s),
    "lead-in": _led_in,
    "full stop": lambda s: s.rstrip(".;") + ".",
    "no thousands": lambda s: re.sub(r"(?<!\d)(\d)\.(\d{3})(?![.\d])", r"\1\2", s),
}
SHAPES: dict[str, Wording] = {
    "time behind": _time_behind,
    "no title": lambda s: _TITLE_BEHIND.sub(r"\1", s),
    "no kind of place": lambda s: re.sub(r"(?<![“\"])\btỉnh (?=[A-ZĐ])", "", s),
    "less exact date": lambda s: _DAY.sub(r"tháng \1/\2", s),
    "no tail": lambda s: _TAIL.sub(r"\1.", s),
    "delegation": lambda s: re.sub(
        r"[Đ]oàn (?:công tác|cán bộ|đại biểu) (?=[a-zà-ỹđA-ZĐ])", "Đoàn ", s
    ),
    "no courtesy": lambda s: re.sub(r"\b(?:đồng chí|ông|bà) (?=[A-ZĐ][a-zà-ỹ]+ [A-ZĐ])", "", s),
}


def reformed(text: str, chance: random.Random) -> str:
    """Return the same statement with some of its facts in another form."""
    for name in chance.sample(sorted(FORMS), 5):
        text = FORMS[name](text)
    return text


def paraphrased(text: str, chance: random.Random) -> str:
    """Return the statement in another order or with less in it, some facts in another form."""
    for name in chance.sample(sorted(SHAPES), 4):
        text = SHAPES[name](text)
    text = reformed(text, chance)
    return text[0].upper() + text[1:]
