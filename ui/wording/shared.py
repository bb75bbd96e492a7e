"""Labels that several pages use: Vietnamese, English."""

from collections.abc import Mapping

LABELS: Mapping[str, tuple[str, str]] = {
    "app_name": ("Học Hỏi", "Học Hỏi"),
    "tagline": (
        "Hỏi đáp từ báo cáo các chuyến trao đổi, học tập kinh nghiệm giữa các địa phương",
        "Answers from reports of study visits between Vietnamese provinces",
    ),
    "menu": ("Mục lục", "Menu"),
    "menu_open": ("Mở mục lục, đang ở:", "Open the menu; you are at:"),
    "sections": ("Các phần của Học Hỏi", "Parts of Học Hỏi"),
    "section_ask": ("Hỏi đáp", "Ask"),
    "section_visits": ("Chuyến đi", "Visits"),
    "section_conversations": ("Đã lưu", "Saved"),
    "section_admin": ("Quản trị", "Manage"),
    "section_evaluate": ("Đánh giá", "Evaluate"),
    "skip": ("Đến nội dung chính", "Skip to content"),
    "language_group": ("Ngôn ngữ giao diện", "Interface language"),
    "dark_scheme": ("Nền tối", "Dark colours"),
    "new_page": ("mở trang mới", "opens a new page"),
    "host": ("Nơi tiếp", "Host"),
    "visitors": ("Đoàn đến", "Visitors"),
    "date": ("Thời gian", "Date"),
    "page_number": ("Trang {page}", "Page {page}"),
    "page": ("Trang", "Page"),
    "now_called": ("nay là {name}", "now {name}"),
    "then_called": ("khi đó: {name}", "then {name}"),
    "original_page": ("Trang gốc", "Original page"),
}
