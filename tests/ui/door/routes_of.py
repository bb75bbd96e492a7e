"""Every route of a running application, those of mounted ones and of routers included."""

from collections.abc import Iterable, Iterator

from starlette.staticfiles import StaticFiles

_SAMPLES = {
    "conversation_id": "abc",
    "report_id": "hd01", "path": "x.js", "path_or_url": "x", "url_path": "x", "api_name": "ask",
    "session_hash": "abc", "event_id": "abc", "run": "1", "component_id": "1", "segment_id": "1",
    "ext": "ts", "size": "192", "key": "x", "id": "x", "component_class_id": "x", "type": "x",
    "environment": "x", "file_name": "x", "person_id": "x",
}  # fmt: skip


def routes_of(routes: Iterable[object], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield a method and an address, with its parameters filled in, per route."""
    for route in routes:
        inner = getattr(route, "effective_candidates", None)
        if inner is not None:
            yield from routes_of(inner(), prefix)
            continue
        original = getattr(route, "original_route", route)
        path = getattr(route, "path", None) or getattr(original, "path", "")
        below = getattr(original, "routes", None)
        if below:
            yield from routes_of(below, prefix + path)
            continue
        if isinstance(getattr(route, "app", None), StaticFiles):
            yield "GET", f"{prefix}{path}/base.css"
            continue
        for method in sorted(getattr(route, "methods", None) or {"GET"}):
            yield method, prefix + _filled(path)


def _filled(path: str) -> str:
    """Return a path with a sample in place of each parameter.

    Raises:
        KeyError: If a parameter has no sample; say above what it may be.
    """
    parts = path.split("{")
    filled = parts[0]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        filled += _SAMPLES[name.partition(":")[0]] + rest
    return filled
