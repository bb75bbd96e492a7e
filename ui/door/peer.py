"""What may be believed about where a request comes from. Believes only proxies that are listed."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from ui.door.options import LOOPBACK_HOSTS, DoorOptions


@dataclass(frozen=True, slots=True)
class Peer:
    """Where a request comes from."""

    address: str
    is_secure: bool  # whether the browser speaks https
    user_names: tuple[str, ...]  # what a listed proxy says who it is; one name is usable


def peer_of(request: HTTPConnection, options: DoorOptions) -> Peer:
    """Return what is known about the other end.

    Headers about the client count only when the neighbour is a listed proxy; of the addresses it
    forwards the last is believed, which it has added itself.
    """
    neighbour = request.client.host if request.client else ""
    is_secure = request.url.scheme in {"https", "wss"}
    if neighbour not in options.proxies:
        return Peer(neighbour, is_secure, ())
    forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    is_secure = is_secure or request.headers.get("x-forwarded-proto", "").lower() == "https"
    names = request.headers.getlist(options.user_header) if options.user_header else []
    return Peer(forwarded or neighbour, is_secure, tuple(name.strip() for name in names))


def host_is_allowed(request: HTTPConnection, options: DoorOptions) -> bool:
    """Whether the name the pages are asked for under is one of ours, with any port."""
    names = request.headers.getlist("host")
    if len(names) != 1:
        return False
    return not options.hosts or _host(names[0]) in options.hosts


def is_same_origin(request: HTTPConnection, options: DoorOptions) -> bool | None:
    """Whether a page of ours sends this; None when the browser does not tell.

    Browsers hide the origin of a form when the page asks for no referrer; such forms carry a
    token instead.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin", "null")
    if origin == "null":
        return None if site is None else True
    netloc = urlsplit(origin).netloc.lower()
    if netloc == request.headers.get("host", "").lower():
        return True
    return _host(netloc) in options.hosts - LOOPBACK_HOSTS  # a proxy may ask under its own name


def _host(name: str) -> str:
    """Return a host without its port."""
    name = name.lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]
