"""Sign in through the office's own service (OpenID Connect, code flow with PKCE).

The only place that talks to another host, and only when the service is set up. What comes back is
believed after its signature, issuer, audience, time and nonce are checked; it opens only accounts
that this service has vouched for before, or a new official's.
"""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import urlsplit

from hochoi.errors import SignOnError
from ui.door.options import SignOnOptions, is_loopback

if TYPE_CHECKING:
    from joserfc.jwk import KeySetSerialization

ORIGIN = "oidc"
KEPT_S = 600.0  # how long one may take at the service
_MOST = 1000  # people on their way at once; the oldest are forgotten first
_TIMEOUT_S = 10.0
_SIGNATURES = ["RS256", "PS256", "ES256"]
_LEEWAY_S = 60


@dataclass(frozen=True, slots=True)
class Departure:
    """What is remembered of somebody who went to the service."""

    next_path: str
    back: str  # the address the service sends them back to
    nonce: str
    verifier: str
    left_at: float


class Service(Protocol):
    """What is asked of the service; tests run one on loopback."""

    def way_out(self, departure: Departure, state: str) -> str:
        """Return the address at the service where people sign in."""

    def claims(self, departure: Departure, code: str) -> Mapping[str, object]:
        """Return what the service says about the person who came back with `code`."""


class SignOn:
    """People on their way to the service and back. Safe to use from several threads."""

    def __init__(
        self, options: SignOnOptions, service: Service, clock: Callable[[], float] = time.time
    ) -> None:
        """Send people to `service`; `clock` gives seconds since 1970."""
        self._options, self._service, self._clock = options, service, clock
        self._departures: dict[str, Departure] = {}

    def leave(self, next_path: str, back: str) -> tuple[str, str]:
        """Return the address at the service, and the state that the browser must bring back.

        Raises:
            SignOnError: If the service cannot be reached.
        """
        state = secrets.token_urlsafe(32)
        departure = Departure(
            next_path, back, secrets.token_urlsafe(32), secrets.token_urlsafe(48), self._clock()
        )
        address = self._service.way_out(departure, state)
        while len(self._departures) >= _MOST:
            self._departures.pop(next(iter(self._departures)), None)
        self._departures[state] = departure
        return address, state

    def come_back(self, state: str, code: str) -> tuple[str, str]:
        """Return the name that the service vouches for, and where to go. A state works once.

        Raises:
            SignOnError: If nobody left with this state, or what the service says does not hold.
        """
        departure = self._departures.pop(state, None)
        if departure is None or self._clock() - departure.left_at > KEPT_S:
            raise SignOnError("nobody left with this state, or too long ago")
        name = self._service.claims(departure, code).get(self._options.name_claim)
        if not isinstance(name, str) or not name:
            raise SignOnError(f"the token has no {self._options.name_claim}")
        return name, departure.next_path


class OpenIdService:
    """A service that speaks OpenID Connect."""

    def __init__(self, options: SignOnOptions) -> None:
        """Use the service of `options`; nothing is asked of it yet."""
        self._options = options

    def way_out(self, departure: Departure, state: str) -> str:
        """Return the address at the service where people sign in.

        Raises:
            SignOnError: If the service cannot be reached or describes itself as another one.
        """
        from authlib.integrations.httpx_client import OAuth2Client

        with OAuth2Client(
            self._options.client_id,
            scope="openid profile email",
            redirect_uri=departure.back,
            code_challenge_method="S256",
        ) as client:
            address, _ = client.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=state,
                nonce=departure.nonce,
                code_verifier=departure.verifier,
            )
        return str(address)

    def claims(self, departure: Departure, code: str) -> Mapping[str, object]:
        """Return what the service says about the person who came back with `code`.

        Raises:
            SignOnError: If the code is refused, or the token is not this service's, not for us,
                not for this departure, or over.
        """
        import httpx2  # what authlib itself asks with
        from authlib.common.errors import AuthlibBaseError
        from authlib.integrations.httpx_client import OAuth2Client

        try:
            with OAuth2Client(
                self._options.client_id,
                self._options.client_secret,
                redirect_uri=departure.back,
                timeout=_TIMEOUT_S,
            ) as client:
                token = client.fetch_token(
                    self._endpoint("token_endpoint"),
                    code=code,
                    code_verifier=departure.verifier,
                    grant_type="authorization_code",
                )
        except (AuthlibBaseError, httpx2.HTTPError, httpx2.InvalidURL, ValueError) as exc:
            raise SignOnError(f"the code was refused: {type(exc).__name__}") from exc
        except (AttributeError, TypeError, KeyError) as exc:  # authlib expects an object of texts
            raise SignOnError(f"the service answered with something else: {exc!r}") from exc
        return self._checked(token.get("id_token"), departure.nonce)

    def _checked(self, id_token: object, nonce: str) -> Mapping[str, object]:
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        if not isinstance(id_token, str):
            raise SignOnError("there is no ID token")
        # Asked for each time: the service may change its keys.
        keys = cast("KeySetSerialization", self._json(self._endpoint("jwks_uri")))
        try:
            decoded = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=_SIGNATURES)
            jwt.JWTClaimsRegistry(
                leeway=_LEEWAY_S,
                iss={"essential": True, "value": self._options.issuer},
                aud={"essential": True, "value": self._options.client_id},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(decoded.claims)
        except (JoseError, ValueError, KeyError, TypeError) as exc:
            raise SignOnError(f"the token does not hold: {type(exc).__name__}") from exc
        azp = decoded.claims.get("azp", self._options.client_id)
        if azp != self._options.client_id:
            raise SignOnError("the token is for another client")
        return dict(decoded.claims)

    def _endpoint(self, name: str) -> str:
        issuer = self._options.issuer
        described = self._json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        address = described.get(name)
        if described.get("issuer") != issuer or not isinstance(address, str):
            raise SignOnError(f"{issuer} does not describe itself as that issuer with a {name}")
        if not is_safe_address(address):
            raise SignOnError(f"{name} is not https")
        return address

    def _json(self, address: str) -> dict[str, object]:
        import httpx2

        try:
            response = httpx2.get(address, timeout=_TIMEOUT_S, follow_redirects=False)
            response.raise_for_status()
            found = response.json()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as exc:
            raise SignOnError(f"{address} cannot be read: {type(exc).__name__}") from exc
        if not isinstance(found, dict):
            raise SignOnError(f"{address} is no JSON object")
        return found


def is_safe_address(address: str) -> bool:
    """Whether nobody between can read what is sent there: https, or this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
