"""Every warning of a reader has a Vietnamese sentence."""

import re
from pathlib import Path

import pytest

from ui.wording.warnings import WARNING_SENTENCES, warning_sentence

READERS = Path(__file__).parents[2] / "ingest" / "readers"


def test_warning_sentence_names_the_values() -> None:
    assert warning_sentence("pages_low|3,4") == (
        "Ảnh trang 3, 4 khó đọc, chữ nhận dạng có thể sai nhiều."
    )
    assert "TCVN3 (ABC)" in warning_sentence("encoding|tcvn3")


def test_warning_that_is_a_sentence_stays_as_it_is() -> None:
    assert warning_sentence("Ảnh mờ.") == "Ảnh mờ."


def test_every_key_with_values_that_a_reader_writes_is_known() -> None:
    written = {
        key
        for path in READERS.glob("*.py")
        for key in re.findall(r'f"([a-z_]+)\|', path.read_text(encoding="utf-8"))
    }
    assert written
    assert written <= set(WARNING_SENTENCES)


@pytest.mark.parametrize("key", sorted(WARNING_SENTENCES))
def test_warning_key_stands_in_a_reader(key: str) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in READERS.glob("*.py"))
    assert f'"{key}' in sources
