"""Names of the groups of questions and steps of answering that the product itself makes.

A group that an evaluator named is shown as it was named. Vietnamese, English.
"""

from collections.abc import Mapping

LABELS: Mapping[str, tuple[str, str]] = {
    "group_kind_who": ("ai", "who"),
    "group_kind_when": ("khi nào", "when"),
    "group_kind_where": ("ở đâu", "where"),
    "group_kind_how_many": ("bao nhiêu", "how many"),
    "group_kind_document": ("văn bản nào", "which document"),
    "group_kind_result": ("kết quả", "result"),
    "group_kind_content": ("nội dung", "content"),
    "group_kind_list": ("liệt kê", "list"),
    "group_kind_count": ("đếm chuyến", "count"),
    "group_kind_compare": ("so sánh", "compare"),
    "group_kind_timeline": ("dòng thời gian", "timeline"),
    "group_kind_out_of_scope": ("ngoài phạm vi", "out of scope"),
    "group_accents_accented": ("có dấu", "with accents"),
    "group_accents_unaccented": ("không dấu", "without accents"),
    "group_naming_old": ("tên cũ", "old names"),
    "group_naming_new": ("tên mới", "new names"),
    "group_tag_abbreviated": ("viết tắt", "abbreviated"),
    "group_tag_follow_up": ("hỏi tiếp", "follow-up"),
    "group_tag_not_stated": ("báo cáo không nêu", "not stated"),
    "group_tag_no_such_visit": ("không có chuyến ấy", "no such visit"),
    "group_tag_swapped": ("đổi nơi tiếp với đoàn đến", "host and visitor swapped"),
    "group_tag_keywords": ("chỉ gõ từ khóa", "keywords only"),
    "group_tag_question": ("câu hỏi trọn vẹn", "whole question"),
    "group_tag_ask_back": ("phải hỏi lại", "to be asked back"),
    "group_tag_off_topic": ("lạc đề", "off topic"),
    "group_tag_judgement": ("hỏi nhận định", "asks for a judgement"),
    "group_tag_order": ("yêu cầu làm việc khác", "an order"),
    "group_tag_nonsense": ("vô nghĩa", "nonsense"),
    "group_tag_feedback": ("từ ý kiến người dùng", "from feedback"),
    "group_step_search": ("tìm, trong phép đo tìm kiếm", "search, as measured alone"),
    "group_step_answer": ("trả lời, từ đầu đến cuối", "answer, from start to end"),
    "group_step_answer: understand": ("trả lời: hiểu câu hỏi", "answer: understand"),
    "group_step_answer: suggest": ("trả lời: gợi ý cách viết", "answer: suggest"),
    "group_step_answer: search": ("trả lời: tìm", "answer: search"),
    "group_step_answer: answer": ("trả lời: đọc và soạn câu", "answer: read and write"),
    "group_step_answer: total": ("trả lời: cộng", "answer: total"),
}
