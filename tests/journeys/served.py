"""The real program as its users start it: a library of the corpus, a server, a browser."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
_BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def hochoi(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end."""
    program = "import sys; from ui.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT, env=_environment(), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HOCHOI_")}
    return {**kept, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}


def fill_library(var: Path) -> None:
    """Publish the sample reports into a new data directory."""
    done = hochoi("--var", str(var), "ingest", str(ROOT / "corpus" / "reports"))
    if done.returncode != 0:
        raise RuntimeError(f"the corpus could not be ingested: {done.stderr[-2000:]}")


def start_server(var: Path, port: int = 0) -> subprocess.Popen[str]:
    """Start the server; its first line of output is its address."""
    command = [sys.executable, "app.py", "serve", "--var", str(var), "--port", str(port)]
    return subprocess.Popen(
        command, cwd=ROOT, env=_environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def stop_server(server: subprocess.Popen[str]) -> str:
    """Stop the server as a service manager would and return what it wrote to standard error."""
    server.send_signal(signal.SIGTERM)
    try:
        _, errors = server.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()
        _, errors = server.communicate()
        raise
    return errors


@contextmanager
def served(var: Path) -> Iterator[str]:
    """Serve a data directory and yield the address."""
    server = start_server(var)
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    if not address.startswith("http://127.0.0.1:"):
        server.kill()
        _, errors = server.communicate()
        raise RuntimeError(f"the server did not start: {address} {errors[-2000:]}")
    try:
        yield address
    finally:
        stop_server(server)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_BROWSER_ARGUMENTS
        )
        yield browser
        browser.close()
