"""Show what verification catches: `python -m tests.mutation.proof --seed 1`, a minute.

True sentences, as they stand and as a model might word them, must be shown; each of them made
false by one change must be dropped. True sentences that a person worded freely are counted apart.
Prints the shares per kind of change, with what slipped
through, and the time per check. Exits 1 beyond one false alarm or one miss in a hundred;
of each kind of change and each origin of sentences the counts are told apart.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.testset import read_testset
from hochoi.settings import SHIPPED, load_settings
from hochoi.workspace import Purpose, open_workspace
from ingest.files import source_paths
from ingest.pipeline import ingest_paths
from tests.mutation.changes import CHANGES, altered
from tests.mutation.statements import (
    CORPUS,
    Statement,
    answer_statements,
    corpus_reports,
    drawn,
    report_statements,
    rewordings,
    role_statements,
    unseen_reports,
)
from tests.mutation.wordings import paraphrased

# What the true sentences are drawn from: as they stand, and worded anew. Answers are not worded
# anew: most of their words stand in quotation marks.
_AS_THEY_STAND = {"corpus": 0.5, "unseen": 0.3, "answer": 0.2}
_WORDED = {"corpus": 0.6, "unseen": 0.4, "answer": 0.0}
LEAST_CAUGHT, MOST_ALARMS = 0.99, 0.01


@dataclass
class Tally:
    """What was counted; kinds of change by name, origins of sentences by name."""

    shown: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    alarms: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    times_ms: list[float] = field(default_factory=list)

    @property
    def caught_share(self) -> float:
        """Share of the false sentences that were dropped."""
        return sum(self.caught.values()) / sum(self.made.values())

    @property
    def alarm_share(self) -> float:
        """Share of the true sentences that were dropped."""
        return 1 - sum(self.shown.values()) / sum(self.true.values())

    def take(self, kind: str, statement: Statement, text: str, chance: random.Random) -> None:
        """Count a true sentence and, when it is shown, what becomes of it when it is altered."""
        verdict = self._timed(statement, text)
        self.true[kind] += 1
        self.shown[kind] += verdict == "shown"
        if verdict != "shown":
            self.alarms.append(f"{kind} ({verdict}): {text}\n      of: {statement.text}")
            return
        for change, changed in altered(text, statement, chance):
            self.take_false(change, statement, changed)

    def take_false(self, kind: str, statement: Statement, text: str) -> None:
        """Count a false sentence."""
        self.made[kind] += 1
        verdict = self._timed(statement, text)
        self.caught[kind] += verdict != "shown"
        if verdict == "shown":
            self.missed.append(f"{kind}: {text}\n      of: {statement.text}")

    def _timed(self, statement: Statement, text: str) -> str:
        started = time.process_time()
        verdict = statement.verdict(text)
        self.times_ms.append((time.process_time() - started) * 1000)
        return verdict


def tallied(originals: Sequence[Statement], worded: Sequence[Statement], seed: int) -> Tally:
    """Return the counts over sentences as they stand and over paraphrases of others."""
    chance, tally = random.Random(seed), Tally()
    for statement in originals:
        tally.take(statement.origin, statement, statement.text, chance)
    for statement in worded:
        text = paraphrased(statement.text, chance)
        tally.take(f"{statement.origin}, paraphrased", statement, text, chance)
    return tally


def _pools() -> Iterator[tuple[str, list[Statement]]]:
    yield "corpus", report_statements(corpus_reports(), "corpus")
    yield "unseen", report_statements(unseen_reports(), "unseen")
    with TemporaryDirectory() as folder:
        settings = load_settings(Path(folder) / "var", {})
        with open_workspace(settings, Purpose.WRITE) as writing:
            for _ in ingest_paths(writing, source_paths([CORPUS / "reports"])):
                pass
        questions = read_testset(SHIPPED / "corpus" / "testsets" / "visits").questions
        with open_workspace(settings, Purpose.READ) as ws:
            yield "answer", list(answer_statements(ws, [q.text for q in questions]))


def described(tally: Tally, most: int) -> Iterator[str]:
    """Yield the lines of the report: two tables, the time of a check, what went wrong."""
    yield "| change | caught |\n|---|---|"
    for kind in CHANGES:
        yield f"| {kind} | {tally.caught[kind]} of {tally.made[kind]} |"
    made, caught = sum(tally.made.values()), sum(tally.caught.values())
    yield f"| all | {caught} of {made} ({tally.caught_share:.4f}) |\n"
    yield "| true sentences | shown |\n|---|---|"
    for kind in tally.true:
        yield f"| {kind} | {tally.shown[kind]} of {tally.true[kind]} |"
    true = sum(tally.true.values())
    yield f"| all | {true - len(tally.alarms)} of {true} (alarms {tally.alarm_share:.4f}) |\n"
    times = sorted(tally.times_ms)
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    yield f"one check: {p50:.1f} ms p50, {p95:.1f} ms p95 of processor time\n"
    for title, lines in (("slipped through", tally.missed), ("false alarms", tally.alarms)):
        yield f"{title}: {len(lines)}"
        yield from (f"  - {line}" for line in lines[:most])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof; 0 when it holds."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--sentences", type=int, default=300, help="as they stand; as many reworded"
    )
    parser.add_argument("--show", type=int, default=40, help="misses and alarms to print")
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    originals: list[Statement] = []
    worded: list[Statement] = []
    for name, statements in _pools():
        count = round(options.sentences * _AS_THEY_STAND[name])
        both = drawn(statements, count + round(options.sentences * _WORDED[name]), chance)
        originals, worded = originals + both[:count], worded + both[count:]
    tally = tallied(originals, worded, options.seed)
    for reports in (corpus_reports(), unseen_reports()):
        for statement, turned in role_statements(reports):
            if statement.verdict(statement.text) == "shown":
                tally.take_false("host and visitor", statement, turned)
    free = [(statement.text, statement.verdict(statement.text)) for statement in rewordings()]
    dropped = [f"  - ({verdict}) {text}" for text, verdict in free if verdict != "shown"]
    sys.stdout.write(f"free wordings shown: {len(free) - len(dropped)} of {len(free)}\n")
    sys.stdout.writelines(f"{line}\n" for line in dropped)
    sys.stdout.writelines(f"{line}\n" for line in described(tally, options.show))
    holds = tally.caught_share >= LEAST_CAUGHT and tally.alarm_share <= MOST_ALARMS
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
