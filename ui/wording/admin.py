"""What commands and pages for administrators say about the life of a report, in Vietnamese."""

from collections.abc import Mapping

HELD: Mapping[str, str] = {
    "review": "chờ duyệt theo yêu cầu",
    "personal data": "có số điện thoại hoặc số định danh cá nhân",
    "secret stamp": "có dấu chỉ độ mật",
    "new version": "có vẻ là bản mới của một báo cáo đã có",
}
"""Why a report waits, by `HoldReason`."""

HELD_SENTENCE = (
    "Báo cáo được giữ lại, chưa công bố: {reasons}. Xem bằng “hochoi show-draft {report_id}”, "
    "rồi “hochoi publish {report_id}” hoặc “hochoi refuse {report_id}”."
)
VERSION_SENTENCE = (
    "Trùng {percent} % câu chữ với báo cáo {other_id} về cùng một chuyến. Công bố thay bản cũ bằng "
    "“hochoi publish {report_id} --replace”, giữ cả hai bằng “--keep-both”."
)
KIN_SENTENCE = "Lưu ý: trùng {percent} % câu chữ với báo cáo {other_id}."
REPLACED_SENTENCE = "Đã thay báo cáo {other_id}; bản cũ vẫn đọc được theo địa chỉ của nó."
MARKS: Mapping[str, str] = {
    "phone number": "số điện thoại cá nhân",
    "identity number": "số định danh cá nhân",
    "secret stamp": "dấu chỉ độ mật",
}
"""What is marked in a draft, by `MarkKind`."""

FIELDS: Mapping[str, str] = {
    "title": "Tên báo cáo",
    "host": "Nơi tiếp",
    "visitors": "Đoàn đến",
    "date": "Thời gian",
    "places": "Địa điểm",
    "head_of_delegation": "Trưởng đoàn",
    "deputy_heads": "Phó Trưởng đoàn",
    "host_leads": "Người tiếp",
    "participants": "Số người",
    "document_numbers": "Văn bản",
    "topics": "Chủ đề",
    "source_url": "Trang gốc",
    "published": "Ngày đăng",
}
"""The name of each visit field that can be corrected."""

NOT_STATED = "không nêu"
CORRECTED_BY = "do {by} sửa"
EMPTY_DRAFTS = "Không có báo cáo nào chờ duyệt."
EMPTY_JOBS = "Không có lượt nạp nào."
MINUTES_LEFT = "còn khoảng {minutes} phút"
LESS_THAN_A_MINUTE = "còn chưa đến một phút"
REMOVED_WORDS = "[Nội dung này đã được gỡ khỏi kho.]"
"""What stands in a kept conversation in the place of what a removed report said."""

EXPECTED: Mapping[str, str] = {
    "title": "một dòng chữ",
    "date": "một ngày như “ngày 02/8/2024” hoặc 2024-08-02, hay 2024-08-02/2024-08-04",
    "participants": "một số từ 1 đến 100.000",
    "topics": "mã chủ đề trong corpus/topics.toml",
    "source_url": "địa chỉ bắt đầu bằng http",
    "published": "một ngày như 2024-08-02",
}
"""What a visit field takes, for a person who typed something else."""
