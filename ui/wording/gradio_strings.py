"""Strings that the user interface library brings along, in Vietnamese."""

from collections.abc import Mapping

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
"""By the library's own keys."""
