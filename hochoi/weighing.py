"""Two logistic models over signals of evidence, with their weights in a data file.

One says whether a report is the one that is meant, the other whether it states what was asked.
Fitted by `python -m training.calibrate`; the file can be read and changed by hand.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hochoi.errors import ModelError, ModelMissingError

FORMAT = 2
Signals = dict[str, float]

SIGNALS = (
    "words pairs sentence fact_sentence fact rare_words matter thing thing_anywhere content_matter"
    " content_thing sides names numbers lead behind meaning role is_content"
).split()


@dataclass(frozen=True, slots=True)
class Logistic:
    """Log odds as a weighted sum; signals without a weight do not count."""

    bias: float
    weights: Mapping[str, float]

    def odds(self, signals: Mapping[str, float]) -> float:
        """Return the log odds for one set of signals."""
        return self.bias + sum(w * signals[name] for name, w in self.weights.items())

    def probability(self, signals: Mapping[str, float]) -> float:
        """Return the probability for one set of signals, 0..1."""
        return _probability(self.odds(signals))


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often an answer is right, by the log odds that its report states what was asked.

    Those odds come from questions made hard on purpose; this brings them to the questions that
    people ask (Platt's scaling).
    """

    bias: float
    slope: float  # above 0: more evidence is never less confidence

    def confidence(self, odds: float) -> float:
        """Return the probability that an answer is right, 0..1."""
        return _probability(self.bias + self.slope * odds)


def _probability(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, odds))))


@dataclass(frozen=True, slots=True)
class Limits:
    """Probabilities from which on something is taken to be so."""

    states: float  # a report states what was asked
    meant: float  # a report is the one that is meant, though it does not state it
    near: float  # a report is worth naming when nothing is answered
    choice: float  # a report would state it, were it the only one: one of several to ask about


@dataclass(frozen=True, slots=True)
class Weighing:
    """The two models, their limits, and what the second one is worth in right answers."""

    is_meant: Logistic
    states: Logistic
    limits: Limits
    calibration: Calibration

    def weigh(self, signals: Mapping[str, float]) -> tuple[float, float, float]:
        """Return the probabilities of `is_meant`, of `states`, and that an answer is right."""
        confidence = self.calibration.confidence(self.states.odds(signals))
        return self.is_meant.probability(signals), self.states.probability(signals), confidence


def read_weighing(path: Path) -> Weighing:
    """Return the models that stand in a file.

    Raises:
        ModelMissingError: If there is no such file.
        ModelError: If it is no such file, or names signals that do not exist.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        found = Weighing(
            _logistic(kept["is_meant"]),
            _logistic(kept["states"]),
            Limits(**{name: float(value) for name, value in kept["limits"].items()}),
            Calibration(**{name: float(value) for name, value in kept["confidence"].items()}),
        )
        declared = kept["format"]
    except FileNotFoundError as exc:
        raise ModelMissingError(str(path)) from exc
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise ModelError(str(path), f"not weights of evidence: {exc!r}") from exc
    if declared != FORMAT:
        raise ModelError(str(path), f"format {declared}, expected {FORMAT}")
    if found.calibration.slope <= 0:
        raise ModelError(str(path), "confidence must rise with the evidence: slope above 0")
    unknown = sorted((set(found.is_meant.weights) | set(found.states.weights)) - set(SIGNALS))
    if unknown:
        raise ModelError(str(path), f"weighs a signal that is not there: {unknown[0]}")
    return found


def _logistic(kept: Mapping[str, object]) -> Logistic:
    weights = kept["weights"]
    if not isinstance(weights, dict):
        raise ValueError('"weights" must be an object')
    return Logistic(float(str(kept["bias"])), {n: float(w) for n, w in weights.items()})


def write_weighing(weighing: Weighing, path: Path, note: str) -> None:
    """Write the models; `note` says on what they were fitted."""
    parts = {
        "format": FORMAT,
        "note": note,
        "is_meant": _rounded(weighing.is_meant),
        "states": _rounded(weighing.states),
        "limits": {
            "states": round(weighing.limits.states, 3),
            "meant": round(weighing.limits.meant, 3),
            "near": round(weighing.limits.near, 3),
            "choice": round(weighing.limits.choice, 3),
        },
        "confidence": {
            "bias": round(weighing.calibration.bias, 3),
            "slope": round(weighing.calibration.slope, 3),
        },
    }
    path.write_text(json.dumps(parts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _rounded(model: Logistic) -> dict[str, object]:
    weights = {name: round(value, 3) for name, value in model.weights.items()}
    return {"bias": round(model.bias, 3), "weights": weights}
