"""Labels of the pages on which visits are browsed: Vietnamese, English."""

from collections.abc import Mapping

LABELS: Mapping[str, tuple[str, str]] = {
    "visits_title": ("Các chuyến đi", "Visits"),
    "visits_intro": (
        "Ai đến học ai, khi nào, về việc gì. Bấm vào bất kỳ ô, cột hay đường nối nào để xem các "
        "chuyến phía sau.",
        "Who learned from whom, when, and about what. Any cell, bar or line opens the visits "
        "behind it.",
    ),
    "view_group": ("Cách xem", "View"),
    "view_table": ("Bảng", "Table"),
    "view_timeline": ("Dòng thời gian", "Timeline"),
    "view_network": ("Ai học ai", "Who learned from whom"),
    "view_coverage": ("Tỉnh × chủ đề", "Province × topic"),
    "filter_form": ("Lọc các chuyến đi", "Filter the visits"),
    "filter_words": ("Tìm trong danh sách", "Find in the list"),
    "filter_words_hint": (
        "tên chuyến, đoàn, người, số văn bản…",
        "title, delegation, person, document…",
    ),
    "filter_province": ("Tỉnh, thành phố", "Province"),
    "filter_role": ("Vai trò của tỉnh", "Part of the province"),
    "role_any": ("Nơi tiếp hoặc đoàn đến", "Host or visitor"),
    "role_host": ("Là nơi tiếp", "As host"),
    "role_visitor": ("Là đoàn đến", "As visitor"),
    "filter_year": ("Năm", "Year"),
    "filter_topic": ("Chủ đề", "Topic"),
    "filter_all_provinces": ("Tất cả các tỉnh", "All provinces"),
    "filter_all_years": ("Tất cả các năm", "All years"),
    "filter_all_topics": ("Tất cả chủ đề", "All topics"),
    "filter_names": ("Tên tỉnh", "Province names"),
    "names_then": ("Tên tại thời điểm đi", "As at the time of the visit"),
    "names_now": ("Tên từ 01/7/2025", "As since 01/07/2025"),
    "filter_everything": (
        "Kể cả báo cáo không nêu nơi tiếp hoặc đoàn đến",
        "Include reports that state no host or no visitor",
    ),
    "filter_apply": ("Lọc", "Filter"),
    "filter_reset": ("Bỏ lọc", "Clear filters"),
    "link_only": ("Chỉ các chuyến: {visitor} đến {host}.", "Only visits of {visitor} to {host}."),
    "visits_count": ("{count} chuyến đi", "{count} visits"),
    "reports_count": ("{count} báo cáo", "{count} reports"),
    "visits_none": (
        "Không có chuyến nào phù hợp. Hãy bớt điều kiện lọc.",
        "No visit fits. Remove a filter.",
    ),
    "csv_export": ("Tải danh sách (CSV)", "Download the list (CSV)"),
    "column_title": ("Báo cáo", "Report"),
    "pages_group": ("Các trang của bảng", "Pages of the table"),
    "previous_page": ("Trang trước", "Previous page"),
    "next_page": ("Trang sau", "Next page"),
    "page_of": ("Trang {page}/{pages}", "Page {page} of {pages}"),
    "per_year": ("Số chuyến theo năm", "Visits per year"),
    "undated": ("Báo cáo không nêu đủ ngày, tháng, năm", "No full date in the report"),
    "month_of": ("Tháng {month}", "Month {month}"),
    "learners": ("Đoàn đến học", "Visitors who learned"),
    "teachers": ("Nơi tiếp", "Hosts"),
    "network_caption": (
        "Đường càng đậm, càng nhiều chuyến. Bấm vào đường để xem các chuyến đó.",
        "The thicker the line, the more visits. A line opens its visits.",
    ),
    "network_link": (
        "{visitor} đến {host}: {count} chuyến",
        "{visitor} to {host}: {count} visits",
    ),
    "network_more": (
        "Còn {count} cặp ít chuyến hơn; lọc để thấy.",
        "{count} more pairs with fewer visits; filter to see them.",
    ),
    "network_list": ("Danh sách các cặp", "The pairs as a list"),
    "provinces_only": (
        "Chỉ giữa các tỉnh, thành phố",
        "Only between provinces",
    ),
    "everybody": (
        "Cả bộ, ngành và nước ngoài",
        "Ministries and foreign bodies too",
    ),
    "coverage_caption": (
        "Số báo cáo của mỗi tỉnh về mỗi chủ đề. Ô trống là chỗ kho chưa có báo cáo.",
        "Reports of each province on each topic. An empty cell is a gap of the library.",
    ),
    "coverage_total": ("Tất cả", "All"),
    "coverage_missing": (
        "Chưa có báo cáo nào về {count} tỉnh, thành phố:",
        "No report about {count} provinces:",
    ),
    "bad_filter": (
        "Địa chỉ này có điều kiện lọc không hợp lệ nên đã bỏ qua: {names}.",
        "This address has filters that are not valid and were left out: {names}.",
    ),
}
