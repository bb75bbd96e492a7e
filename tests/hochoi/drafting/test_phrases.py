"""The phrases file is checked when it is read, not when it is used."""

from pathlib import Path

import pytest

from hochoi.drafting.phrases import Phrases
from hochoi.errors import SettingsError
from hochoi.settings import SHIPPED

SHIPPED_FILE = SHIPPED / "prompts" / "answers.vi.toml"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "answers.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_say_fills_names_in() -> None:
    said = Phrases(SHIPPED_FILE).say("fact.head", person="Tạ Văn Dũng")
    assert said == "trưởng đoàn là Tạ Văn Dũng"


def test_say_value_with_a_dollar_is_taken_as_it_is() -> None:
    assert "$person ${x} $" in Phrases(SHIPPED_FILE).say("fact.head", person="$person ${x} $")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[abstain]", "[abstained]"),
        ('head = "trưởng đoàn là $person"', ""),
        ('head = "trưởng đoàn là $person"', 'head = "trưởng đoàn là"'),
        ('head = "trưởng đoàn là $person"', 'head = "trưởng đoàn là $person, $title"'),
        ('head = "trưởng đoàn là $person"', 'head = "$person nhận 5 $"'),
        ("[cite]", 'extra = "x"\n[cite]'),
        ("[cite]", "[cite"),
    ],
    ids=["table", "missing", "unused", "unknown", "dollar", "no table", "no TOML"],
)
def test_read_changed_file_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(SettingsError, match=str(path)):
        Phrases(path)


def test_read_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        Phrases(tmp_path / "none.toml")
