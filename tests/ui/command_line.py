"""What a run of the program `hochoi` leaves, and two small reports to run it on."""

import json
from collections.abc import Callable
from dataclasses import dataclass

LONG_AN = """Long An đón đoàn tỉnh Cà Mau tìm hiểu một cửa

Ngày 12/3/2024, đoàn tỉnh Cà Mau gồm 14 người do ông Lê Văn Tám làm trưởng đoàn đến tỉnh Long An.
Trong 02 ngày, đoàn tìm hiểu cách gộp các quầy tiếp nhận hồ sơ.
"""
SON_LA = """Đoàn tỉnh Sơn La học chuyển đổi số tại Quảng Ninh

Ngày 9/7/2023, UBND tỉnh Quảng Ninh tiếp đoàn UBND tỉnh Sơn La đến học chuyển đổi số.
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run of the program left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        """The single JSON value on standard output."""
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[dict[str, object]]:
        """One JSON object per line of standard output."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def sentence(self) -> str:
        """The Vietnamese sentence of a refusal; asserts that there is nothing but it."""
        first, second = self.err.splitlines()
        assert self.code == 1
        assert self.out == ""
        assert second.startswith("error: ")
        assert "Traceback" not in self.err
        return first


Program = Callable[..., Ran]
