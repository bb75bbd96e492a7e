"""Labels of the page on which a report is read: Vietnamese, English."""

from collections.abc import Mapping

LABELS: Mapping[str, tuple[str, str]] = {
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
        "Báo cáo này không có trong kho.",
        "This report is not in the library.",
    ),
    "report_removed": (
        "Báo cáo này đã được gỡ khỏi kho.",
        "This report was removed from the library.",
    ),
    "older_version": (
        "Đây là bản cũ, đã được thay và không còn dùng để trả lời.",
        "This is an older version; it was replaced and answers no questions any more.",
    ),
    "newest_version": ("Xem bản hiện hành", "Read the current version"),
    "page_not_found": ("Địa chỉ này không có trang nào.", "There is no page at this address."),
}
