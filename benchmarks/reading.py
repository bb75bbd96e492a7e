"""What reading a text costs: describing a report, folding, understanding a question.

    python -m benchmarks.reading [--repeats 5]

Prints a Markdown table of processor time on one thread beside the budgets; needs no data directory.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import partial

from hochoi.dates.finding import find_dates
from hochoi.language.abbreviations import load_abbreviations
from hochoi.language.numbers import find_numbers
from hochoi.language.sentences import sentence_spans
from hochoi.language.topics import TopicTable
from hochoi.provinces import ProvinceTable
from hochoi.settings import SHIPPED
from hochoi.text import fold
from hochoi.types import Extraction, Filters, SourceFile
from hochoi.understanding.places import PlaceTable
from hochoi.understanding.reader import QuestionReader
from ingest.readers import read
from ingest.visit_fields import describe

_CORPUS = SHIPPED / "corpus"
_USUAL_CHARS = 2_000  # the budget of describing is for a report of this length
_TODAY = date(2026, 11, 24)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="rounds; the median is printed")
    repeats = parser.parse_args().repeats
    provinces = ProvinceTable.read(_CORPUS / "provinces.csv")
    topics = TopicTable.read(_CORPUS / "topics.toml")
    places = PlaceTable.read(_CORPUS / "places.toml")
    tables = (provinces, load_abbreviations(_CORPUS / "abbreviations.toml"), topics, places)
    reports = [
        read(SourceFile(path.name, path.read_bytes()), 2**26)
        for path in sorted((_CORPUS / "reports").iterdir())
    ]
    rows = (_CORPUS / "testsets" / "visits" / "queries.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(row)["text"] for row in rows]
    text = "\n".join(report.text for report in reports)
    thousands = sum(len(report.text) for report in reports) / _USUAL_CHARS

    def described() -> None:
        for report in reports:
            describe(report, provinces, topics)

    def understood() -> None:
        reader = QuestionReader(*tables)  # a new one: a reader remembers what it has read
        for question in questions:
            reader.understand(question, Filters(), (), _TODAY)

    longest = Extraction("Tin", "Tin\n" + text, "txt")
    _row("describing a report, ms per 2,000 characters", 20, _ms(described, repeats) / thousands)
    _row(
        f"describing one report of {len(text):,} characters, ms",
        None,
        _ms(lambda: describe(longest, provinces, topics), repeats),
    )
    _row("understanding a question, ms", 2, _ms(understood, repeats) / len(questions))
    _row("folding, million characters/s", 1, len(text) / 1e3 / _ms(lambda: fold(text), repeats))
    readers: dict[str, Callable[[str], object]] = {
        "dates": find_dates,
        "numbers": find_numbers,
        "provinces": provinces.find,
        "sentences": sentence_spans,
    }
    for name, find in readers.items():
        speed = len(text) / 1e3 / _ms(partial(find, text), repeats)
        _row(f"finding {name}, million characters/s", None, speed)


def _ms(work: Callable[[], object], repeats: int) -> float:
    """Return the median processor time of `work` in milliseconds, the first round left out."""
    times = []
    for _ in range(repeats + 1):
        began = time.process_time()
        work()
        times.append(1e3 * (time.process_time() - began))
    return statistics.median(times[1:])


def _row(name: str, budget: float | None, value: float) -> None:
    print(f"| {name} | {value:.2f} | {'' if budget is None else budget} |")


if __name__ == "__main__":
    main()
