"""The routes of what a person keeps. Every one asks for that person's own rows only."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from hochoi.errors import NotFoundError
from hochoi.people.conversations import Conversations
from hochoi.types import Report
from ui.conversations.markdown_file import markdown
from ui.conversations.pages import delete_page, list_page
from ui.conversations.paper import Paper, paper_of
from ui.conversations.print_page import print_page
from ui.conversations.word_file import word_file
from ui.door.forms import CheckedForm
from ui.door.state import person_of, visitor_of
from ui.headers import not_found
from ui.wording import LANGUAGE_COOKIE, Language, language_of

PATH = "/conversations"
_DONE = {"deleted": "deleted", "renamed": "renamed"}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MARKDOWN = "text/markdown; charset=utf-8"


def add_conversation_routes(
    app: FastAPI,
    kept: Conversations,
    topic_names: Mapping[str, str],
    reports: Callable[[], Mapping[str, Report]],
) -> None:
    """Add the list, the files, renaming and deleting.

    Args:
        app: Gets the routes.
        kept: All conversations.
        topic_names: Vietnamese name per topic code.
        reports: Gives the published ones by id.
    """

    @app.get(PATH)
    def all_of_mine(request: Request) -> HTMLResponse:
        visitor, query = visitor_of(request), request.query_params.get("q", "")[:200]
        page = list_page(
            kept.find(visitor.person.id, query),
            query,
            visitor.form_token,
            _language(request),
            visitor.person,
            done_key=_DONE.get(request.query_params.get("done", "")),
        )
        return HTMLResponse(page)

    _add_files(app, kept, topic_names, reports)
    _add_changes(app, kept)


def _language(request: Request) -> Language:
    return language_of(request.cookies.get(LANGUAGE_COOKIE))


def _mine(request: Request, page: Callable[[str], Response]) -> Response:
    """Return what `page` makes for the person's id; a Vietnamese 404 when it is not theirs."""
    try:
        return page(person_of(request).id)
    except NotFoundError:
        return not_found("conversation_not_found", _language(request))


def _add_files(
    app: FastAPI,
    kept: Conversations,
    topic_names: Mapping[str, str],
    reports: Callable[[], Mapping[str, Report]],
) -> None:
    def paper(person_id: str, conversation_id: str) -> Paper:
        title = kept.summary(person_id, conversation_id).title
        turns = kept.turns(person_id, conversation_id)
        return paper_of(title, turns, topic_names, reports(), datetime.now(UTC))

    @app.get(PATH + "/{conversation_id}.docx")
    def as_word(request: Request, conversation_id: str) -> Response:
        return _mine(
            request, lambda me: _file(word_file(paper(me, conversation_id)), "docx", _WORD)
        )

    @app.get(PATH + "/{conversation_id}.md")
    def as_markdown(request: Request, conversation_id: str) -> Response:
        return _mine(
            request,
            lambda me: _file(markdown(paper(me, conversation_id)).encode(), "md", _MARKDOWN),
        )

    @app.get(PATH + "/{conversation_id}/print")
    def to_print(request: Request, conversation_id: str) -> Response:
        return _mine(
            request,
            lambda me: HTMLResponse(
                print_page(paper(me, conversation_id), _language(request), person_of(request))
            ),
        )


def _file(content: bytes, ending: str, kind: str) -> Response:
    name = quote(f"Học Hỏi {datetime.now(UTC):%Y-%m-%d}.{ending}", safe="")
    disposition = f"attachment; filename*=UTF-8''{name}"
    return Response(content, media_type=kind, headers={"content-disposition": disposition})


def _add_changes(app: FastAPI, kept: Conversations) -> None:
    @app.get(PATH + "/{conversation_id}/delete")
    def ask_before_deleting(request: Request, conversation_id: str) -> Response:
        visitor, language = visitor_of(request), _language(request)

        def page(me: str) -> Response:
            summary = kept.summary(me, conversation_id)
            return HTMLResponse(delete_page(summary, visitor.form_token, language, visitor.person))

        return _mine(request, page)

    @app.post(PATH + "/{conversation_id}/delete")
    def delete(request: Request, conversation_id: str, form: CheckedForm) -> Response:
        def page(me: str) -> Response:
            kept.delete(me, conversation_id)
            return RedirectResponse(f"{PATH}?done=deleted", 303)

        return _mine(request, page)

    @app.post(PATH + "/{conversation_id}/rename")
    def rename(request: Request, conversation_id: str, form: CheckedForm) -> Response:
        def page(me: str) -> Response:
            kept.rename(me, conversation_id, form.text("title"))
            return RedirectResponse(f"{PATH}?done=renamed", 303)

        return _mine(request, page)
