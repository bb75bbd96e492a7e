"""Every sentence of the pages that a person can see, in Vietnamese and in English.

Answers, notices and errors are Vietnamese in both languages: they go with Vietnamese reports.
Does not know HTML.
"""

from collections.abc import Mapping
from enum import Enum

from hochoi.errors import (
    EmptyTextError,
    HocHoiError,
    IngestError,
    LimitExceededError,
    MissingFileError,
    ModelError,
    ModelMissingError,
    NotFoundError,
    QuestionError,
    SchemaTooNewError,
    ServerPortError,
    SettingsError,
    StoreError,
    StoreLockedError,
    StoreUnwritableError,
    TestSetError,
    UnreadableFileError,
    UnsupportedFormatError,
)


class Language(Enum):
    """A language of the page's own labels."""

    VI = "vi"
    EN = "en"


LANGUAGE_COOKIE = "hochoi_lang"

_LABELS: Mapping[str, tuple[str, str]] = {
    # both pages
    "app_name": ("Học Hỏi", "Học Hỏi"),
    "tagline": (
        "Hỏi đáp từ báo cáo các chuyến trao đổi, học tập kinh nghiệm giữa các địa phương",
        "Answers from reports of study visits between Vietnamese provinces",
    ),
    "language_group": ("Ngôn ngữ giao diện", "Interface language"),
    "new_page": ("mở trang mới", "opens a new page"),
    "host": ("Nơi tiếp", "Host"),
    "visitors": ("Đoàn đến", "Visitors"),
    "date": ("Thời gian", "Date"),
    "now_called": ("nay là {name}", "now {name}"),
    "original_page": ("Trang gốc", "Original page"),
    # ask page
    "opening": ("Đang mở trang hỏi đáp…", "Opening the ask page…"),
    "needs_script": (
        "Trang hỏi đáp cần JavaScript. Các trang báo cáo đọc được mà không cần.",
        "The ask page needs JavaScript. The report pages can be read without it.",
    ),
    "ask_heading": ("Anh/chị muốn tìm hiểu điều gì?", "What would you like to know?"),
    "ask_hint": (
        "Hỏi bằng tiếng Việt, có dấu hay không dấu đều được. Có thể bắt đầu từ một câu dưới đây.",
        "Ask in Vietnamese, with or without diacritics, or start with one of these.",
    ),
    "library_empty": (
        "Kho chưa có báo cáo nào. Quản trị viên nạp báo cáo bằng lệnh “hochoi ingest”.",
        "The library holds no report yet. An administrator adds reports with “hochoi ingest”.",
    ),
    "question_label": ("Câu hỏi của anh/chị", "Your question"),
    "question_placeholder": ("Nhập câu hỏi…", "Type a question in Vietnamese…"),
    "key_hint": (
        "Enter để gửi, Shift + Enter để xuống dòng",
        "Enter sends, Shift + Enter breaks the line",
    ),
    "send": ("Gửi", "Ask"),
    "new_conversation": ("Cuộc trò chuyện mới", "New conversation"),
    "did_you_mean": ("Ý anh/chị là: “{question}”", "Did you mean: “{question}”"),
    "model_written": (
        "Câu trả lời do mô hình ngôn ngữ “{generator}” soạn; từng câu đã được đối chiếu với "
        "báo cáo được trích.",
        "Worded by the language model “{generator}”; every sentence was checked against the "
        "cited report.",
    ),
    "ai_line": (
        "Học Hỏi là hệ thống trí tuệ nhân tạo. Câu trả lời trích nguyên văn báo cáo; "
        "hãy kiểm tra lại nguồn trước khi sử dụng.",
        "Học Hỏi is an AI system. Answers quote reports word for word; check the source "
        "before you use them.",
    ),
    "conversation": ("Cuộc trò chuyện", "Conversation"),
    "asked": ("Câu hỏi", "Question"),
    "step_understood": ("Đang đọc câu hỏi…", "Reading the question…"),
    "step_searching": ("Đang tìm trong các báo cáo…", "Searching the reports…"),
    "step_found": ("Đang xem các đoạn tìm được…", "Reading the passages found…"),
    "step_writing": ("Đang soạn câu trả lời…", "Writing the answer…"),
    "citation": (
        "Nguồn {number}: xem nguyên văn trong báo cáo (mở trang mới)",
        "Source {number}: see the exact words in the report (opens a new page)",
    ),
    "nearest": ("Báo cáo gần nhất với câu hỏi:", "Nearest reports:"),
    "no_notice": (
        "Chưa tìm thấy câu trả lời trong các báo cáo hiện có.",
        "The reports hold no answer to this.",
    ),
    "copy": ("Sao chép", "Copy"),
    "copy_with_sources": ("Sao chép kèm nguồn", "Copy with sources"),
    "copied": ("Đã sao chép", "Copied"),
    "copy_failed": ("Không sao chép được", "Could not copy"),
    "sources_in_copy": ("Nguồn:", "Sources:"),
    "sources": ("Nguồn được trích", "Cited sources"),
    "related": ("Báo cáo gần nhất", "Nearest reports"),
    "related_hint": ("Tìm thấy nhưng không được trích.", "Found, but not cited."),
    "sources_empty": (
        "Nguồn của câu trả lời sẽ hiện ở đây: chuyến nào, ai đến học ai, ngày nào, "
        "và nguyên văn câu được trích.",
        "The sources of an answer appear here: which visit, who visited whom, when, "
        "and the exact words that are quoted.",
    ),
    "sources_none": (
        "Câu hỏi này không trích nguồn nào.",
        "Nothing is cited for this question.",
    ),
    "library_summary": ("Kho hiện có {count} báo cáo.", "The library holds {count} reports."),
    "open_report": ("Mở báo cáo", "Open report"),
    # reader page
    "back_to_ask": ("Hỏi đáp", "Ask"),
    "report": ("Báo cáo", "Report"),
    "visit_card": ("Thông tin chuyến đi", "About this visit"),
    "marked": ("Đoạn được trích tô nền vàng.", "The quoted words are marked."),
    "go_to_mark": ("Đến đoạn được trích", "Go to the quoted words"),
    "places": ("Địa điểm", "Places"),
    "head": ("Trưởng đoàn", "Head of delegation"),
    "deputies": ("Phó Trưởng đoàn", "Deputy heads"),
    "host_leads": ("Người tiếp", "Received by"),
    "participants": ("Số người", "Participants"),
    "documents": ("Văn bản", "Documents"),
    "topics": ("Chủ đề", "Topics"),
    "published": ("Ngày đăng", "Published"),
    "file": ("Tệp gốc", "Original file"),
    "download": ("Tải tệp gốc", "Download the original file"),
    "not_stated": ("Không nêu", "Not stated"),
    "compiled": (
        "Báo cáo do dự án biên soạn từ dữ kiện công khai.",
        "Compiled by the project from public facts.",
    ),
    "not_found_title": ("Không tìm thấy trang", "Page not found"),
    "report_not_found": (
        "Báo cáo này không có trong kho, hoặc đã được gỡ bỏ.",
        "This report is not in the library, or was removed.",
    ),
    "page_not_found": ("Địa chỉ này không có trang nào.", "There is no page at this address."),
}

BUILT_IN_VI: Mapping[str, str] = {
    "common.loading": "Đang tải",
    "common.error": "Lỗi",
    "common.clear": "Xoá",
    "common.or": "hoặc",
    "status.queue_position": "Đang chờ: {position}/{size}",
    "blocks.connection_can_break": "Nếu rời trang, kết nối có thể bị ngắt.",
    "blocks.long_requests_queue": "Có nhiều câu hỏi đang chờ, xin đợi trong giây lát.",
    "blocks.lost_connection": "Mất kết nối. Đang kết nối lại…",
}
"""Strings that the user interface library brings along, by its own keys."""

ERROR_SENTENCES: Mapping[type[HocHoiError], str] = {
    HocHoiError: "Học Hỏi không thực hiện được yêu cầu này.",
    SettingsError: "Cấu hình “{e.key}” có giá trị “{e.value}” không hợp lệ; cần: {e.expected}.",
    QuestionError: "Câu hỏi dài quá {limit} ký tự. Hãy rút gọn rồi gửi lại.",
    NotFoundError: "Không có {what} “{e.name}” trong kho.",
    IngestError: "Không nạp được tệp “{e.file_name}”.",
    MissingFileError: "Không có tệp hay thư mục “{e.file_name}”.",
    UnsupportedFormatError: "Tệp “{e.file_name}” thuộc loại chưa đọc được ({e.detected}).",
    UnreadableFileError: "Tệp “{e.file_name}” bị hỏng, có mật khẩu hoặc dùng bảng mã lạ.",
    EmptyTextError: "Tệp “{e.file_name}” không có chữ nào để đọc.",
    LimitExceededError: "Tệp “{e.file_name}” vượt giới hạn {e.limit} ({e.actual}).",
    StoreError: "Kho dữ liệu “{e.path}” không dùng được: {e.reason}.",
    StoreLockedError: "Kho dữ liệu “{e.path}” đang được dùng bởi tiến trình khác ({e.owner}).",
    StoreUnwritableError: "Không tạo hoặc ghi được vào “{e.path}”: {e.reason}.",
    SchemaTooNewError: "Kho dữ liệu “{e.path}” do phiên bản mới hơn tạo ra (lược đồ {e.found}, "
    "bản này đọc đến {e.supported}).",
    ServerPortError: "Không mở được cổng {e.port} tại {e.host}: cổng đang bận hoặc không được "
    "phép dùng.",
    ModelError: "Không dùng được mô hình “{e.model}”: {e.reason}.",
    ModelMissingError: "Không tìm thấy mô hình “{e.model}”.",
    TestSetError: "Bộ câu hỏi “{e.path}” có {rows} dòng sai, dòng đầu: {first_row}.",
}

_EMPTY_QUESTION = "Hãy nhập câu hỏi rồi gửi."
_THINGS: Mapping[str, str] = {
    "report": "báo cáo",
    "original": "tệp gốc",
    "province": "tỉnh, thành phố",
    "topic": "chủ đề",
}
_UNEXPECTED = "Có lỗi ngoài dự kiến (mã {reference}). Câu hỏi vẫn còn trong ô, xin thử gửi lại."


def language_of(code: str | None) -> Language:
    """Return the language with this code; Vietnamese for None and anything unknown."""
    return Language.EN if code == Language.EN.value else Language.VI


def label(key: str, language: Language, **values: str) -> str:
    """Return one label; `{name}` in it is replaced by the value of that name.

    Raises:
        KeyError: If there is no such label, or a value is missing.
    """
    vietnamese, english = _LABELS[key]
    return (english if language is Language.EN else vietnamese).format(**values)


def labels(language: Language) -> dict[str, str]:
    """Return all labels of a language by key, with their `{name}` places unfilled."""
    column = 1 if language is Language.EN else 0
    return {key: pair[column] for key, pair in _LABELS.items()}


def number_words(number: int) -> str:
    """Return a whole number with dots between thousands, e.g. "2.000"."""
    return f"{number:,}".replace(",", ".")


def error_sentence(exc: HocHoiError) -> str:
    """Return one Vietnamese sentence for an error: what is wrong and, where known, what to do."""
    template = next(ERROR_SENTENCES[kind] for kind in type(exc).__mro__ if kind in ERROR_SENTENCES)
    values: dict[str, str] = {}
    if isinstance(exc, QuestionError):
        template = _EMPTY_QUESTION if exc.reason == "empty" else template
        values["limit"] = number_words(exc.limit)
    elif isinstance(exc, NotFoundError):
        values["what"] = _THINGS.get(exc.what, "mục")
    elif isinstance(exc, TestSetError):
        values["rows"] = number_words(len(exc.rows))
        values["first_row"] = exc.rows[0] if exc.rows else ""
    return template.format(e=exc, **values)


def unexpected_sentence(reference: str) -> str:
    """Return the sentence for an error nobody foresaw; `reference` finds it in the log."""
    return _UNEXPECTED.format(reference=reference)
