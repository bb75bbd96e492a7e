"""Find what frames an official paper: letterhead above, addressees and signature below.

Form after Decree 30/2020/NĐ-CP. A date or a name there is the paper's, not that of what it reports.
"""

import re

from hochoi.types import Span

HEAD_LINES = 12  # with words, from the top
TAIL_LINES = 25  # from the end
_LETTERHEAD = re.compile(
    r"CỘNG H[ÒO][ÀA]? XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do"
    r"|^\s*Số\s*:?\s*\d*\s*/|^[^,.]{2,40}, ngày\s+\d*\s*tháng\s+\d*\s*năm\s+\d{4}\W*$"
    r"|^\W*(?:BÁO CÁO|THÔNG BÁO|KẾ HOẠCH|BIÊN BẢN|TỜ TRÌNH|CÔNG VĂN|GIẤY MỜI)\W*$"
)
_ADDRESSEES = re.compile(r"^\W*Nơi nhận\b")


def frame_spans(text: str) -> tuple[Span, ...]:
    """Return the lines of a paper's frame in order, as ranges of `text`; none without a frame."""
    lines = [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    head = [
        Span(start, end) for start, end in lines[:HEAD_LINES] if _LETTERHEAD.search(text[start:end])
    ]
    first_tail = max(HEAD_LINES, len(lines) - TAIL_LINES)
    for start, end in lines[first_tail:]:
        if _ADDRESSEES.match(text[start:end]):
            return (*head, Span(start, len(text)))
    return tuple(head)
