"""What `hochoi evaluate` prints: lines for people, JSON objects for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from evaluation.answers import AnswerScores, Slice, Verdict
from evaluation.gate import Problem
from evaluation.measures import Result, interval
from evaluation.runs import Latency, Run
from evaluation.testset import TestSet
from evaluation.visit_fields import GIVEN_FIELDS, FieldScore, overall

Json = dict[str, object]

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """What searching for the questions of one test set gave."""

    testset: TestSet
    run: Run
    results: tuple[Result, ...]
    documents: int  # searched
    missing: tuple[str, ...]  # named by the set, not searched
    run_path: Path


def figures_json(figures: Figures) -> Json:
    """Return the retrieval part of `hochoi evaluate --json`."""
    measures: Json = {}
    for result in figures.results:
        bounds = interval(result)
        measures[result.measure] = {
            "mean": round(result.mean, _DECIMALS),
            "low": round(bounds.low, _DECIMALS),
            "high": round(bounds.high, _DECIMALS),
        }
    return {
        "test_set": figures.testset.name,
        "fingerprint": figures.testset.fingerprint,
        "questions": len(figures.testset.questions),
        "judged": len(figures.testset.judged),
        "documents": figures.documents,
        "missing": list(figures.missing),
        "measures": measures,
        "latency_ms": _latency(figures.run.latency),
        "run": str(figures.run_path),
    }


def figures_lines(figures: Figures) -> list[str]:
    """Return the retrieval part for people; the brackets hold the 95 % interval of the mean."""
    testset = figures.testset
    lines = [
        f"test set     {testset.name} ({testset.fingerprint}): {len(testset.judged)} judged of"
        f" {len(testset.questions)} questions, {figures.documents} documents"
    ]
    for result in figures.results:
        bounds = interval(result)
        lines.append(
            f"{result.measure:12s} {result.mean:.3f}  [{bounds.low:.3f}, {bounds.high:.3f}]"
        )
    lines.append(f"search       {_latency_words(figures.run.latency)}")
    lines.append(f"run          {figures.run_path}")
    return lines


def answers_json(scores: AnswerScores) -> Json:
    """Return the answer part of `hochoi evaluate --json`."""
    return {
        "overall": asdict(scores.overall),
        "by_kind": [asdict(part) for part in scores.by_kind],
        "by_tag": [asdict(part) for part in scores.by_tag],
        "citations": scores.citations,
        "altered_quotes": scores.altered_quotes,
        "latency_ms": _latency(scores.latency),
        "failures": [_failure_json(verdict) for verdict in scores.failures],
    }


def _failure_json(verdict: Verdict) -> Json:
    return {
        "id": verdict.question.query_id,
        "question": verdict.question.text,
        "outcome": verdict.outcome.value,
        "reasons": list(verdict.reasons),
        "expected": list(verdict.expectation.expected),
        "answer": verdict.found_text,
        "first_document": verdict.first_document,
    }


def answers_lines(scores: AnswerScores) -> list[str]:
    """Return the answer part for people, every failure on a line of its own."""
    total = scores.overall
    lines = [
        "",
        f"answers              {len(scores.verdicts)} questions, {total.answerable} of them"
        f" answerable, {total.ambiguous} fit several visits",
        f"right report first   {total.right_reports} of {total.answerable}",
        f"answer strings       {total.words_present} of {total.answerable}",
        f"both (answer hits)   {total.answer_hits} of {total.answerable}",
        f"wrong refusals       {total.wrong_refusals} of {total.answerable}",
        f"missed refusals      {total.missed_refusals} of {total.unanswerable}",
        f"asked back rightly   {total.right_ask_backs} of {total.ambiguous}",
        f"asked back           {total.ask_backs}",
        f"altered quotes       {scores.altered_quotes} of {scores.citations}",
        f"answering            {_latency_words(scores.latency)}",
    ]
    lines += [_slice_line("kind", part) for part in scores.by_kind]
    lines += [_slice_line("tag", part) for part in scores.by_tag]
    for verdict in scores.failures:
        question = verdict.question
        lines.append(f"failed {question.query_id}  {'; '.join(verdict.reasons)}: {question.text}")
    return lines


def _slice_line(what: str, part: Slice) -> str:
    line = f"{what:4s} {part.name:15s} answer hits {part.answer_hits} of {part.answerable}"
    if part.ambiguous:
        line += f", asked back {part.right_ask_backs} of {part.ambiguous}"
    return line + (
        f", refused {part.right_refusals} of {part.unanswerable}" if part.unanswerable else ""
    )


def problems_json(path: Path, problems: Sequence[Problem]) -> Json:
    """Return the outcome of the comparison with a baseline."""
    return {"path": str(path), "problems": [asdict(problem) for problem in problems]}


def problem_line(problem: Problem) -> str:
    """Return one problem in words, e.g. "drop Success@1: 0.900 -> 0.850, p = 0.012, worse: q7"."""
    before, after = (
        "none" if value is None else f"{value:.3f}" for value in (problem.before, problem.after)
    )
    line = f"{problem.reason} {problem.measure}: {before} -> {after}"
    if problem.p_value is not None:
        line += f", p = {problem.p_value:.3f}"
    return line + (f", worse: {', '.join(problem.worse)}" if problem.worse else "")


def fields_json(scores: Mapping[str, FieldScore], labels: int, missing: Sequence[str]) -> Json:
    """Return the visit field part of `hochoi evaluate --json`."""
    return {
        "labels": labels,
        "missing": list(missing),
        "fields": {name: _field_json(found) for name, found in scores.items()},
        "overall": _field_json(overall(scores, _read_fields(scores))),
    }


def _field_json(found: FieldScore) -> Json:
    return {
        "precision": round(found.precision, _DECIMALS),
        "recall": round(found.recall, _DECIMALS),
        **asdict(found),
    }


def fields_lines(scores: Mapping[str, FieldScore], labels: int) -> list[str]:
    """Return precision and recall per field, and over all that are read from the text."""
    lines = [f"visit fields over {labels} labelled reports"]
    total = overall(scores, _read_fields(scores))
    for name, found in [*scores.items(), ("all read fields", total)]:
        lines.append(
            f"{name:20s} P {found.precision:.3f}  R {found.recall:.3f}"
            f"  ({found.correct} right of {found.found} found, {found.gold} labelled)"
        )
    return lines


def _read_fields(scores: Mapping[str, FieldScore]) -> list[str]:
    """Return the fields that are read from the text, not handed over with it."""
    return [name for name in scores if name not in GIVEN_FIELDS]


def _latency(found: Latency | None) -> Json | None:
    return {"p50": round(found.p50_ms, 1), "p95": round(found.p95_ms, 1)} if found else None


def _latency_words(found: Latency | None) -> str:
    return f"p50 {found.p50_ms:.1f} ms, p95 {found.p95_ms:.1f} ms" if found else "not timed"
