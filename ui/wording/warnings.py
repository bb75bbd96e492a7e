"""The Vietnamese sentence of every warning that reading a source file can leave on a report."""

from collections.abc import Mapping

WARNING_SENTENCES: Mapping[str, str] = {
    "encoding": "Văn bản gốc dùng bảng mã cũ {0}; đã chuyển sang Unicode.",
    "damaged_letters": "Có {0} chữ trong tệp gốc bị hỏng, hiện thành “\ufffd”.",
    "letters_lost": "Có thể thiếu chữ: đếm lại bằng cách khác thấy nhiều hơn {0} trên {1} chữ.",
    "hidden_text": "Có {0} chữ không hiện ra khi mở tệp gốc (chữ trắng, chữ ẩn, bị che hoặc ngoài"
    " trang) mà máy vẫn đọc được; hãy xem lại trước khi dùng.",
    "file_ends_early": "Tệp gốc dừng giữa chừng, có thể thiếu phần cuối.",
    "damaged_parts": "Tệp gốc có {0} phần bị hỏng, có thể thiếu chữ.",
    "attachments_apart": "Thư có {0} tệp đính kèm ({1}); mỗi tệp được nạp thành một báo cáo riêng.",
    "pages_lost": "Không mở được {0} trên {1} trang.",
    "not_cross_checked": "Không đối chiếu được số chữ bằng cách thứ hai.",
    "pages_recognised": "Chữ của trang {0} được nhận dạng từ ảnh; hãy đối chiếu trước khi dùng.",
    "pages_low": "Ảnh trang {0} khó đọc, chữ nhận dạng có thể sai nhiều.",
    "pages_unread": "Không đọc được trang {0}.",
    "letters_doubtful": "Khoảng {0} % từ không thể là tiếng Việt; bảng chữ của tệp có thể đã hỏng.",
    "letter_table": "Bảng chữ của tệp gốc có {0} chỗ vô lý; vài chữ đọc ra có thể khác chữ nhìn"
    " thấy.",
    "pages_empty": "Trang {0} không có chữ nào; nếu trang gốc có chữ thì tệp đã hỏng.",
    "pages_doubtful": "Chữ ở trang {0} sắp xếp lộn xộn trong tệp gốc, có thể đọc sai.",
}
_ENCODINGS: Mapping[str, str] = {
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI-Windows",
    "viscii": "VISCII",
    "windows-1258": "Windows-1258",
}


def warning_sentence(warning: str) -> str:
    """Return one Vietnamese sentence for a warning: a key, then its values, separated by `|`."""
    key, *values = warning.split("|")
    if key not in WARNING_SENTENCES:
        return warning  # a sentence already
    shown = [_ENCODINGS.get(value, value.replace(",", ", ")) for value in values]
    return WARNING_SENTENCES[key].format(*shown)
