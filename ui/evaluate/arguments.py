"""The arguments of the evaluators' commands. Imports nothing heavy: every command parses them."""

import argparse
from pathlib import Path
from typing import Protocol


class AddCommand(Protocol):
    """Adds a command to the program."""

    def __call__(self, name: str, text: str) -> argparse.ArgumentParser:
        """Return the parser of a new command."""


def add_commands(add: AddCommand) -> None:
    """Add `evaluate`, `evaluations` and `compare`."""
    evaluate = add("evaluate", "run a test set")
    evaluate.add_argument("testset", type=Path, nargs="?", metavar="TESTSET_DIR")
    evaluate.add_argument("--visit-fields", type=Path, metavar="GOLD", help="score visit fields")
    evaluate.add_argument("--run", type=Path, help="where to write the TREC run file as well")
    evaluate.add_argument("--baseline", type=Path, help="compare with this baseline file")
    evaluate.add_argument("--accept", type=Path, help="write the figures as a new baseline")
    evaluate.add_argument(
        "--fail-under", action="append", metavar="MEASURE=FLOOR", help="exit 1 below this mean"
    )
    evaluate.add_argument("--score-run", type=Path, help="score another system's TREC run file")
    evaluate.add_argument("--anew", action="store_true", help="do not go on with an unfinished one")
    evaluations = add("evaluations", "list the evaluations that are kept")
    compare = add("compare", "set two kept evaluations side by side")
    compare.add_argument("before", metavar="EVALUATION")
    compare.add_argument("after", metavar="EVALUATION")
    for command in (evaluate, evaluations, compare):
        command.add_argument("--json", action="store_true", help="print JSON")
