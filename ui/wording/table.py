"""Column heads of the table that answers a question over many visits, by the column's code."""

LABELS: dict[str, tuple[str, str]] = {
    "heading_number": ("Nguồn", "Source"),
    "heading_group": ("Bên", "Side"),
    "heading_date": ("Thời gian", "Date"),
    "heading_visitors": ("Đoàn", "Visitors"),
    "heading_host": ("Nơi tiếp", "Host"),
    "heading_head": ("Trưởng đoàn", "Head of delegation"),
    "heading_host_leads": ("Người tiếp", "Received by"),
    "heading_places": ("Nơi đến", "Places"),
    "heading_participants": ("Số người", "Participants"),
    "heading_content": ("Nội dung nêu trong báo cáo", "What the report says"),
    "heading_title": ("Báo cáo", "Report"),
    "cell_not_stated": ("không nêu", "not stated"),
    "understood_as": ("Hiểu là: {question}", "Understood as: {question}"),
    "visits_table": (
        "Bảng {count} dòng, mỗi dòng một chuyến",
        "Table of {count} rows, one visit each",
    ),
}
