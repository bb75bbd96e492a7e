"""Labels of the ask page: Vietnamese, English."""

from collections.abc import Mapping

LABELS: Mapping[str, tuple[str, str]] = {
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
}
