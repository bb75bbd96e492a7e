"""What an administrator decides about the door, read from the settings once at start."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from hochoi.errors import SettingsError
from hochoi.settings import Settings

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class SignOnOptions:
    """The office's sign-on service."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name_claim: str = "preferred_username"


@dataclass(frozen=True, slots=True)
class DoorOptions:
    """Who may come in and how."""

    open_asking: bool  # whether a browser may ask without an account
    hosts: frozenset[str] = frozenset()  # names the pages may be asked for under; any when empty
    idle_s: float = 30 * 60
    absolute_s: float = 12 * 3600
    proxies: frozenset[str] = frozenset()  # addresses whose words about the client count
    user_header: str = ""  # lower case; the proxies name the person in it
    sign_on: SignOnOptions | None = None


def door_options(settings: Settings) -> DoorOptions:
    """Return the options for these settings.

    Left to itself, asking is open only while nothing but this machine can reach the pages: the
    server listens on loopback and neither a proxy nor a host name is set up. Then other host
    names are refused, so that no web page can reach the server by a name of its own.

    Raises:
        SettingsError: If a trusted header comes without the addresses that may send it, or an
            address is none.
    """
    proxies = frozenset(_address(text) for text in _listed(settings.trusted_proxies))
    if settings.trusted_proxy_header and not proxies:
        expected = "set together with trusted_proxies"
        raise SettingsError("trusted_proxy_header", settings.trusted_proxy_header, expected)
    hosts = frozenset(host.lower() for host in _listed(settings.allowed_hosts))
    is_local = is_loopback(settings.host) and not proxies and not hosts
    if is_loopback(settings.host) or hosts:
        hosts |= LOOPBACK_HOSTS
    return DoorOptions(
        open_asking=settings.open_asking == "on" or (settings.open_asking == "auto" and is_local),
        hosts=hosts,
        idle_s=settings.session_idle_minutes * 60,
        absolute_s=settings.session_hours * 3600,
        proxies=proxies,
        user_header=settings.trusted_proxy_header.lower(),
        sign_on=_sign_on(settings),
    )


def _sign_on(settings: Settings) -> SignOnOptions | None:
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client_id:
        raise SettingsError("oidc_client_id", "", "set together with oidc_issuer")
    address = urlsplit(settings.oidc_issuer)
    is_local = address.scheme == "http" and is_loopback(address.hostname or "")
    if address.scheme != "https" and not is_local:
        raise SettingsError("oidc_issuer", settings.oidc_issuer, "an address that begins https://")
    return SignOnOptions(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.oidc_name_claim,
    )


def is_loopback(host: str) -> bool:
    """Whether listening on this host lets only this machine in."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError as exc:
        raise SettingsError("trusted_proxies", text, "IP addresses with commas between") from exc
