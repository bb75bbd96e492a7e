"""How well questions are understood, which rows questions over visits get, and how long it takes.

    python -m benchmarks.questions

Ingests the corpus into a temporary data directory; prints Markdown tables. Times are of the
processor, so that other work on the machine counts little.
"""

import time
from collections import Counter
from collections.abc import Sequence
from datetime import date

from benchmarks.corpus_library import corpus_library
from evaluation.questions import Case, read_cases, read_row_cases, reading_of, score_rows
from hochoi.answering import answer
from hochoi.settings import SHIPPED
from hochoi.types import Filters
from hochoi.workspace import Workspace

FOLDER = SHIPPED / "corpus" / "testsets" / "questions"
PARTS = ((False, "looked at"), (True, "kept aside"))
TODAY = date(2026, 6, 1)  # what the labels of the conversations count from


def main() -> None:
    """Measure and print."""
    cases = read_cases(FOLDER / "conversations.jsonl")
    row_cases = read_row_cases(FOLDER / "overviews.jsonl")
    with corpus_library() as ws:
        _print_conversations(ws, cases)
        answers = [(c, answer(ws, c.question, None, c.history)) for c in row_cases]
    for held_out, name in PARTS:
        scores = score_rows([(c, found) for c, found in answers if c.held_out is held_out])
        print(
            f"\n{scores.cases} questions over visits, {name}: row precision {scores.precision:.3f},"
            f" recall {scores.recall:.3f}, kind and all rows right {scores.exact}"
        )


def _print_conversations(ws: Workspace, cases: Sequence[Case]) -> None:
    total: Counter[tuple[str, bool]] = Counter()
    right: Counter[tuple[str, bool]] = Counter()
    times_ms = []
    for case in cases:
        for n, turn in enumerate(case.history):  # as in a conversation: asked one by one
            ws.questions.understand(turn, Filters(), case.history[:n], TODAY)
        start = time.process_time()
        query = ws.questions.understand(case.question, Filters(), case.history, TODAY)
        times_ms.append((time.process_time() - start) * 1000)
        total[case.meant.kind, case.held_out] += 1
        right[case.meant.kind, case.held_out] += reading_of(query) == case.meant
    print("| kind | right in every part | kept aside |\n|---|---|---|")
    for kind in sorted({kind for kind, _ in total}):
        print(
            f"| {kind} | {right[kind, False]} of {total[kind, False]}"
            f" | {right[kind, True]} of {total[kind, True]} |"
        )
    for held_out, name in PARTS:
        n = sum(total[kind, out] for kind, out in total if out is held_out)
        n_right = sum(right[kind, out] for kind, out in total if out is held_out)
        print(f"\n{name}: {n_right} of {n}", end="")
    times_ms.sort()
    middle, high = times_ms[len(times_ms) // 2], times_ms[int(0.95 * len(times_ms))]
    print(f"\n\nunderstanding a question: p50 {middle:.2f} ms, p95 {high:.2f} ms of processor time")


if __name__ == "__main__":
    main()
