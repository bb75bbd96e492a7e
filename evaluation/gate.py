"""Results against a kept baseline -> the problems that should stop a release.

The baseline file is small JSON with one question per line, so that a change reads well in a
review. Does not run anything and does not decide exit codes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.compare import compare
from evaluation.measures import Metric, Result
from evaluation.runs import replace_text
from evaluation.testset import TestSet
from hochoi.errors import TestSetError

_FORMAT = 1

Models = Sequence[tuple[str, str]]  # kind and name with fingerprint
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Baseline:
    """Accepted results on one test set."""

    testset: str  # name, for people
    fingerprint: str  # identity
    results: tuple[Result, ...]
    models: tuple[tuple[str, str], ...] = ()  # what they were taken with, e.g. embedding model


@dataclass(frozen=True, slots=True)
class Rules:
    """When a result is a problem: a significant drop, or a mean below its floor."""

    significance: float = 0.05  # a drop counts when chance gives it less often than this
    floors: tuple[tuple[str, float], ...] = ()  # measure, least mean


@dataclass(frozen=True, slots=True)
class Problem:
    """One measure that should stop a release."""

    measure: str
    reason: str  # "drop", "floor", "missing" or "model"
    before: float | None  # accepted mean; the floor itself for "floor"
    after: float | None  # mean now, None for "missing"
    p_value: float | None = None
    worse: tuple[str, ...] = ()  # questions that got worse, largest loss first
    detail: str = ""  # for "model": the accepted one and the one now


def make_baseline(testset: TestSet, results: Sequence[Result], models: Models = ()) -> Baseline:
    """Return `results` as the accepted state of `testset`, taken with `models`."""
    return Baseline(testset.name, testset.fingerprint, tuple(results), tuple(models))


def write_baseline(baseline: Baseline, path: Path) -> None:
    """Write a baseline; the file appears complete or not at all.

    Raises:
        OSError: If the folder cannot be written.
    """
    rows: dict[str, dict[str, float]] = {}
    for result in baseline.results:
        for metric in result.metrics:
            rows.setdefault(metric.query_id, {})[result.measure] = round(metric.value, _DECIMALS)
    means = {result.measure: round(result.mean, _DECIMALS) for result in baseline.results}
    lines = [f"{_json(query_id)}: {_json(rows[query_id])}" for query_id in sorted(rows)]
    head: dict[str, object] = {
        "format": _FORMAT,
        "test_set": baseline.testset,
        "fingerprint": baseline.fingerprint,
    }
    if baseline.models:
        head["models"] = dict(baseline.models)
    text = "".join(f"  {_json(key)}: {_json(value)},\n" for key, value in head.items())
    text += f'  "means": {_json(means)},\n  "values": {{\n    '
    replace_text(path, "{\n" + text + ",\n    ".join(lines) + "\n  }\n}\n")


def read_baseline(path: Path, testset: TestSet) -> Baseline:
    """Return the baseline of `testset` that stands in `path`.

    Raises:
        TestSetError: If the file is missing or is no baseline, or was made on another test set
            or another version of it.
    """
    try:
        kept = json.loads(path.read_bytes())
    except OSError as exc:
        raise TestSetError(str(path), [f"cannot be read ({exc.strerror})"]) from exc
    except (ValueError, RecursionError) as exc:
        raise TestSetError(str(path), ["not JSON"]) from exc
    if not isinstance(kept, dict) or kept.get("format") != _FORMAT:
        raise TestSetError(str(path), [f"not a baseline of format {_FORMAT}"])
    name, fingerprint = kept.get("test_set"), kept.get("fingerprint")
    if fingerprint != testset.fingerprint:
        reason = (
            f"made on test set {name} ({fingerprint}), not on {testset.name}"
            f" ({testset.fingerprint}); accept a new baseline for this set"
        )
        raise TestSetError(str(path), [reason])
    results = _results(kept.get("values"))
    if results is None:
        raise TestSetError(str(path), ['"values" must hold numbers per question and measure'])
    models = kept.get("models") or {}
    if not isinstance(models, dict) or not all(isinstance(v, str) for v in models.values()):
        raise TestSetError(str(path), ['"models" must hold a text per kind of model'])
    return Baseline(str(name), testset.fingerprint, results, tuple(models.items()))


def check(
    results: Sequence[Result],
    baseline: Baseline,
    rules: Rules | None = None,
    *,
    models: Models = (),
    seed: int = 0,
) -> tuple[Problem, ...]:
    """Return what got significantly worse than the baseline or stands below its floor.

    A small set may not feel it when a model is swapped for another, so that is named as well: the
    new model is accepted with a new baseline.

    Args:
        results: Of the same test set; measures that the baseline does not hold pass.
        baseline: From `read_baseline`.
        rules: Left out: drops only, at a significance of 0.05.
        models: What the results were taken with; kinds that the baseline lacks pass.
        seed: Start of the random numbers of the paired test.

    Raises:
        ValueError: If a measure was taken over other questions than in the baseline.
    """
    rules = rules or Rules()
    now = {result.measure: _rounded(result) for result in results}
    used = dict(models)
    problems = [
        Problem(kind, "model", None, None, detail=f"{name} -> {used[kind]}")
        for kind, name in baseline.models
        if kind in used and used[kind] != name
    ]
    for kept in baseline.results:
        if kept.measure not in now:
            problems.append(Problem(kept.measure, "missing", kept.mean, None))
            continue
        found = compare(kept, now[kept.measure], seed=seed)
        if found.difference < 0 and found.p_value < rules.significance:
            worse = tuple(change.query_id for change in found.worse)
            before, after = found.mean_before, found.mean_after
            problems.append(Problem(kept.measure, "drop", before, after, found.p_value, worse))
    for measure, floor in rules.floors:
        if measure not in now:
            problems.append(Problem(measure, "missing", floor, None))
        elif now[measure].mean < floor:
            problems.append(Problem(measure, "floor", floor, now[measure].mean))
    return tuple(problems)


def _rounded(result: Result) -> Result:
    """Return a result as a file keeps it, so that what is equal does not seem to have fallen."""
    kept = (Metric(m.query_id, round(m.value, _DECIMALS)) for m in result.metrics)
    return Result(result.measure, tuple(kept))


def _results(values: object) -> tuple[Result, ...] | None:
    """Return the results in the "values" of a baseline file, None when they are malformed."""
    if not isinstance(values, dict):
        return None
    metrics: dict[str, list[Metric]] = {}
    for query_id, row in values.items():
        if not isinstance(row, dict):
            return None
        for measure, value in row.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                return None
            metrics.setdefault(measure, []).append(Metric(query_id, float(value)))
    return tuple(Result(measure, tuple(found)) for measure, found in metrics.items())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
