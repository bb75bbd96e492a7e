"""What `hochoi evaluate` prints: lines for people, JSON objects for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from evaluation.archive import Head
from evaluation.compare import Comparison
from evaluation.comparing import Compared, Flip
from evaluation.figures import Figure, Figures, SliceFigures
from evaluation.gate import Problem
from evaluation.measures import RETRIEVAL_MEASURES
from evaluation.rows import Row
from evaluation.runs import Latency
from evaluation.selective import COVERAGES, Selective, selective_of
from evaluation.visit_fields import FieldFigures, FieldScore, overall

Json = dict[str, object]

_DECIMALS = 4
_FLIPS_SHOWN = 20
_SLICES_SHOWN = 12


def evaluation_json(head: Head, figures: Figures, rows: Sequence[Row], run_path: Path) -> Json:
    """Return the figures of one evaluation, as `hochoi evaluate --json` prints them."""
    latencies = dict(figures.latencies)
    return {
        "evaluation": head.evaluation_id,
        "state": head.state.value,
        "test_set": head.testset,
        "fingerprint": head.fingerprint,
        "questions": len(rows),
        "judged": sum(row.asked.is_judged for row in rows),
        "documents": head.configuration.reports,
        "missing": list(head.missing),
        "configuration": asdict(head.configuration),
        "measures": _measures_json(figures.overall),
        "latency_ms": _latency(latencies.get("search")),
        "latencies_ms": {name: _latency(found) for name, found in figures.latencies},
        "run": str(run_path),
        "answers": _answers_json(figures, rows),
        "confidence": _confidence_json(rows),
        "slices": [_slice_json(part) for part in figures.slices],
    }


def _measures_json(figures: Sequence[Figure]) -> Json:
    return {
        figure.measure: {
            "mean": round(figure.mean, _DECIMALS),
            "low": round(figure.bounds.low, _DECIMALS),
            "high": round(figure.bounds.high, _DECIMALS),
            "questions": figure.questions,
        }
        for figure in figures
    }


def _slice_json(part: SliceFigures) -> Json:
    return {
        "dimension": part.dimension,
        "value": part.value,
        "questions": part.questions,
        "measures": _measures_json(part.figures),
    }


def _answers_json(figures: Figures, rows: Sequence[Row]) -> Json | None:
    if not any(row.answered for row in rows):
        return None
    return {
        "overall": asdict(figures.counts),
        "latency_ms": _latency(dict(figures.latencies).get("answer")),
        "failures": [_failure_json(row) for row in rows if row.has_failed],
    }


def _confidence_json(rows: Sequence[Row]) -> Json | None:
    found = selective_of(rows)
    if found is None:
        return None
    risks = {coverage: found.risk_at(coverage) for coverage in COVERAGES}
    return {
        "answers": found.answers,
        "coverage": round(found.curve[-1].coverage, _DECIMALS),
        "risk": round(found.curve[-1].risk, _DECIMALS),
        "risk_at_coverage": {
            f"{coverage:.2f}": None if risk is None else round(risk, _DECIMALS)
            for coverage, risk in risks.items()
        },
        "area": round(found.area, _DECIMALS),
        "calibration_error": round(found.calibration_error, _DECIMALS),
        "bins": [asdict(part) for part in found.bins],
    }


def _confidence_line(found: Selective) -> str:
    risks = ", ".join(
        f"{coverage:.0%} {'not reached' if risk is None else f'{risk:.3f}'}"
        for coverage in COVERAGES
        for risk in (found.risk_at(coverage),)
    )
    return (
        f"confidence   risk at coverage {risks}; area {found.area:.3f},"
        f" calibration error {found.calibration_error:.3f}"
    )


def _failure_json(row: Row) -> Json:
    answered, asked = row.answered, row.asked
    cited = [c for said in answered.sentences for c in said.citations] if answered else []
    return {
        "id": row.query_id,
        "question": asked.text,
        "history": list(asked.history),
        "outcome": answered.outcome.value if answered else None,
        "reasons": list(answered.reasons) if answered else [],
        "expected": list(asked.expected),
        "relevant": list(asked.relevant),
        "answer": answered.found_text if answered else "",
        "first_document": cited[0].doc_id if cited else None,
        "why": None if row.why is None else asdict(row.why),
    }


def evaluation_lines(
    head: Head, figures: Figures, rows: Sequence[Row], run_path: Path
) -> Iterator[str]:
    """Yield the figures for people; the brackets hold the 95 % interval of the mean."""
    judged = sum(row.asked.is_judged for row in rows)
    yield (
        f"test set     {head.testset} ({head.fingerprint}): {judged} judged of"
        f" {len(rows)} questions, {head.configuration.reports} documents"
    )
    latencies = dict(figures.latencies)
    for figure in figures.overall:
        if figure.measure in RETRIEVAL_MEASURES:
            yield _figure_line(figure)
    yield f"search       {_latency_words(latencies.get('search'))}"
    yield f"run          {run_path}"
    yield f"evaluation   {head.evaluation_id} ({head.state.value})"
    if any(row.answered for row in rows):
        yield ""
        yield from _answer_lines(figures, latencies.get("answer"))
        found = selective_of(rows)
        if found is not None:
            yield _confidence_line(found)
    if figures.slices:
        yield ""
        yield from map(_slice_line, figures.slices)
    failed = [row for row in rows if row.has_failed]
    if failed:
        yield ""
        yield from map(_failed_line, failed)


def _figure_line(figure: Figure) -> str:
    return (
        f"{figure.measure:12s} {figure.mean:.3f}"
        f"  [{figure.bounds.low:.3f}, {figure.bounds.high:.3f}]"
    )


def _answer_lines(figures: Figures, taken: Latency | None) -> Iterator[str]:
    counts = figures.counts
    total = counts.answerable + counts.ambiguous + counts.unanswerable
    yield (
        f"answers              {total} questions, {counts.answerable} of them"
        f" answerable, {counts.ambiguous} fit several visits"
    )
    yield f"right report first   {counts.right_reports} of {counts.answerable}"
    yield f"answer strings       {counts.words_present} of {counts.answerable}"
    yield f"both (answer hits)   {counts.answer_hits} of {counts.answerable}"
    yield f"wrong refusals       {counts.wrong_refusals} of {counts.answerable}"
    yield f"missed refusals      {counts.missed_refusals} of {counts.unanswerable}"
    yield f"asked back rightly   {counts.right_ask_backs} of {counts.ambiguous}"
    yield f"asked back           {counts.ask_backs}"
    yield f"altered quotes       {counts.altered_quotes} of {counts.citations}"
    for figure in figures.overall:
        if figure.measure not in RETRIEVAL_MEASURES:
            yield (
                f"{figure.measure:20s} {figure.mean:.3f}"
                f"  [{figure.bounds.low:.3f}, {figure.bounds.high:.3f}] of {figure.questions}"
            )
    yield f"answering            {_latency_words(taken)}"


def _slice_line(part: SliceFigures) -> str:
    shown = {"Success@1", "Success@10", "Answer hit", "Ask back", "Refusal"}
    figures = [f"{f.measure} {f.mean:.3f}" for f in part.figures if f.measure in shown]
    name = f"{part.dimension} {part.value}"
    return f"{name:28s} {part.questions:4d} questions  {'  '.join(figures)}"


def _failed_line(row: Row) -> str:
    reasons = row.answered.reasons if row.answered else ("not among the first ten",)
    cause = f" [{row.why.cause}]" if row.why else ""
    return f"failed {row.query_id}  {'; '.join(reasons)}{cause}: {row.asked.text}"


def compared_json(before: Head, after: Head, found: Compared) -> Json:
    """Return what `hochoi compare --json` prints."""
    return {
        "before": before.evaluation_id,
        "after": after.evaluation_id,
        "test_set": before.testset,
        "questions": found.questions,
        "measures": {c.measure: _comparison_json(c) for c in found.overall},
        "slices": [
            {
                "dimension": part.dimension,
                "value": part.value,
                "measure": part.comparison.measure,
                **_comparison_json(part.comparison),
                "corrected_p": round(part.corrected_p, _DECIMALS),
            }
            for part in found.slices
        ],
        "flips": [_flip_json(flip) for flip in found.flips],
    }


def _comparison_json(found: Comparison) -> Json:
    return {
        "before": round(found.mean_before, _DECIMALS),
        "after": round(found.mean_after, _DECIMALS),
        "better": len(found.better),
        "worse": len(found.worse),
        "same": found.same,
        "p": round(found.p_value, _DECIMALS),
    }


def _flip_json(flip: Flip) -> Json:
    def outcome(row: Row) -> str | None:
        return row.answered.outcome.value if row.answered else None

    return {
        "id": flip.after.query_id,
        "question": flip.after.asked.text,
        "measure": flip.measure,
        "change": "better" if flip.is_better else "worse",
        "before": outcome(flip.before),
        "after": outcome(flip.after),
        "why": flip.after.why.cause if flip.after.why else None,
    }


def compared_lines(before: Head, after: Head, found: Compared) -> Iterator[str]:
    """Yield a comparison for people."""
    yield f"before  {before.evaluation_id}  {before.system} {before.configuration.version}"
    yield f"after   {after.evaluation_id}  {after.system} {after.configuration.version}"
    yield f"{found.questions} questions of {before.testset}"
    yield ""
    for whole in found.overall:
        yield _comparison_line(whole.measure, whole, whole.p_value)
    shown = [part for part in found.slices if part.comparison.better or part.comparison.worse]
    if shown:
        yield ""
        yield "slices (p corrected for their number)"
    for part in shown[:_SLICES_SHOWN]:
        name = f"{part.dimension} {part.value}: {part.comparison.measure}"
        yield _comparison_line(name, part.comparison, part.corrected_p)
    if found.flips:
        yield ""
    for flip in found.flips[:_FLIPS_SHOWN]:
        change = "better" if flip.is_better else "worse"
        yield f"{change:7s}{flip.after.query_id}  {flip.measure}: {flip.after.asked.text}"
    if len(found.flips) > _FLIPS_SHOWN:
        yield f"and {len(found.flips) - _FLIPS_SHOWN} more (--json lists all)"


def _comparison_line(name: str, found: Comparison, p_value: float) -> str:
    mark = " *" if p_value < 0.05 else ""
    return (
        f"{name:32s} {found.mean_before:.3f} -> {found.mean_after:.3f}"
        f"  better {len(found.better)}, worse {len(found.worse)}, same {found.same},"
        f" p = {p_value:.3f}{mark}"
    )


def problems_json(path: Path | None, problems: Sequence[Problem]) -> Json:
    """Return the outcome of the comparison with a baseline or, without a path, with floors."""
    return {
        "path": None if path is None else str(path),
        "problems": [asdict(problem) for problem in problems],
    }


def problem_line(problem: Problem) -> str:
    """Return one problem in words, e.g. "drop Success@1: 0.900 -> 0.850, p = 0.012, worse: q7"."""
    if problem.detail:
        return f"{problem.reason} {problem.measure}: {problem.detail}"
    before, after = (
        "none" if value is None else f"{value:.3f}" for value in (problem.before, problem.after)
    )
    line = f"{problem.reason} {problem.measure}: {before} -> {after}"
    if problem.p_value is not None:
        line += f", p = {problem.p_value:.3f}"
    return line + (f", worse: {', '.join(problem.worse)}" if problem.worse else "")


def fields_json(figures: FieldFigures) -> Json:
    """Return the visit field part of `hochoi evaluate --json`."""
    return {
        "labels": figures.labels,
        "missing": list(figures.missing),
        "fields": {name: _field_json(found) for name, found in figures.scores.items()},
        "overall": _field_json(overall(figures.scores)),
        "differences": [asdict(difference) for difference in figures.differences],
    }


def _field_json(found: FieldScore) -> Json:
    return {
        "precision": round(found.precision, _DECIMALS),
        "recall": round(found.recall, _DECIMALS),
        **asdict(found),
    }


def fields_lines(figures: FieldFigures) -> list[str]:
    """Return precision and recall per field, and over all that are read from the text."""
    lines = [f"visit fields over {figures.labels} labelled reports"]
    total = overall(figures.scores)
    for name, found in [*figures.scores.items(), ("all read fields", total)]:
        lines.append(
            f"{name:20s} P {found.precision:.3f}  R {found.recall:.3f}"
            f"  ({found.correct} right of {found.found} found, {found.gold} labelled)"
        )
    return lines


def _latency(found: Latency | None) -> Json | None:
    return {"p50": round(found.p50_ms, 1), "p95": round(found.p95_ms, 1)} if found else None


def _latency_words(found: Latency | None) -> str:
    return f"p50 {found.p50_ms:.1f} ms, p95 {found.p95_ms:.1f} ms" if found else "not timed"
