"""Damage good files at random and read them as ingesting does: what breaks, and what is lost.

`python -m benchmarks.fuzz --files 500 --seed 1` damages so many files of each format. A partial
text is silent when it comes without a warning and misses more than 2 % of the words that the
damaged file still holds: for TXT and HTML those that stand in its bytes, for DOCX those in its
main part, for PDF, whose bytes show no words, all words of the good file.
"""

import argparse
import io
import random
import re
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass

from benchmarks.fuzz_documents import docx, html, pdf
from benchmarks.generated_reports import generated_reports
from hochoi.errors import IngestError
from hochoi.types import SourceFile
from ingest.readers import read
from ingest.sandbox import Limits, peak_memory_mb
from ingest.workers import WorkerLostError, Workers

MAX_LOST = 0.02
SEEDS = 10  # good files per format
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Case:
    """A damaged file, and the words it still holds."""

    source: SourceFile
    words: Counter[str]


def measured(source: SourceFile) -> tuple[str, bool, float, float]:
    """Return text, whether there are warnings, seconds and peak MB, in the reading process."""
    started = time.perf_counter()
    found = read(source, 2**26)
    return found.text, bool(found.warnings), time.perf_counter() - started, peak_memory_mb()


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Return bytes with one to three kinds of damage."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(data))
        length = min(rng.choice((1, 4, 16, 64, 256, 2048)), len(data) - place)
        kind = rng.randrange(7)
        if kind == 0:  # single bits
            for _ in range(rng.randint(1, 20)):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        elif kind == 1:
            data[place : place + length] = rng.randbytes(length)
        elif kind == 2:
            del data[place : place + length]
        elif kind == 3:  # written twice
            data[place:place] = data[place : place + length]
        elif kind == 4:
            data[place : place + length] = bytes(length)
        elif kind == 5:  # cut off
            del data[max(1, place) :]
        else:  # other numbers, as offsets and lengths are
            data[:] = re.sub(rb"\d", lambda m: _digit(m, rng), bytes(data))
    return bytes(data) or b"x"


def _digit(match: re.Match[bytes], rng: random.Random) -> bytes:
    return b"%d" % rng.randrange(10) if rng.random() < 0.003 else match[0]


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _plain(content: bytes) -> str:
    """Return the text of bytes with tags cut out and characters that no report holds."""
    text = content.decode("utf-8", "ignore")
    return re.sub(r"<[^<>]*>", " ", text)


def _main_part(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml")


def cases(files: int, seed: int) -> Iterator[tuple[str, Case]]:
    """Yield the damaged files of each format."""
    rng = random.Random(seed)
    reports = []
    for n, source in enumerate(generated_reports(10**6)):
        if n == SEEDS:
            break
        reports.append(read(source, 2**26).text)
    makers: dict[str, Callable[[str], bytes]] = {
        "pdf": pdf, "docx": docx, "html": html, "txt": str.encode,
    }  # fmt: skip
    for kind, make in makers.items():
        good = [
            (make(text), _words(read(SourceFile("a", make(text)), 2**26).text)) for text in reports
        ]
        for n in range(files):
            content, words = good[n % len(good)]
            if kind == "docx" and n % 2:  # damage under the compression, where no checksum tells
                bad = docx(b"", raw=damaged(_main_part(content), rng))
                held = words & _words(_plain(_main_part(bad)))
            else:
                bad = damaged(content, rng)
                held = words & _words(_plain(bad)) if kind in ("txt", "html") else words
            yield kind, Case(SourceFile(f"{n}.{kind}", bad), held)


def main() -> None:
    """Read all damaged files and print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", help="folder for files of which text was lost silently")
    chosen = options.parse_args()
    results: dict[str, Counter[str]] = {}
    slowest, peak = 0.0, 0.0
    with Workers(measured, 2, Limits()) as workers:
        jobs: list[tuple[str, Case, Future[tuple[str, bool, float, float]]]] = [
            (kind, case, workers.submit(case.source))
            for kind, case in cases(chosen.files, chosen.seed)
        ]
        for kind, case, job in jobs:
            error = job.exception()
            if error is None:
                text, is_warned, seconds, memory = job.result()
                slowest, peak = max(slowest, seconds), max(peak, memory)
                lost = (case.words - _words(text)).total() / max(1, case.words.total())
                outcome = "whole" if lost <= MAX_LOST else "partial, told"
                if lost > MAX_LOST and not is_warned:
                    outcome = "partial, silent"
                    print(f"silent: {case.source.name} lost {lost:.0%}")
                    if chosen.keep:
                        _keep(chosen.keep, case.source)
            else:
                outcome = _failure(error)
            results.setdefault(kind, Counter())[outcome] += 1
    for kind, counts in results.items():
        print(f"{kind}: " + ", ".join(f"{n} {name}" for name, n in counts.most_common()))
    print(f"slowest {slowest:.1f} s, peak {peak:.0f} MB")


def _failure(error: BaseException) -> str:
    """Return what became of a file that gave no text."""
    if isinstance(error, IngestError):
        return "refused"
    if not isinstance(error, WorkerLostError):
        print(f"unforeseen: {error!r}")
        return f"unforeseen {type(error).__name__}"
    if error.was_too_slow:
        return "too slow"
    return "too large" if error.was_too_large else "reader ended"


def _keep(folder: str, source: SourceFile) -> None:
    from pathlib import Path

    Path(folder).mkdir(parents=True, exist_ok=True)
    (Path(folder) / source.name).write_bytes(source.content)


if __name__ == "__main__":
    main()
