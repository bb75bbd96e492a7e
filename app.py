"""Start the web application: `python app.py` is `hochoi serve`."""

import sys

from ui.cli import main


def run(arguments: list[str]) -> int:
    """Serve the pages until stopped and return the exit code.

    Args:
        arguments: Options of `hochoi serve`, e.g. `["--port", "0"]`; the word `serve` may lead.
    """
    options = arguments[1:] if arguments[:1] == ["serve"] else arguments
    return main(["serve", *options])


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
