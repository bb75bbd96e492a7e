"""The arguments of the evaluators' commands. Imports nothing heavy: every command parses them."""

import argparse
from pathlib import Path
from typing import Protocol


class AddCommand(Protocol):
    """Adds a command to the program."""

    def __call__(self, name: str, text: str) -> argparse.ArgumentParser:
        """Return the parser of a new command."""


def add_commands(add: AddCommand) -> None:
    """Add `evaluate`, `evaluations`, `compare` and `testset`."""
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
    _add_testset(add("testset", "list and make test sets"))
    for command in (evaluate, evaluations, compare):
        command.add_argument("--json", action="store_true", help="print JSON")


def _add_testset(testset: argparse.ArgumentParser) -> None:
    verbs = testset.add_subparsers(dest="verb", required=True, metavar="VERB")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        verb = verbs.add_parser(name, help=text, description=text)
        verb.add_argument("--json", action="store_true", help="print JSON")
        return verb

    add("list", "list the test sets")
    add("draft", "propose questions from the published reports, by rules")
    add("feedback", "take over answers that people found fault with")
    drafts = add("drafts", "list the questions that wait for a decision")
    drafts.add_argument(
        "--status", choices=("proposed", "approved", "rejected", "all"), default="proposed"
    )
    drafts.add_argument("--origin", default="", help="only of this origin, e.g. feedback")
    approve = add("approve", "add draft questions to a set")
    approve.add_argument("draft_ids", nargs="+", metavar="ID")
    approve.add_argument("--set", required=True, metavar="NAME", help="is made if need be")
    reject = add("reject", "put draft questions aside for good")
    reject.add_argument("draft_ids", nargs="+", metavar="ID")
    to_csv = add("to-csv", "write a set for a spreadsheet")
    to_csv.add_argument("name", metavar="SET")
    to_csv.add_argument("file", type=Path, metavar="FILE")
    from_csv = add("from-csv", "make a set from a spreadsheet's CSV")
    from_csv.add_argument("file", type=Path, metavar="FILE")
    from_csv.add_argument("name", metavar="SET")
