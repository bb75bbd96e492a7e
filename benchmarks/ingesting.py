"""How fast reports become searchable, beside the pipeline of the tutorials on the same files.

    python -m benchmarks.ingesting [--reports 2000] [--minilm DIR [--their-files 120]]
        [--growth 10000 200000]

Ours reads, describes, compares, embeds and publishes with one transaction per 32 reports. Theirs
is LangChain's text splitter and Chroma with all-MiniLM-L6-v2, on the first 120 of the files: it
takes seconds for a file, and its rates in both halves show whether it would have kept its pace.
Each runs in a process of its own.
Also: the answering time of a library while 500 more files are ingested into it, and the rate of
ingesting into a library that holds many passages already.
"""

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

from benchmarks.generated_reports import generated_reports
from hochoi.settings import SHIPPED, load_settings

Row = dict[str, float]
_THEIR_BATCH = 50  # passages added in one call
_QUESTIONS = (
    "Đoàn nào đến thăm Huế?",
    "Kinh nghiệm về một cửa của Quảng Ninh là gì?",
    "Ai làm trưởng đoàn Sơn La?",
    "Tỷ lệ hồ sơ trực tuyến đạt bao nhiêu?",
    "Những địa phương nào trao đổi về chuyển đổi số?",
)


def main() -> None:
    """Measure everything and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--minilm", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--their-files", type=int, default=120, help="for the other pipeline")
    parser.add_argument("--growth", type=int, nargs="*", default=[10_000, 200_000])
    parser.add_argument("--step", choices=("ours", "theirs", "grown"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        steps: dict[str, Callable[[], Row]] = {
            "ours": lambda: ours(options.folder),
            "theirs": lambda: theirs(options.folder, options.minilm, options.their_files),
            "grown": lambda: grown(options.folder, options.growth[0]),
        }
        print(json.dumps(steps[options.step]()))
        return
    with tempfile.TemporaryDirectory(prefix="hochoi-ingesting-") as name:
        folder = Path(name)
        write_files(folder / "files", options.reports)
        for who in ("ours", "theirs") if options.minilm else ("ours",):
            _tell(who, _step(who, folder, options))
        for passages in options.growth:
            options.growth = [passages]
            row = _step("grown", folder / f"grown-{passages}", options)
            _tell(f"at {passages}", row)


def _tell(what: str, row: Row) -> None:
    print(what, json.dumps({k: round(v, 2) for k, v in row.items()}), flush=True)


def _step(step: str, folder: Path, options: argparse.Namespace) -> Row:
    command = [sys.executable, "-m", "benchmarks.ingesting", "--step", step]
    command += [
        "--folder",
        str(folder),
        "--growth",
        str(options.growth[0] if options.growth else 0),
        "--their-files",
        str(options.their_files),
    ]
    if options.minilm:
        command += ["--minilm", str(options.minilm)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=SHIPPED)
    row: Row = json.loads(done.stdout.splitlines()[-1])
    return row


def write_files(folder: Path, count: int, seed: int = 1) -> None:
    """Write generated reports as plain text, Markdown, HTML pages and Word files in turn."""
    folder.mkdir(parents=True)
    for n, source in enumerate(generated_reports(count, seed)):
        lines = source.content.decode().split("\n\n")
        kind = ("txt", "md", "html", "docx")[n % 4]
        path = folder / f"{n:05d}.{kind}"
        if kind == "docx":
            _write_word(path, lines)
        elif kind == "md":
            path.write_text("\n\n".join([f"# {lines[0]}", *lines[1:]]), encoding="utf-8")
        elif kind == "html":
            path.write_text(_page(lines), encoding="utf-8")
        else:
            path.write_text("\n\n".join(lines), encoding="utf-8")


def _page(lines: list[str]) -> str:
    title = escape(lines[0])
    body = "\n".join(f"<p>{escape(line)}</p>" for line in lines[1:])
    head = f"<head><title>{title}</title></head>"
    return f"<!doctype html><html>{head}<body><h1>{title}</h1>{body}</body></html>"


def _write_word(path: Path, lines: list[str]) -> None:
    from docx import Document

    document = Document()
    document.add_heading(lines[0], 0)
    for line in lines[1:]:
        document.add_paragraph(line)
    document.save(str(path))


def ours(folder: Path) -> Row:
    """Ingest the files as `hochoi ingest` does, indexes included."""
    from hochoi.workspace import Purpose, open_workspace
    from ingest.pipeline import ingest_paths, source_paths

    settings = load_settings(folder / "var", {})
    paths = list(source_paths([folder / "files"]))
    moments: list[tuple[float, int]] = []
    started = time.perf_counter()
    with open_workspace(settings, Purpose.WRITE) as ws:
        opened = time.perf_counter()
        passages = 0
        for result in ingest_paths(ws, paths):
            passages += result.passages
            moments.append((time.perf_counter(), passages))
        published = time.perf_counter()
    ended = time.perf_counter()
    return {
        "files": len(moments),
        "passages": passages,
        "open_s": opened - started,
        "publish_s": published - opened,
        "index_s": ended - published,
        "passages_per_s": passages / (ended - opened),
        "published_per_s": passages / (published - opened),
        "first_quarter_per_s": _rate(moments, 0, len(moments) // 4),
        "last_quarter_per_s": _rate(moments, 3 * len(moments) // 4, len(moments) - 1),
        "files_per_s": len(moments) / (ended - opened),
        "peak_mb": _peak_mb(),
    }


def _rate(moments: list[tuple[float, int]], first: int, last: int) -> float:
    (t0, n0), (t1, n1) = moments[first], moments[last]
    return (n1 - n0) / max(1e-9, t1 - t0)


def _peak_mb() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    largest_child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + largest_child) / 1024


def theirs(folder: Path, model: Path, files: int) -> Row:
    """Ingest the first of the same files as the tutorials do: load, split, embed, add."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(str(model), device="cpu")

    class MiniLM(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return encoder.encode(texts, batch_size=32).tolist()

        def embed_query(self, text: str) -> list[float]:
            return encoder.encode(text).tolist()

    started = time.perf_counter()
    paths = sorted((folder / "files").iterdir())[:files]
    documents = [Document(_plainly(p), metadata={"source": p.name}) for p in paths]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=100)
    chunks = splitter.split_documents(documents)
    db = Chroma(embedding_function=MiniLM(), persist_directory=str(folder / "chroma"))
    moments = [(time.perf_counter(), 0)]
    for n in range(0, len(chunks), _THEIR_BATCH):
        batch = chunks[n : n + _THEIR_BATCH]
        db.add_documents(batch)
        moments.append((time.perf_counter(), n + len(batch)))
    elapsed = time.perf_counter() - started
    middle = len(moments) // 2
    return {
        "files": len(paths),
        "passages": len(chunks),
        "passages_per_s": len(chunks) / elapsed,
        "files_per_s": len(paths) / elapsed,
        "first_half_per_s": _rate(moments, 0, middle),
        "last_half_per_s": _rate(moments, middle, len(moments) - 1),
        "peak_mb": _peak_mb(),
    }


def _plainly(path: Path) -> str:
    """Return the text of a file as the simplest loaders read it."""
    if path.suffix == ".docx":
        from docx import Document

        return "\n\n".join(p.text for p in Document(str(path)).paragraphs)
    content = path.read_text(encoding="utf-8")
    return re.sub(r"<[^>]+>", " ", content) if path.suffix == ".html" else content


def grown(folder: Path, passages: int) -> Row:
    """Ingest 500 files into a library that is served and asked meanwhile."""
    from benchmarks.filling import fill_quickly
    from hochoi.answering import answer
    from hochoi.workspace import Purpose, Workspace, open_workspace
    from ingest.jobs import working
    from ui.server import following

    settings = load_settings(folder / "var", {})
    with open_workspace(settings, Purpose.WRITE) as ws:
        if passages:
            fill_quickly(ws, 3_000, passages)
    write_files(folder / "files", 500, seed=2)

    def asked(ws: Workspace, until: Callable[[], bool], least: int) -> list[float]:
        times: list[float] = []
        while len(times) < least or not until():
            started = time.perf_counter()
            answer(ws, _QUESTIONS[len(times) % len(_QUESTIONS)])
            times.append(1000 * (time.perf_counter() - started))
        return times

    opened = time.perf_counter()
    with open_workspace(settings, Purpose.SERVE) as ws, working(ws), following(ws):
        opened = time.perf_counter() - opened
        before = len(ws.exact)
        asked(ws, lambda: True, 20)
        quiet = asked(ws, lambda: True, 100)
        command = [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main())"]
        command += ["ingest", "--var", str(settings.var), str(folder / "files")]
        started = time.perf_counter()
        beside = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=SHIPPED)
        busy = asked(ws, lambda: beside.poll() is not None, 1)
        elapsed = time.perf_counter() - started
        ws.refresh()
        added = len(ws.exact) - before
    return {
        "passages_before": before,
        "passages_added": added,
        "index_and_open_s": opened,
        "ingest_s": elapsed,  # the start of the program included
        "passages_per_s": added / elapsed,
        "quiet_p50_ms": statistics.median(quiet),
        "quiet_p95_ms": statistics.quantiles(quiet, n=20)[-1],
        "ingesting_p50_ms": statistics.median(busy),
        "ingesting_p95_ms": statistics.quantiles(busy, n=20)[-1],
        "slowest_ms": max(busy),
        "times_p95": statistics.quantiles(busy, n=20)[-1] / statistics.quantiles(quiet, n=20)[-1],
    }


if __name__ == "__main__":
    main()
