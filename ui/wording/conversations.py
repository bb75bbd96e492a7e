"""Labels of the list of conversations and of the files made from them: Vietnamese, English."""

from collections.abc import Mapping

LABELS: Mapping[str, tuple[str, str]] = {
    "conversations_title": ("Cuộc trò chuyện đã lưu", "Saved conversations"),
    "conversations_intro": (
        "Chỉ anh/chị thấy các cuộc trò chuyện của mình.",
        "Only you see your conversations.",
    ),
    "conversations_trial": (
        "Đang dùng thử: các cuộc trò chuyện gắn với trình duyệt này; xoá cookie là mất.",
        "On trial: conversations belong to this browser; they go with its cookies.",
    ),
    "conversations_find": ("Tìm trong câu hỏi và câu trả lời", "Find in questions and answers"),
    "find": ("Tìm", "Find"),
    "conversations_none": ("Chưa có cuộc trò chuyện nào.", "No conversation yet."),
    "conversations_not_found": (
        "Không có cuộc trò chuyện nào chứa các từ này.",
        "No conversation holds these words.",
    ),
    "questions_count": ("{count} câu hỏi", "{count} questions"),
    "rename": ("Đổi tên", "Rename"),
    "new_title": ("Tên mới của “{title}”", "New name of “{title}”"),
    "save": ("Lưu", "Save"),
    "delete": ("Xoá", "Delete"),
    "delete_title": ("Xoá cuộc trò chuyện?", "Delete the conversation?"),
    "delete_sure": (
        "Xoá “{title}” cùng {count} câu hỏi trong đó? Không lấy lại được. Các ý kiến đã gửi về câu "
        "trả lời vẫn được giữ cho đánh giá viên.",
        "Delete “{title}” with its {count} questions? This cannot be undone. Opinions you sent "
        "stay with the evaluators.",
    ),
    "keep": ("Không xoá", "Keep it"),
    "deleted": ("Đã xoá cuộc trò chuyện.", "The conversation was deleted."),
    "renamed": ("Đã đổi tên.", "Renamed."),
    "conversation_not_found": (
        "Không có cuộc trò chuyện này, hoặc đã xoá.",
        "There is no such conversation, or it was deleted.",
    ),
    "paper_heading": (
        "Hỏi đáp từ báo cáo các chuyến trao đổi, học tập kinh nghiệm",
        "Questions and answers from reports of study visits",
    ),
    "paper_made_on": (
        "Lập ngày {day} tháng {month} năm {year} từ hệ thống Học Hỏi.",
        "Made on {day}/{month}/{year} by Học Hỏi.",
    ),
    "paper_asked_at": ("Hỏi lúc {moment}.", "Asked at {moment}."),
    "note_report": ("Báo cáo “{title}”", "Report “{title}”"),
    "note_host": ("nơi tiếp: {host}", "host: {host}"),
    "note_visitors": ("đoàn đến: {visitors}", "visitors: {visitors}"),
    "note_date": ("thời gian: {date}", "date: {date}"),
    "note_file": ("tệp “{name}”", "file “{name}”"),
    "note_as_before": ("Như chú thích số {number}", "As note {number}"),
    "note_pages": ("trang {pages}", "page {pages}"),
    "note_sections": ("mục {names}", "section {names}"),
    "note_paragraphs": ("đoạn văn thứ {paragraphs}", "paragraph {paragraphs}"),
}
