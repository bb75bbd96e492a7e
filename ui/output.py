"""What commands write on standard output: lines for people, JSON for programs."""

import json
import sys


def print_json(value: object) -> None:
    """Print one JSON value on one line, Vietnamese readable."""
    print_line(json.dumps(value, ensure_ascii=False))


def print_line(text: str = "") -> None:
    """Print one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Print one line on standard error."""
    sys.stderr.write(text + "\n")
