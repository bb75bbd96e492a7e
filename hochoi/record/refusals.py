"""Why a file was refused, as the JSON text that the record keeps, and back as the same error."""

import inspect
import json

from hochoi.errors import IngestError


def encode_refusal(error: IngestError) -> str:
    """Return the JSON text of an error about one file: its class and what it was made with."""
    names = list(inspect.signature(type(error).__init__).parameters)[1:]
    values = {name: getattr(error, name) for name in names if hasattr(error, name)}
    return json.dumps(
        {"error": type(error).__name__, "values": values, "message": str(error)},
        ensure_ascii=False,
        default=str,
    )


def decode_refusal(stored: str) -> IngestError:
    """Return the error that was stored; one of a class that is gone keeps its message."""
    raw = json.loads(stored)
    values = {str(k): v for k, v in raw["values"].items()}
    for kind in _kinds(IngestError):
        if kind.__name__ == raw["error"] and kind is not IngestError:
            return kind(**values)
    name = str(values.get("file_name", ""))
    return IngestError(name, str(raw["message"]).removeprefix(f"{name}: "))


def _kinds(kind: type[IngestError]) -> list[type[IngestError]]:
    return [kind, *(inner for below in kind.__subclasses__() for inner in _kinds(below))]
