"""Labels of the page of visit fields beside what a person labelled: Vietnamese, English."""

from collections.abc import Mapping

LABELS: Mapping[str, tuple[str, str]] = {
    "fields_title": ("Các trường của chuyến", "Visit fields"),
    "fields_intro": (
        "So các trường mà quy tắc đọc được từ báo cáo đã công bố với nhãn do người đọc báo cáo "
        "ghi. Tính ngay khi mở trang.",
        "Sets the fields that rules read from published reports beside those that a person "
        "labelled. Worked out when the page is opened.",
    ),
    "fields_none": (
        "Chưa có tệp nhãn nào. Đặt tệp visit_fields….jsonl vào thư mục testsets của dữ liệu.",
        "There are no labels. Put a file visit_fields….jsonl into testsets of the data directory.",
    ),
    "fields_hint": (
        "Độ chính xác: phần giá trị đọc được là đúng. Độ bao phủ: phần giá trị cần có đã đọc được. "
        "Tên báo cáo, trang gốc và ngày đăng đi kèm tệp chứ không đọc từ văn bản nên không tính "
        "vào dòng cuối.",
        "Precision: the share of what was read that is right. Recall: the share of the labels that "
        "was read. Title, original page and day of publication come with the file; the last line "
        "leaves them out.",
    ),
    "fields_missing": (
        "{count} báo cáo có nhãn chưa được công bố, tính là không đọc được gì: {names}",
        "{count} labelled reports are not published and count as not read: {names}",
    ),
    "fields_field": ("Trường", "Field"),
    "fields_precision": ("Độ chính xác", "Precision"),
    "fields_recall": ("Độ bao phủ", "Recall"),
    "fields_right": ("Đúng", "Right"),
    "fields_found": ("Đọc được", "Read"),
    "fields_labelled": ("Theo nhãn", "Labelled"),
    "fields_all": ("Mọi trường đọc từ văn bản", "All fields read from the text"),
    "fields_differences": ("Những chỗ khác nhãn ({count})", "Where they differ ({count})"),
    "fields_same": ("Không có chỗ nào khác nhãn.", "Nothing differs."),
    "fields_report": ("Báo cáo", "Report"),
    "fields_missed": ("Có trong nhãn, không đọc được", "Labelled, not read"),
    "fields_extra": ("Đọc được, không có trong nhãn", "Read, not labelled"),
    "fields_csv": ("Những chỗ khác (CSV)", "Differences (CSV)"),
    "fields_json": ("Số đo (JSON)", "Figures (JSON)"),
    "field_title": ("Tên báo cáo", "Title"),
    "field_host": ("Nơi tiếp", "Host"),
    "field_visitors": ("Đoàn đến", "Visitors"),
    "field_date_first": ("Ngày đầu", "First day"),
    "field_date_last": ("Ngày cuối", "Last day"),
    "field_date_text": ("Thời gian như đã viết", "Date as written"),
    "field_places": ("Địa điểm", "Places"),
    "field_head_of_delegation": ("Trưởng đoàn", "Head of delegation"),
    "field_host_leads": ("Người tiếp", "Who received them"),
    "field_person_title": ("Chức vụ", "Titles of persons"),
    "field_participants": ("Số người", "Participants"),
    "field_document_numbers": ("Văn bản", "Documents"),
    "field_topics": ("Chủ đề", "Topics"),
    "field_source_url": ("Trang gốc", "Original page"),
    "field_published": ("Ngày đăng", "Published"),
}
