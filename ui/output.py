"""What commands write on standard output: lines for people, JSON for programs."""

import json
import os
import pwd
import re
import shutil
import sys

_UNSAFE = re.compile("[\u0085\u2028\u2029\ud800-\udfff]")  # line ends to some readers; not UTF-8


def print_json(value: object) -> None:
    """Print one JSON value on one line, Vietnamese readable."""
    text = json.dumps(value, ensure_ascii=False)
    print_line(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def print_line(text: str = "") -> None:
    """Print one line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Print one line on standard error."""
    sys.stderr.write(text + "\n")


def terminal_width() -> int:
    """Return how many characters a line of a table may have: 60 to 140, 100 when not known."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, 60), 140)


def operator() -> str:
    """Return the name of the account that runs the command, for the list of decisions."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # an account that only a container knows
        return f"uid {number}"
