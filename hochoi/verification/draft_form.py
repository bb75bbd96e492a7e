"""Refuse a drafted sentence for its form: links, markup, foreign letters, first person, orders.

Whatever a report or a model says, an answer speaks about reports. Words in quotation marks are
a report's and may say "tôi". Does not look at any report.
"""

import re

from hochoi.text import comparison_key, fold

MAX_CHARS = 700
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_FORM = re.compile(
    r"[a-z][a-z0-9+.-]{0,15}://|https?:|www\.|javascript:|mailto:|tel:|data:[a-z]+/|\]\(|!\[|[<>{}\[\]|\\`]|&[a-z#0-9]{2,8};"
    r"|[\w-]+\.(?!vn\b|gov\.vn\b)(?:com|net|org|info|top|xyz|io|ru|cn|me|biz|online|site|click)\b",
    re.IGNORECASE,
)
_LOOK_ALIKE = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_VOICE = re.compile(
    r"(?<!\w)(?:tôi|chúng tôi|chúng ta|tớ|quý vị|anh/chị|anh chị|người dùng hãy"
    r"|trợ lý(?! (?:ảo|số))|chatgpt|gpt"
    r"|(?<!tỉnh )(?<!nước )(?<!phía )(?<!đoàn )(?<!phố )(?<!phương )(?<!vị )bạn (?:hãy|phải|cần|nên"
    r"|là|có thể|đang|sẽ|được|đã)|mô hình ngôn ngữ|system|assistant|prompt|lời nhắc hệ thống"
    r"|chỉ dẫn hệ thống|hướng dẫn hệ thống|bỏ qua mọi|bỏ qua các chỉ dẫn|bỏ qua hướng dẫn)(?!\w)"
    r"|(?:đề nghị|yêu cầu|kính gửi|cho phép) (?:hệ thống|trợ lý|máy|mô hình)(?!\w)|trả lời ?:"
    r"|(?:^|[.;:,–-] ?)(?:hãy|xin hãy|vui lòng|xin vui lòng|đừng|xin lỗi|rất tiếc)(?!\w)",
    re.IGNORECASE,
)
_PLAIN_VOICE = re.compile(
    r"(?<!\w)(?:toi (?:la|xin|se|da|khong|can|muon|co|dong)|chung toi|anh/chi|quy vi"
    r"|tro ly(?! (?:ao|so))"
    r"|chatgpt|gpt|mo hinh ngon ngu|system|assistant|prompt|bo qua (?:moi|cac|toan bo|huong dan)"
    r"|ban (?:hay|phai|can|nen|la))(?!\w)"
    r"|(?:de nghi|yeu cau|kinh gui|cho phep) (?:he thong|tro ly|may|mo hinh)(?!\w)|tra loi ?:"
    r"|(?:^|[.;:,–-] ?)(?:hay|xin hay|vui long|xin vui long|dung|xin loi|rat tiec)(?!\w)"
)


def is_foreign_form(text: str) -> bool:
    """Return whether a sentence holds a link or markup, or is too long to be one sentence.

    Cyrillic and Greek letters count as markup: in Vietnamese they are only look-alikes, with which
    a text could pass for other words.
    """
    return (
        len(text) > MAX_CHARS
        or _FORM.search(text) is not None
        or _LOOK_ALIKE.search(text) is not None
    )


def is_foreign_voice(text: str) -> bool:
    """Return whether a sentence speaks of itself, to the reader, or gives orders."""
    own = comparison_key(_QUOTED.sub("“”", text)).strip()
    plain = fold(own)
    return _VOICE.search(own) is not None or (plain == own and bool(_PLAIN_VOICE.search(plain)))


def quotations(text: str, least_words: int = 3) -> tuple[str, ...]:
    """Return what stands in quotation marks, without the marks; shorter ones are only names."""
    inner = [match[0][1:-1].strip(" .,;:…") for match in _QUOTED.finditer(text)]
    return tuple(words for words in inner if len(words.split()) >= least_words)
