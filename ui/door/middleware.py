"""Puts the person of each request on `request.state.person`. Plain ASGI: streams pass untouched."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hochoi.people.person import NOBODY, Person
from ui.door.door import Door
from ui.door.trial import TRIAL_COOKIE, TRIAL_S, new_trial_token, trial_person


def person_of(request: Request) -> Person:
    """Return the person of a request that came through the door.

    Gradio's own request hands `state` through, so events may pass theirs.
    """
    person = request.state.person
    if not isinstance(person, Person):
        raise TypeError("the request did not come through the door")
    return person


class DoorMiddleware:
    """Knows the person of every request, Gradio's included."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        """Wrap `app`."""
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["person"] = NOBODY
        if not self.door.open_asking:
            await self.app(scope, receive, send)
            return
        person = trial_person(Request(scope).cookies.get(TRIAL_COOKIE))
        if person is not None:
            state["person"] = person
            await self.app(scope, receive, send)
            return
        token = new_trial_token()
        state["person"] = trial_person(token)
        kept = f"{TRIAL_COOKIE}={token}; Path=/; Max-Age={TRIAL_S}; HttpOnly; SameSite=Lax"

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("set-cookie", kept)
            await send(message)

        await self.app(scope, receive, with_cookie)
