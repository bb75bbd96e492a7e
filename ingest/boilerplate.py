"""Tell the lines of a report from what its portal put around them.

Works on lines of visible text, whatever page they come from. Precision first: a sentence is never
dropped for what it begins with, a list announced by a colon belongs to the body, and a page that
shows nothing of a portal loses nothing. The patterns were measured on the pages of
`corpus/reports` and on pages of other portals (tests/ingest/test_boilerplate.py).
"""

import re
from collections.abc import Sequence
from enum import Enum

from ingest.markup import Page

MAX_CHROME_CHARS = 160  # longer lines are prose, whatever they contain

_DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
_SHORT_DAY = r"\d{1,2}\s*[/-]\s*\d{1,2}(?:\s*[/-]\s*\d{4})?"
_CLOCK = r"\d{1,2}\s*[:hg]\s*\d{2}(?::\d{2})?(?:\s*(?:am|pm|sa|ch))?"
_WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)"
_NETWORK = r"(?:facebook|twitter|tweet|zalo|email|rss|youtube|google\s+news|telegram|linkedin|pinterest|messenger|tiktok)"
_ACCOUNT = r"(?-i:[a-z][a-z0-9_]{1,19}(?:\.[a-z0-9]{2,15}){1,2}(?![.\w]))"  # of the poster
_ARTICLE = r"(?:bài(?:\s+viết)?|trang|tin)(?:\s+này)?"

# What a page puts side by side on one line: buttons, counters, times. Longer pieces come first.
_WIDGETS = rf"""
    chia\s+sẻ(?:\s+(?:bài\s+viết|(?:qua|lên)\s+{_NETWORK}))? | sao\s+chép\s+liên\s+kết | copy\s+link
    | (?:in|lưu|gửi|tải|đọc|nghe(?:\s+đọc)?|chia\s+sẻ)\s+{_ARTICLE} | (?:bản|file)\s+in | tải\s+về
    | gửi\s+(?:email|qua\s+email|cho\s+bạn\s+bè|(?:bình\s+luận|phản\s+hồi|ý\s+kiến)(?:\s+của\s+bạn)?)
    | theo\s+dõi(?:\s+(?:chúng\s+tôi\s+)?trên\s+{_NETWORK})? | (?:yêu\s+)?thích | print | share | like
    | {_NETWORK} | bình\s+luận(?:\s*\(\d*\))? | ý\s+kiến\s+bạn\s+đọc | phản\s+hồi\s*:\s*\d+
    | (?:(?:số|tổng(?:\s+số)?)\s+)?(?:lượt\s+)?(?:người\s+)?(?:lượt\s+)?(?:xem|truy\s+cập|đọc)\s*:\s*[\d.,]+
    | (?:số\s+)?lượt\s+(?:người\s+)?(?:xem|truy\s+cập|đọc)(?:\s+[\d.,]+)? | đã\s+xem\s*:\s*[\d.,]+ | [\d.,]+\s+lượt\s+(?:xem|đọc)
    | (?:ngày\s+)?(?:cập\s+nhật|đăng(?:\s+tải)?|xuất\s+bản|đăng\s+tin)(?:\s+(?:lúc|ngày|lần\s+cuối))?\s*:?\s*(?:{_WEEKDAY}[,\s]*)?(?:ngày\s*)?(?:{_DAY}|{_SHORT_DAY}|{_CLOCK})
    | {_WEEKDAY}(?:\s*,?\s*ngày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}\s+năm\s+\d{{4}})? | (?:lúc\s+)?{_DAY} | (?:lúc\s+)?{_CLOCK} | \(?gmt\s*\+?\s*\d\)?
    | (?:xem\s+với\s+)?cỡ\s+chữ\s*:? | (?:tăng|giảm|mặc\s+định)(?:\s*\(a[-+]?\))? | (?:\(?[at]\)?[\s|]+)?\(?[at][-+]\)?(?:[\s|]+\(?[at]\)?(?=[\s|\]]|\Z))?
    | (?:quay|trở)\s+(?:lại|về|lên)(?:\s+(?:trang\s+(?:trước|chủ)|đầu\s+trang|trên|danh\s+sách))? | (?:(?:về|lên)\s+)?đầu\s+trang
    | trang\s+(?:chủ|nhất) | sơ\s+đồ\s+(?:cổng|trang)(?:\s+(?:thông\s+tin|web))? | thư\s+điện\s+tử | hỏi\s+đáp | liên\s+hệ(?:\s*[-&]\s*góp\s+ý)?
    | đăng\s+(?:nhập|xuất|ký) | vietnamese | english | 中文 | tiếng\s+(?:việt|anh) | báo\s+in | e-?magazine
    | click\s+để\s+đánh\s+giá | đánh\s+giá(?:\s+bài\s+viết)?\s*:(?:[\s\d/().]|điểm|lượt|sao)*+ | trung\s+bình\s*\(\d+\s+bình\s+chọn\)
    | {_ACCOUNT}
"""
_TOOLBAR = re.compile(rf"(?ix)(?>(?:{_WIDGETS})[\s|,•:/\[\]–-]*+)++")

# Lines that are chrome as a whole, unless they are sentences.
_CHROME = re.compile(
    r"""(?ix)
    (?: (.{3,60}?)\s+\1                                        # a section name printed twice
    | (?:trang\s+(?:chủ|nhất)|home)\s*[|/>»›→].*                # breadcrumbs and menus
    | (?!.*\d)[^.;:>»›]{2,40}(?:(?:>{1,2}|»|›)[^.;:>»›]{2,60})+
    | (?=.*(?:giới\s+thiệu|tin\s+tức|hỏi\s+đáp|liên\s+hệ|sơ\s+đồ|rss|english))[^.;:|]{2,30}(?:\|[^.;:|]{2,30})+
    | (?:danh\s+mục|menu|mục\s+lục|chuyên\s+mục)(?:\s+(?:chính|tin(?:\s+tức)?|menu|trái|phải))?
    | (?:đọc|xem)\s+(?:tiếp|thêm|chi\s+tiết)\W*(?::.{0,120})?
    | (?:các\s+)?(?:tin|bài)(?:\s+(?:tức|viết|bài))?\s+(?:liên\s+quan|khác|mới(?:\s+(?:hơn|nhất))?|cũ(?:\s+hơn)?|nổi\s+bật|đã\s+đưa|cùng\s+(?:chuyên\s+mục|thể\s+loại|chủ\s+đề))\s*:?
    | (?:tin\s+)?(?:cùng\s+chuyên\s+mục|(?:đọc|xem)\s+nhiều(?:\s+nhất)?|mới\s+nhất) | (?:có\s+thể\s+)?bạn\s+(?:có\s+thể\s+)?quan\s+tâm
    | (?:đang|tổng(?:\s+số)?(?:\s+lượt)?|số\s+lượt)\s+(?:truy\s+cập|online|trực\s+tuyến)\s*:?\s*[\d.,]*
    | (?:hôm\s+nay|hôm\s+qua|tuần\s+này|tháng\s+này|tất\s+cả|trực\s+tuyến)\s*:\s*[\d.,]+
    | thống\s+kê\s+(?:truy\s+cập|lượt\s+\w+)\s*:?\s*[\d.,]*
    | skip\s+(?:ribbon\s+commands|to\s+main\s+content) | turn\s+(?:off|on)\s.{0,40} | (?:đi\s+tới|bỏ\s+qua)\s+(?:đến\s+)?(?:nội\s+dung|điều\s+hướng).*
    | powered\s+by.* | (?:liên\s+hệ\s+)?quảng\s+cáo(?:\s*:.{0,60})? | liên\s+kết\s+web(?:site)? | tìm\s+kiếm(?:\s+nâng\s+cao)?\W*
    | (?:từ\s+khóa|tags?|thẻ|xem\s+thêm|nguồn(?:\s+tin)?|tác\s+giả|người\s+đăng|biên\s+tập)\s*:.{0,120}
    | (?:(?:bài|tin)\s*(?:,|và)\s*)?(?:nguồn\s+)?ảnh\s*:.{0,120}
    | (?:cơ\s+quan\s+(?:chủ\s+quản|quản\s+lý)|chịu\s+trách\s+nhiệm(?:\s+(?:chính|nội\s+dung|xuất\s+bản))?|tòa\s+soạn|trụ\s+sở|địa\s+chỉ|điện\s+thoại|đt|fax|email|hotline|đường\s+dây\s+nóng|thiết\s+kế(?:\s+(?:và\s+vận\s+hành|bởi))?)\s*:.*
    | hãy\s+là\s+người\s+đầu\s+tiên.* | nhận\s+xét(?:\s*[:(].{0,60})?
    | bbt | cộng\s+tác\s+viên
    | (?:trưởng\s+)?ban\s+biên\s+tập(?:\s+(?:cổng|trang|chịu\s+trách\s+nhiệm).{0,40})?
    | \((?:[A-Z]{2,5}|[A-Za-z]+\.[a-z]+)\) | (?-i:[A-ZĐ]\.\s?[A-ZĐ]\.?(?:\s*[-–]\s*[A-ZĐ]\.\s?[A-ZĐ]\.?)?)
    )\s*"""
)
# Footers are chrome even where they read like a sentence.
_FOOTER = re.compile(
    r"""(?ix)
    (?:bản\s+quyền\s+(?:thuộc|©|\d).* | ©.* | copyright\b.* | ghi\s+rõ\s+nguồn.* | xem\s+tốt\s+nhất.* | .*mọi\s+quyền\s+được\s+bảo\s+lưu.*
    | trình\s+duyệt\s+của\s+bạn\b.*
    | giấy\s+phép\s+(?:số|thiết\s+lập|xuất\s+bản|hoạt\s+động)\b.*
    | (?:trang|cổng)\s+thông\s+tin\b.*(?:cơ\s+quan|đơn\s+vị)\s+(?:chủ\s+quản|quản\s+lý)\s*:.*
    | .*(?:điện\s+thoại|đt|fax|hotline|tel)\s*:?\s*\(?0[\d().\s-]{7,}.*
    )"""
)
_CAPTION = re.compile(r".{0,200}\b(?:Ảnh|Nguồn ảnh|Đồ họa)\s*:\s*[^.]{0,4}\.?[^.]{0,30}", re.DOTALL)
_AGENCY_TAG = re.compile(r"^\s*\((?:[A-Z]{2,5})\)\s*[-–—:]?\s*")
_DOCUMENT_KIND = re.compile(r"BÁO CÁO|THÔNG BÁO|TỜ TRÌNH|BIÊN BẢN|KẾ HOẠCH|ĐỀ XUẤT")
_ITEM = re.compile(r"[-+*]\s|\d{1,2}[.)]\s|[a-zđ][.)]\s")
_SENTENCE_END = (".", ";", ":", "!", "?", "…", ".”", '."', ".)")
_SENTENCE_WORDS = 7
_TITLE_CHARS = (20, 260)


def is_chrome(line: str) -> bool:
    """Return whether a whole line is navigation, a counter, a byline, a credited caption, ..."""
    line = line.removeprefix("- ").strip("[] ")
    if not line or len(line) > MAX_CHROME_CHARS:
        return False
    if _FOOTER.fullmatch(line):
        return True
    if line.endswith(_SENTENCE_END) and line.count(" ") + 1 >= _SENTENCE_WORDS:
        return False
    return any(pattern.fullmatch(line) for pattern in (_TOOLBAR, _CHROME, _CAPTION))


def is_prose(line: str) -> bool:
    """Return whether a line reads like a paragraph: long, and ended like a sentence."""
    return len(line) >= 60 and _ends_body(line)


def split_page(page: Page) -> tuple[str, tuple[str, ...]]:
    """Return the title and the body lines of a page.

    Where nothing is chrome, everything is body. Otherwise the extractor's article says where the
    body is; between its ends everything but chrome is kept, since extractors drop lists by the
    name of their class, and both ends reach on as long as lines read like a body.

    Returns:
        The title, "" when no line is one, and the body lines without it.
    """
    lines = tuple(_AGENCY_TAG.sub("", line) for line in page.lines)
    kinds = _kinds(lines)
    if _Kind.CHROME not in kinds:
        return split_plain(page)
    start, end = _stretch(page, kinds)
    kept = [n for n in range(start, end) if kinds[n] is not _Kind.CHROME]
    first = next((n for n in kept if is_prose(lines[n])), end)
    place = _portal_title(lines[:first], kinds, page.titles)
    body = [n for n in kept if place is None or n > place]
    while body and kinds[body[-1]] is not _Kind.ANNOUNCED and not _ends_body(lines[body[-1]]):
        body.pop()
    return "" if place is None else lines[place], tuple(lines[n] for n in body)


def split_plain(page: Page) -> tuple[str, tuple[str, ...]]:
    """Return the title of a page without chrome, "" when no line is one, and all other lines."""
    place = _plain_title(page.lines, page.titles)
    body = tuple(line for n, line in enumerate(page.lines) if n != place)
    return "" if place is None else page.lines[place], body


class _Kind(Enum):
    CHROME = "of the portal"
    ANNOUNCED = "an item of a list that a colon announces"
    OTHER = "anything else"


def _kinds(lines: Sequence[str]) -> list[_Kind]:
    kinds: list[_Kind] = []
    announced = False
    for line in lines:
        if announced and _ITEM.match(line):
            kinds.append(_Kind.ANNOUNCED)
            continue
        kinds.append(_Kind.CHROME if is_chrome(line) else _Kind.OTHER)
        announced = kinds[-1] is _Kind.OTHER and line.endswith(":")
    return kinds


def _stretch(page: Page, kinds: Sequence[_Kind]) -> tuple[int, int]:
    """Return the range from the first line of the article to the last that reads like a body."""
    lines, article = page.lines, page.article
    if not article or article[0] not in lines or article[-1] not in lines:
        return 0, len(lines)
    start = lines.index(article[0])
    while start > 0 and is_prose(lines[start - 1]) and kinds[start - 1] is not _Kind.CHROME:
        start -= 1
    end = len(lines) - lines[::-1].index(article[-1])
    while end < len(lines) and (
        kinds[end] is _Kind.ANNOUNCED or (_ends_body(lines[end]) and kinds[end] is not _Kind.CHROME)
    ):
        end += 1
    return start, end


def _plain_title(lines: Sequence[str], titles: Sequence[str]) -> int | None:
    """Return where the title of a page without chrome stands: as named, or at its top.

    Under a letterhead the title follows the line that names the kind of document.
    """
    first = next((n for n, line in enumerate(lines) if is_prose(line)), len(lines))
    named = [lines.index(title) for title in titles if title in lines[:first]]
    if named:
        return named[0]
    if lines and lines[0].isupper():
        for n, line in enumerate(lines[: max(0, first - 1)]):
            if _DOCUMENT_KIND.fullmatch(line) and not _ends_body(lines[n + 1]):
                return n + 1
    return 0 if lines and not _ends_body(lines[0]) else None


def _portal_title(
    before: Sequence[str], kinds: Sequence[_Kind], titles: Sequence[str]
) -> int | None:
    """Return where the title stands among the lines before the first paragraph."""
    low, high = _TITLE_CHARS
    other = [n for n, line in enumerate(before) if kinds[n] is _Kind.OTHER and len(line) <= high]
    named = [n for n in other if before[n] in titles and len(before[n]) >= low]
    if named:
        return max(named, key=lambda n: (len(before[n]), n))
    last_chrome = max((n for n in range(len(before)) if kinds[n] is _Kind.CHROME), default=-1)
    short = [n for n in other if not _ends_body(before[n])]
    fitting = [n for n in short if len(before[n]) >= low]
    below = [n for n in fitting if n > last_chrome]
    if below:
        return below[0]
    rest = fitting or short
    return rest[-1] if rest else None


def _ends_body(line: str) -> bool:
    """Whether a line can be the last of a body; titles of other news and footers cannot."""
    return line.rstrip().endswith(_SENTENCE_END)
