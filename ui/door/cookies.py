"""The door's cookies: hidden from scripts and other sites, and only over https where there is."""

from starlette.requests import HTTPConnection

SESSION_COOKIE = "hochoi_session"
SIGN_ON_COOKIE = "hochoi_sign_on"
FORM_COOKIE = "hochoi_form"


def cookie_name(base: str, *, is_secure: bool) -> str:
    """Return the name; over https browsers hold one that begins so to this host and path."""
    return f"__Host-{base}" if is_secure else base


def read_cookie(request: HTTPConnection, base: str, *, is_secure: bool) -> str | None:
    """Return the value of one of the door's cookies."""
    return request.cookies.get(cookie_name(base, is_secure=is_secure))


def cookie_header(
    base: str, value: str, *, is_secure: bool, max_age_s: int | None = None, same_site: str = "Lax"
) -> str:
    """Return a `Set-Cookie` value; with `max_age_s` 0 the browser forgets the cookie."""
    parts = [f"{cookie_name(base, is_secure=is_secure)}={value}", "Path=/"]
    if max_age_s is not None:
        parts.append(f"Max-Age={max_age_s}")
    parts += ["HttpOnly", f"SameSite={same_site}"]
    return "; ".join([*parts, "Secure"] if is_secure else parts)
