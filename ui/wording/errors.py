"""The Vietnamese sentence of every error, and the names of the things they speak of."""

from collections.abc import Mapping

from hochoi.errors import (
    AccountError,
    AccountExistsError,
    AccountNameError,
    BackupError,
    CorrectionError,
    DecisionNeededError,
    EmptyTextError,
    HocHoiError,
    IngestError,
    LastAdminError,
    LimitExceededError,
    LoginDelayedError,
    LoginRefusedError,
    MissingFileError,
    ModelError,
    ModelMissingError,
    NotFoundError,
    PasswordError,
    PasswordNeededError,
    QuestionError,
    ReaderEndedError,
    ReadingMemoryError,
    ReadingTimeError,
    SchemaTooNewError,
    ServerPortError,
    SettingsError,
    SignOnError,
    StoreError,
    StoreLockedError,
    StoreUnwritableError,
    TestSetError,
    ToolMissingError,
    TooManyPartsError,
    UnreadableFileError,
    UnsupportedFormatError,
)

ERROR_SENTENCES: Mapping[type[HocHoiError], str] = {
    HocHoiError: "Học Hỏi không thực hiện được yêu cầu này.",
    SettingsError: "Cấu hình “{e.key}” có giá trị “{e.value}” không hợp lệ; cần: {e.expected}.",
    QuestionError: "Câu hỏi dài quá {limit} ký tự. Hãy rút gọn rồi gửi lại.",
    NotFoundError: "Không có {what} “{e.name}” trong kho{nearest}.",
    CorrectionError: "Trường “{field}” không nhận giá trị “{e.value}”; cần: {expected}.",
    DecisionNeededError: "Báo cáo “{e.report_id}” có vẻ là bản mới của “{e.other_id}”: hãy cho biết"
    " thay bản cũ (--replace) hay giữ cả hai (--keep-both).",
    BackupError: "Bản sao lưu “{e.path}” không dùng được: {e.reason}.",
    IngestError: "Không nạp được tệp “{e.file_name}”.",
    MissingFileError: "Không có tệp hay thư mục “{e.file_name}”.",
    UnsupportedFormatError: "Tệp “{e.file_name}” thuộc loại chưa đọc được ({detected}).",
    UnreadableFileError: "Tệp “{e.file_name}” bị hỏng hoặc dùng bảng mã lạ nên không đọc được.",
    PasswordNeededError: "Tệp “{e.file_name}” có mật khẩu. Hãy bỏ mật khẩu rồi nạp lại.",
    ReaderEndedError: "Tệp “{e.file_name}” làm chương trình đọc dừng đột ngột, có thể đã hỏng. "
    "Hãy mở và lưu lại tệp rồi nạp lại.",
    ToolMissingError: "Để đọc tệp “{e.file_name}”, hãy cài {tool} trên máy chủ.",
    EmptyTextError: "Tệp “{e.file_name}” không có chữ nào để đọc.",
    LimitExceededError: "Tệp “{e.file_name}” vượt giới hạn {e.limit} ({e.actual}).",
    TooManyPartsError: "Tệp “{e.file_name}” có {actual} {part}, vượt giới hạn {limit}. "
    "Hãy tách tệp rồi nạp lại.",
    ReadingTimeError: "Đọc tệp “{e.file_name}” quá {e.seconds} giây nên đã dừng. "
    "Hãy tách hoặc lưu lại tệp rồi nạp lại.",
    ReadingMemoryError: "Đọc tệp “{e.file_name}” cần quá {e.megabytes} MB bộ nhớ nên đã dừng. "
    "Hãy tách tệp rồi nạp lại.",
    StoreError: "Kho dữ liệu “{e.path}” không dùng được: {e.reason}.",
    StoreLockedError: "Kho dữ liệu “{e.path}” đang được dùng bởi tiến trình khác ({e.owner}).",
    StoreUnwritableError: "Không tạo hoặc ghi được vào “{e.path}”: {e.reason}.",
    SchemaTooNewError: "Kho dữ liệu “{e.path}” do phiên bản mới hơn tạo ra (lược đồ {e.found}, "
    "bản này đọc đến {e.supported}).",
    ServerPortError: "Không mở được cổng {e.port} tại {e.host}: cổng đang bận hoặc không được "
    "phép dùng.",
    AccountError: "Không đổi được tài khoản “{e.name}” như yêu cầu.",
    AccountNameError: "Tên tài khoản “{e.name}” không dùng được: cần tối đa 64 chữ, số và các dấu "
    "chấm, gạch dưới, gạch nối, @; không có dấu cách.",
    AccountExistsError: "Đã có tài khoản tên “{e.name}”.",
    LastAdminError: "“{e.name}” là quản trị viên cuối cùng đang dùng được; hãy thêm một quản trị "
    "viên khác trước.",
    PasswordError: "Mật khẩu chưa dùng được: {why}.",
    LoginRefusedError: "Tên hoặc mật khẩu chưa đúng.",
    LoginDelayedError: "Đã thử sai nhiều lần; hãy đợi {minutes} phút rồi thử lại, hoặc nhờ quản "
    "trị viên mở khóa.",
    SignOnError: "Dịch vụ đăng nhập một lần không trả lời hoặc không xác nhận: hãy thử lại, "
    "hoặc dùng mật khẩu.",
    ModelError: "Không dùng được mô hình “{e.model}”: {e.reason}.",
    ModelMissingError: "Không tìm thấy mô hình “{e.model}”.",
    TestSetError: "Bộ câu hỏi “{e.path}” có {rows} dòng sai, dòng đầu: {first_row}.",
}

EMPTY_QUESTION = "Hãy nhập câu hỏi rồi gửi."
NEAREST = "; gần nhất là “{e.nearest}”"
THINGS: Mapping[str, str] = {
    "account": "tài khoản",
    "report": "báo cáo",
    "conversation": "cuộc trò chuyện",
    "turn": "câu hỏi",
    "draft": "bản chờ duyệt",
    "job": "lượt nạp",
    "file": "tệp đã nhận",
    "original": "tệp gốc",
    "province": "tỉnh, thành phố",
    "topic": "chủ đề",
}
PASSWORD_REASONS: Mapping[str, str] = {
    "short": "cần ít nhất 10 ký tự",
    "long": "dài quá 1.024 byte",
    "common": "quá dễ đoán",
    "name": "có chứa tên tài khoản",
    "characters": "có ký tự không gõ được",
    "repeat": "hai lần gõ không giống nhau",
    "same": "giống mật khẩu cũ",
}
FORMATS: Mapping[str, str] = {
    "binary data": "không phải văn bản",
    "other office document": "tài liệu văn phòng khác",
    "ZIP archive": "tệp nén ZIP, hoặc tài liệu bị hỏng",
    "archive of another kind": "tệp nén loại khác",
    "program": "chương trình",
    "database": "cơ sở dữ liệu",
}
"""What a file turned out to be, by `UnsupportedFormatError.detected`."""

TOOLS: Mapping[str, str] = {
    "tesseract": "chương trình nhận dạng chữ tesseract cùng gói tiếng Việt "
    "(Debian: tesseract-ocr, tesseract-ocr-vie)",
    "LibreOffice": "LibreOffice (Debian: libreoffice-writer-nogui, libreoffice-calc-nogui)",
}
PARTS: Mapping[str, str] = {
    "pages": "trang",
    "entries": "tệp con",
    "attachments": "tệp đính kèm",
    "characters": "ký tự",
    "cells": "ô",
    "pixels": "điểm ảnh",
    "megabytes unpacked": "MB sau khi giải nén",
}
UNEXPECTED = "Có lỗi ngoài dự kiến (mã {reference}). Câu hỏi vẫn còn trong ô, xin thử gửi lại."
