"""The program `hochoi`: parse, call one verb, print, turn errors into a sentence and an exit code.

Exit codes: 0 done, 1 refused or failed, 2 usage. Heavy libraries are imported where they are
used, so that `--help` answers at once.
"""

import argparse
import logging
import os
import sys
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from hochoi.errors import HocHoiError
from hochoi.settings import Settings, load_settings
from ui import people_arguments
from ui.evaluate import arguments
from ui.lifecycle import arguments as lifecycle
from ui.lifecycle import commands as lifecycle_commands

logger = logging.getLogger(__name__)

Command = Callable[[Settings, argparse.Namespace], int]


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--var", type=Path, default=argparse.SUPPRESS, help="data directory (or HOCHOI_VAR)"
    )
    parser = argparse.ArgumentParser(
        prog="hochoi",
        description="Answers questions from activity reports of study visits, with citations.",
        parents=[common],
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common])

    serve = add("serve", "serve the web page")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port (default 7860, 0 for any free one)")
    ingest = add("ingest", "publish reports from files and folders")
    ingest.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    ingest.add_argument("--review", action="store_true", help="hold every report as a draft")
    ingest.add_argument("--queue", action="store_true", help="leave the work to the server")
    lifecycle.add_kin_choice(ingest)
    ask = add("ask", "answer a question")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--file", type=Path, help="JSON lines with id, question, history")
    ask.add_argument("--history", nargs="*", default=[], metavar="Q", help="earlier questions")
    _add_filters(ask)
    search = add("search", "list the passages found for a query")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("-k", type=_count, default=10, help="how many (default 10)")
    search.add_argument("--explain", action="store_true", help="show what each score is made of")
    search.add_argument(
        "--expect", metavar="FILE_OR_ID", help="explain why this report is found or missed"
    )
    _add_filters(search)
    reports = add("reports", "list the published reports")
    reports.add_argument(
        "--all", action="store_true", help="drafts, older versions and refused files too"
    )
    rebuild = add("rebuild", "make all vectors and indexes anew from the record")
    lifecycle.add_commands(add)
    arguments.add_commands(add)
    people_arguments.add_commands(add)
    for command in (ingest, ask, search, reports, rebuild):
        command.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _count(text: str) -> int:
    """Return a whole number from 1; argparse turns the ValueError of others into a sentence."""
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--province", help="host or visitor")
    parser.add_argument("--year", type=int, help="year of the visit")
    parser.add_argument("--topic", help="topic code of corpus/topics.toml")
    parser.add_argument(
        "--without", action="append", default=[], metavar="KEY",
        help='leave out what was read from the question, by the key of a chip of "understood"',
    )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    options = _parser().parse_args(arguments)
    level = logging.getLevelNamesMapping().get(os.environ.get("LOG_LEVEL", "").upper())
    logging.basicConfig(
        level=logging.WARNING if level is None else level,
        format="%(levelname)s %(name)s %(message)s",
    )
    try:
        environ = {k: v for k, v in os.environ.items() if k.startswith("HOCHOI_")}
        settings = load_settings(getattr(options, "var", None), environ)
        return _command(options.command)(settings, options)
    except HocHoiError as exc:
        _complain(exc)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nĐã dừng theo yêu cầu. / stopped by request\n")
        return 130
    except Exception as exc:
        reference = uuid.uuid4().hex[:6].upper()
        logger.debug("unexpected reference=%s", reference, exc_info=True)
        sys.stderr.write(
            f"Lỗi ngoài dự kiến (mã {reference}); dữ liệu đã lưu không bị ảnh hưởng.\n"
            f"error: unexpected {type(exc).__name__}: {exc} (reference {reference};"
            " LOG_LEVEL=DEBUG shows more)\n"
        )
        return 1


def _complain(exc: HocHoiError) -> None:
    from ui.wording import error_sentence

    sys.stderr.write(f"{error_sentence(exc)}\nerror: {exc}\n")


def _command(name: str) -> Command:
    """Return the verb of a command; each needs other libraries, so only its own are imported."""
    match name:
        case "ask" | "search":
            from ui import reading_commands

            return {"ask": reading_commands.ask, "search": reading_commands.search}[name]
        case "evaluate" | "evaluations" | "compare" | "testset":
            from ui.evaluate import commands, testset_commands

            return {
                "evaluate": commands.evaluate,
                "evaluations": commands.evaluations,
                "compare": commands.compare,
                "testset": testset_commands.testset,
            }[name]
        case "serve":
            return _serve
        case "users" | "audit":
            from ui import people_commands

            return {"users": people_commands.users, "audit": people_commands.audit}[name]
        case _ if name in lifecycle_commands.NAMES:
            return lifecycle_commands.command(name)
        case _:
            from ui import admin_commands

            return {
                "ingest": admin_commands.ingest,
                "reports": admin_commands.reports,
                "remove": admin_commands.remove,
                "rebuild": admin_commands.rebuild,
            }[name]


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    from dataclasses import replace

    from ui.server import serve

    settings = replace(
        settings,
        host=options.host or settings.host,
        port=settings.port if options.port is None else options.port,
    )
    serve(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
