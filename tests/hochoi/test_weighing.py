"""The weights of evidence: a file that can be read, and is refused when it cannot."""

import json
from pathlib import Path

import pytest

from hochoi.errors import ModelError, ModelMissingError
from hochoi.settings import SHIPPED
from hochoi.weighing import (
    SIGNALS,
    Calibration,
    Limits,
    Logistic,
    Weighing,
    read_weighing,
    write_weighing,
)

SHIPPED_FILE = SHIPPED / "models" / "hochoi-evidence" / "weights.json"
WEIGHING = Weighing(
    Logistic(-1.0, {"words": 2.0}),
    Logistic(-2.0, {"fact": 4.0}),
    Limits(0.7, 0.6, 0.3, 0.8),
    Calibration(0.5, 0.6),
)


def test_weigh_more_of_a_wanted_signal_is_more_probable() -> None:
    none = dict.fromkeys(SIGNALS, 0.0)
    low, high = WEIGHING.weigh(none), WEIGHING.weigh({**none, "fact": 1.0})
    assert low[0] == high[0]
    assert 0 < low[1] < 0.5 < high[1] < 1
    assert 0 < low[2] < high[2] < 1


def test_confidence_of_any_evidence_is_a_probability() -> None:
    for odds in (-1e9, 0.0, 1e9):
        assert 0 <= WEIGHING.calibration.confidence(odds) <= 1


def test_write_then_read_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    write_weighing(WEIGHING, path, "by hand")
    assert read_weighing(path) == WEIGHING


def test_shipped_weights_are_readable_and_say_what_they_were_fitted_on() -> None:
    read_weighing(SHIPPED_FILE)
    assert "training.calibrate" in json.loads(SHIPPED_FILE.read_text())["note"]


def test_shipped_weights_a_stated_fact_speaks_for_an_answer() -> None:
    assert read_weighing(SHIPPED_FILE).states.weights["fact"] > 0


@pytest.mark.parametrize(
    "change",
    [
        {"format": 9},
        {"states": {"bias": 0, "weights": {"luck": 1}}},
        {"states": {"bias": 0, "weights": []}},
        {"limits": {}},
        {"limits": {"states": 1, "meant": 1, "near": "x", "choice": 1}},
        {"confidence": {"bias": 0, "slope": -1}},
        {"confidence": {}},
    ],
)
def test_read_changed_file_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(json.loads(SHIPPED_FILE.read_text()) | change))
    with pytest.raises(ModelError, match=str(path)):
        read_weighing(path)


def test_read_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError):
        read_weighing(tmp_path / "none.json")
