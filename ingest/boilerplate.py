"""Tell the lines of a report from what its portal put around them.

Works on lines of visible text, whatever page they come from. Precision first: a line of the body
is never dropped for being short. The patterns were measured on the pages of `corpus/reports`
(docs/measurements.md, tests/ingest/test_boilerplate.py).
"""

import re

from ingest.markup import Page

MAX_CHROME_CHARS = 160  # longer lines are prose, whatever they contain

# Lines that are chrome wherever they stand. Each alternative matches a whole line.
_CHROME = re.compile(
    r"""(?ix)
    (?: (.{3,60}?)\s+\1                                        # a section name printed twice
    | (?:trang\s+(?:chủ|nhất))(?:\s*[|/>»›].*)?                # breadcrumbs
    | [^.;:]{2,40}(?:\s*(?:>{1,2}|»|›|→)\s*[^.;:]{2,60})+
    | [^.;:|]{2,30}(?:\s*\|\s*[^.;:|]{2,30})+                  # menus and action bars
    | quay\s+(?:lại|về|lên).* | (?:về\s+)?đầu\s+trang | lên\s+đầu\s+trang
    | (?:danh\s+mục|menu|mục\s+lục)(?:\s.{0,40})?
    | (?:đọc|xem)\s+(?:tiếp|thêm|bài\s+viết|chi\s+tiết).{0,20}
    | (?:các\s+)?(?:tin|bài)(?:\s+(?:tức|viết|bài))?\s+(?:liên\s+quan|khác|mới|nổi\s+bật|đã\s+đưa|cùng.*)\s*:?
    | (?:tin\s+)?(?:cùng\s+chuyên\s+mục|đọc\s+nhiều|xem\s+nhiều|mới\s+nhất)
    | (?:số\s+)?lượt\s+(?:người\s+)?(?:xem|truy\s+cập|đọc)\b.{0,30} | đã\s+xem\s*:.* | \d[\d.]*\s+lượt\s+xem
    | (?:đang|tổng(?:\s+số)?(?:\s+lượt)?|số\s+lượt)\s+truy\s+cập\b.* | (?:hôm\s+nay|hôm\s+qua|tuần\s+này|tháng\s+này)\s*:\s*[\d.,]+
    | thống\s+kê\s+(?:truy\s+cập|lượt).{0,40} | trực\s+tuyến\s*:\s*[\d.]+
    | (?:ngày\s+)?(?:cập\s+nhật|đăng(?:\s+tải)?|xuất\s+bản|đăng\s+tin)(?:\s+(?:lúc|ngày|lần\s+cuối))?\s*:?\s*(?:thứ\s+\w+\s*,?\s*|chủ\s+nhật\s*,?\s*)?(?:ngày\s*)?\d.*
    | (?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)(?:\s*,?\s*(?:ngày\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}.{0,40})?
    | (?:lúc\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}(?:\s*[-,|]?\s*\d{1,2}\s*[:hg]\s*\d{2}(?::\d{2})?)?(?:\s*(?:am|pm|sa|ch|\(?gmt.{0,5}))?(?:\s*[|•-].{0,40}|\s+theo\s+dõi.{0,40})?
    | (?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ\s+nhật)\s*,?\s*\d{1,2}[:h]\d{2}.{0,20}
    | nghe\s+(?:đọc\s+)?bài(?:\s+viết)? | (?:xem\s+với\s+)?cỡ\s+chữ.* | \d{1,2}\s*[:hg]\s*\d{2}(?::\d{2})?\s*[-,|]?\s*(?:ngày\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?
    | cỡ\s+chữ.* | (?:\(?a[-+]?\)?\s*){2,} | (?:tăng|giảm|mặc\s+định)\s+cỡ\s+chữ.*
    | (?:in|lưu|gửi|chia\s+sẻ|bản|tải)\s+(?:trang|bài|bài\s+viết|tin|in|về|này|email|cho\s+bạn\s+bè|qua\s+email|lên\s+facebook)(?:\s+.{0,20})?
    | (?:chia\s+sẻ|bình\s+luận|phản\s+hồi|ý\s+kiến\s+bạn\s+đọc|theo\s+dõi|yêu\s+thích|lưu)(?:\s*[:(].{0,40})?
    | (?:facebook|twitter|tweet|zalo|email|rss|youtube|google\s+news|telegram|linkedin|pinterest|print|share|like|copy\s+link)(?:[\s|,/]+\w+)*
    | skip\s+(?:ribbon\s+commands|to\s+main\s+content) | turn\s+(?:off|on)\s+animations | đi\s+tới\s+nội\s+dung.*
    | powered\s+by.* | vietnamese | english | 中文 | tiếng\s+việt | báo\s+in | e-?magazine
    | quảng\s+cáo | tìm\s+kiếm.{0,20} | đăng\s+nhập | đăng\s+ký | liên\s+hệ | liên\s+kết\s+web(?:site)? | sơ\s+đồ\s+(?:cổng|trang).{0,20}
    | (?:từ\s+khóa|tags?|thẻ|chủ\s+đề|xem\s+thêm|nguồn(?:\s+tin)?|tác\s+giả|người\s+đăng|biên\s+tập|ảnh|nguồn\s+ảnh)\s*:.{0,120}
    | theo\s+dõi\s+trên.* | đánh\s+giá\s+bài\s+viết.* | (?:nhận\s+xét|gửi\s+bình\s+luận).{0,60}
    | hãy\s+là\s+người\s+đầu\s+tiên.*
    | (?:bản\s+quyền|©|copyright|cơ\s+quan\s+(?:chủ\s+quản|quản\s+lý)|chịu\s+trách\s+nhiệm|tòa\s+soạn|giấy\s+phép|địa\s+chỉ|điện\s+thoại|đt|fax|email|hotline|đường\s+dây\s+nóng|thiết\s+kế(?:\s+và\s+vận\s+hành)?|ghi\s+rõ\s+nguồn|xem\s+tốt\s+nhất).*
    | .*(?:điện\s+thoại|đt|fax|hotline|tel)\s*:?\s*\(?0[\d().\s-]{7,}.*
    | [a-z]{2,20}\.[a-z]{2,15} | bbt | cộng\s+tác\s+viên | ban\s+biên\s+tập.{0,20}
    | \((?:[A-Z]{2,5}|[A-Za-z]+\.[a-z]+)\) | (?-i:[A-ZĐ]\.?\s?[A-ZĐ]\.?(?:\s*[-–]\s*[A-ZĐ]\.?\s?[A-ZĐ]\.?)?)
    )\s*"""
)
_CAPTION = re.compile(r".{0,200}\b(?:Ảnh|Nguồn ảnh|Đồ họa)\s*:\s*[^.]{0,4}\.?[^.]{0,30}", re.DOTALL)
_TOOLBAR = re.compile(  # several small pieces that a page shows on one line
    r"""(?ix)
    (?:(?: chia\s+sẻ | facebook | zalo | twitter | email | bình\s+luận | lưu | in\s+(?:bài(?:\s+viết)?|trang)
    | gửi(?:\s+email)? | theo\s+dõi(?:\s+trên\s+google\s+news)? | bản\s+in | quay\s+lại | gmt\s*\+?\d
    | (?:số\s+)?lượt\s+(?:người\s+)?xem\s*:?\s*[\d.]+ | \d{1,2}[/.-]\d{1,2}[/.-]\d{4} | \d{1,2}[:h]\d{2}(?::\d{2})?
    | ngày\s+(?:đăng|cập\s+nhật)\s*:?
    )[\s|,•:-]*)+"""
)
_AGENCY_TAG = re.compile(r"^\s*\((?:[A-Z]{2,5})\)\s*[-–—:]?\s*")
_SENTENCE_END = (".", ";", ":", "!", "?", "…", ".”", '."', ".)")
_TITLE_CHARS = (20, 260)


def is_chrome(line: str) -> bool:
    """Return whether a whole line is navigation, a counter, a byline, a credited caption, ..."""
    line = line.removeprefix("- ")
    return len(line) <= MAX_CHROME_CHARS and any(
        pattern.fullmatch(line) for pattern in (_CHROME, _CAPTION, _TOOLBAR)
    )


def is_prose(line: str) -> bool:
    """Return whether a line reads like a paragraph: long, and ended like a sentence."""
    return len(line) >= 60 and line.rstrip().endswith(_SENTENCE_END)


def split_page(page: Page) -> tuple[str, tuple[str, ...]]:
    """Return the title and the body lines of a page.

    The extractor's article says where the body is; between its ends everything visible is kept,
    since it was seen to drop lists by the name of their class, and the end reaches on as long as
    lines read like a body.

    Returns:
        The title, "" when none is found, and the body lines without it.
    """
    kept = [_AGENCY_TAG.sub("", line) for line in _stretch(page) if not is_chrome(line)]
    first = next((n for n, line in enumerate(kept) if is_prose(line)), len(kept))
    before = kept[:first]
    low, high = _TITLE_CHARS
    named = [t for t in page.titles if low <= len(t) <= high and t in before]
    if named:
        title = max(named, key=len)
    else:
        fitting = [x for x in before if low <= len(x) <= high and not x.endswith(_SENTENCE_END)]
        title = fitting[-1] if fitting else ""
    body = kept[len(before) - before[::-1].index(title) :] if title else kept
    while body and not _ends_body(body[-1]):
        body.pop()
    return title, tuple(body)


def _stretch(page: Page) -> tuple[str, ...]:
    """Return the lines from the first of the article to the last that reads like a body."""
    lines, article = page.lines, page.article
    if not article or article[0] not in lines or article[-1] not in lines:
        return lines
    end = len(lines) - lines[::-1].index(article[-1])
    while end < len(lines) and _ends_body(lines[end]) and not is_chrome(lines[end]):
        end += 1
    return lines[lines.index(article[0]) : end]


def _ends_body(line: str) -> bool:
    """Whether a line can be the last of a body; titles of other news and footers cannot."""
    return line.rstrip().endswith(_SENTENCE_END)
