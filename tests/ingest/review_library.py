"""A small library with an encoder one can predict, and reports of one visit in several wordings."""

from dataclasses import replace
from pathlib import Path

from hochoi.settings import Settings, load_settings
from hochoi.types import SourceFile

FIRST = """Đoàn Hà Nam thăm Huế về một cửa

Ngày 5/5/2025, đoàn tỉnh Hà Nam gồm 12 người do ông Nguyễn Văn An, Phó Chủ tịch UBND tỉnh làm trưởng
đoàn đến thành phố Huế học mô hình một cửa.

Hai bên trao đổi về Trung tâm Phục vụ hành chính công và số hóa hồ sơ, về nhân sự và kinh phí.
"""
CHANGED = FIRST.replace("12 người", "15 người")
AGAIN = FIRST.replace("5/5/2025", "6/8/2025")  # the same words about a later visit
PRIVATE = "Sơn La làm việc với Điện Biên\n\nLiên hệ ông Bình, số 0912 345 678, để nhận tài liệu.\n"


def settings_in(folder: Path) -> Settings:
    """Return settings for a library in a temporary folder."""
    return replace(load_settings(folder / "var", {}), max_file_mb=1)


def source(text: str, name: str = "báo cáo.txt") -> SourceFile:
    """Return a text as a file received."""
    return SourceFile(name, text.encode())
