"""Within copied words one word in place of another is seen; free wording is left to others."""

import pytest

from hochoi.verification.exchanged_words import exchanged
from tests.mutation.statements import fact_reader

QUOTED = (
    "Thủ tục được công khai tại trung tâm cấp xã trước ngày 01/7/2025.\n"
    "Lực lượng này hướng dẫn người dân làm thủ tục trực tuyến ở bộ phận một cửa cấp huyện."
)


def found(sentence: str) -> list[str]:
    reader = fact_reader()
    return list(exchanged(reader.read(sentence), reader.read(QUOTED)))


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Thủ tục được bí mật tại trung tâm cấp xã trước ngày 01/7/2025.", "bí mật"),
        ("Thủ tục được công khai tại trung tâm cấp tỉnh trước ngày 01/7/2025.", "tỉnh"),
        ("Thủ tục được công khai tại trung tâm cấp xã sau ngày 01/7/2025.", "sau"),
        ("Thủ tục được công khai tại trung tâm cấp huyện.", "huyện"),
        ("Hồ sơ được công khai tại trung tâm cấp xã.", "hồ sơ"),
        ("Lực lượng này hướng dẫn người dân làm thủ tục trực tiếp.", "tiếp"),
        ("Theo báo cáo, lực lượng này cấm người dân làm thủ tục trực tuyến.", "cấm"),
    ],
)
def test_exchanged_word_is_named(sentence: str, words: str) -> None:
    assert words in found(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        *QUOTED.split("\n"),
        "Theo báo cáo, thủ tục được công khai tại trung tâm cấp xã.",
        "Thủ tục được công khai ở trung tâm cấp xã trước tháng 7/2025.",
        "Tổ công nghệ số hướng dẫn người dân làm thủ tục trực tuyến.",
        "Lực lượng này hướng dẫn công dân làm thủ tục trực tuyến ở bộ phận một cửa.",
        "Trước ngày 01/7/2025, trung tâm cấp xã đã công khai thủ tục.",
        "Lực lượng này hướng dẫn làm thủ tục.",
        "",
    ],
)
def test_exchanged_same_words_synonyms_and_free_wording_are_not(sentence: str) -> None:
    assert found(sentence) == []


def test_exchanged_word_of_another_line_in_its_own_words_stands() -> None:
    assert found("Thủ tục được công khai ở bộ phận một cửa cấp huyện.") == []
