"""How often the first sentence of an answer to a fact question holds all the words expected.

    python -m benchmarks.leads [TESTSET_DIR]

Questions of content, over several visits, to ask back or without an answer do not count. A
refused question counts as missed.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus_library import corpus_library
from evaluation.answers import missing_words
from evaluation.testset import read_testset
from hochoi.answering import answer
from hochoi.settings import SHIPPED

FACTS = ("who", "when", "where", "how_many", "document", "result")


def main(arguments: Sequence[str]) -> None:
    """Measure and print, each miss with its first sentence."""
    default = SHIPPED / "corpus" / "testsets" / "visits"
    testset = read_testset(Path(arguments[0]) if arguments else default)
    expected = {e.query_id: e for e in testset.expectations}
    asked: Counter[str] = Counter()
    held: Counter[str] = Counter()
    with corpus_library() as ws:
        for question in testset.questions:
            known = expected[question.query_id]
            is_fact = known.kind in FACTS and known.answerable and not known.ask_back
            if not is_fact or not known.expected:
                continue
            found = answer(ws, question.text, None, question.history)
            first = found.sentences[0].text if found.sentences else found.outcome.value
            missing = missing_words(first, known.expected)
            asked[known.kind] += 1
            held[known.kind] += not missing
            if missing:
                print(f"{question.query_id} {question.text}\n    {'; '.join(missing)} | {first}")
    for kind in FACTS:
        print(f"{kind:10} {held[kind]} of {asked[kind]}")
    print(f"{'all':10} {held.total()} of {asked.total()}")


if __name__ == "__main__":
    main(sys.argv[1:])
