"""The ask page: its layout and its events. Draws no HTML and answers nothing itself.

Labels are laid out in Vietnamese; `static/page.js` puts them into the other language, so that a
switch loses no conversation. Buttons inside drawn HTML send an order through a hidden box.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hochoi.people.person import NOBODY, Person
from hochoi.types import Report
from ui.ask.conversation_html import conversation, follow_ups_html
from ui.ask.exchange import Asked, Desk, exchange, obey
from ui.ask.orders import read_context, read_order
from ui.ask.scene import Scene
from ui.ask.sources_html import sources_panel
from ui.ask.start_html import editing_line, filter_row, fine_print, intro, problem_line
from ui.ask.turns import Shown, Talk, unanswered
from ui.browse.page import Library, province_options, years_of
from ui.door.door import Door
from ui.door.identify import is_still_in
from ui.site import Site
from ui.wording import LANGUAGE_COOKIE, Language, label, language_of
from ui.wording.gradio_strings import BUILT_IN_VI

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI
    from gradio.events import Dependency

_AT_ONCE = 16  # questions answered at the same time
_WAITING = 200  # questions that may wait
_RECENT = 5
_FONTS = ["system-ui", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif"]
Updates = tuple[object, ...]  # one value per output: box, log, panel, problem, conversation


def mount_ask_page(app: "FastAPI", site: Site, desk: Desk, door: Door) -> None:
    """Mount the ask page at `/`, with everything off that calls or opens to other hosts."""
    _silence_gradio()
    import gradio as gr

    gr.mount_gradio_app(
        app,
        build_ask_page(site, desk, door),
        path="/",
        i18n=gr.I18n(en=dict(BUILT_IN_VI)),  # Gradio has no Vietnamese; page.js pins it to "en"
        theme=gr.themes.Base(font=_FONTS, font_mono=["ui-monospace", "monospace"]),
        run_history=False,
        footer_links=[],
        show_error=False,
        max_file_size="1kb",
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        enable_monitoring=False,
        app_kwargs={"openapi_url": None, "docs_url": None, "redoc_url": None},
    )


def _silence_gradio() -> None:
    """Turn off what Gradio would send; it reads these when it is imported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


class AskPage:
    """What the events of the page share.

    The server remembers nothing of an open page: events name the conversation, which is read as
    it is saved. So a page goes on after the server was started anew, and two pages may share one.
    """

    def __init__(self, site: Site, desk: Desk, door: Door) -> None:
        """Answer with `desk` what is asked over the library of `site`, to people in `door`."""
        self.site, self.desk, self.door = site, desk, door
        self._filters: dict[Language, tuple[Mapping[str, Report], str]] = {}  # as last drawn

    def asked(
        self, question: str, context: str, conversation_id: str, request: "gr.Request"
    ) -> Iterator[Updates]:
        """Answer what was typed."""
        around = read_context(context, self.site.provinces, self.site.topic_names)
        asked = Asked(
            _person(request).id, question, around.filters, conversation_id or None, around.edits
        )
        yield from self._while_signed_in(exchange(self.desk, asked), request)

    def ordered(self, sent: str, conversation_id: str, request: "gr.Request") -> Iterator[Updates]:
        """Carry out what a button of the drawn page asks for."""
        person_id, order = _person(request).id, read_order(sent)
        steps = obey(self.desk, person_id, order, conversation_id or None)
        yield from self._while_signed_in(steps, request)

    def _while_signed_in(self, steps: Iterator[Shown], request: "gr.Request") -> Iterator[Updates]:
        """Show steps until the session ends; then say so, and leave the text in the box alone."""
        before = None
        for shown in steps:
            if not self._is_in(request):
                yield self._signed_out(before, request)
                return
            before = shown
            yield self._updates(shown, request)

    def _is_in(self, request: "gr.Request") -> bool:
        assert request.request is not None  # events of the page always have one behind them
        return is_still_in(request.request, self.door)

    def _signed_out(self, before: Shown | None, request: "gr.Request") -> Updates:
        """Return the updates that say so; an answer that was under way is shown as not there."""
        import gradio as gr

        sentence = label("session_over", self._scene(request).language)
        if before is not None:
            return self._updates(Shown(unanswered(before.talk), problem=sentence), request)
        unchanged = gr.skip()
        return (unchanged, unchanged, unchanged, str(problem_line(sentence)), unchanged)

    def stopped(self, conversation_id: str, request: "gr.Request") -> Updates:
        """Show that nothing more comes; the event before this one has been cancelled."""
        if not self._is_in(request):
            return self._signed_out(None, request)
        return self._updates(Shown(self._talk(conversation_id, request)), request)

    def opened(self, request: "gr.Request") -> Updates:
        """Bring the page up to date as it opens, with the conversation that its address names."""
        import gradio as gr

        scene, person = self._scene(request), _person(request)
        recent = self.desk.conversations.find(person.id)[:_RECENT]
        start = intro(len(self.site.reports()), self.site.starters(), recent, scene.language)
        wanted = request.query_params.get("c")
        around = (str(start), self.filters(scene))
        if not wanted:  # a question may be on its way already: leave the conversation alone
            return *around, *(gr.skip() for _ in range(5))
        return *around, *self._updates(self.desk.reopened(person.id, wanted), request)

    def followed(self, conversation_id: str, request: "gr.Request") -> str:
        """Return questions to go on with after the newest answer.

        An event of its own: the next question need not wait until these have been tried.
        """
        talk = self._talk(conversation_id, request)
        last, answer = talk.last, talk.latest_answer
        if last is None or answer is None or not self._is_in(request):
            return ""
        questions = self.site.follow_ups(answer)
        return str(follow_ups_html(last, questions, self._scene(request).language))

    def panel(self, talk: Talk, scene: Scene) -> str:
        """Return the sources beside a conversation."""
        return str(sources_panel(talk.latest_answer, scene))

    def filters(self, scene: Scene) -> str:
        """Return the filters with what the library has to choose from, drawn once for each state.

        The site exchanges its reports as a whole, never one of them.
        """
        reports = self.site.reports()
        of, drawn = self._filters.get(scene.language, (None, ""))
        if of is not reports:
            drawn = self._drawn_filters(tuple(reports.values()), scene)
            self._filters[scene.language] = reports, drawn
        return drawn

    def _drawn_filters(self, reports: tuple[Report, ...], scene: Scene) -> str:
        library = Library(reports, self.site.provinces, self.site.topic_names)
        provinces = [(name, str(text)) for name, text in province_options(library, scene.language)]
        return str(filter_row(provinces, years_of(reports), scene))

    def scene(self, language: Language) -> Scene:
        """Return what drawing needs to know in a language."""
        return Scene(language, self.site.topic_names)

    def _talk(self, conversation_id: str, request: "gr.Request") -> Talk:
        return self.desk.current(_person(request).id, conversation_id or None)

    def _scene(self, request: "gr.Request") -> Scene:
        return self.scene(language_of(request.cookies.get(LANGUAGE_COOKIE)))

    def _updates(self, shown: Shown, request: "gr.Request") -> Updates:
        """Return the outputs for one step; the panel waits for the answer."""
        import gradio as gr

        scene, talk = self._scene(request), shown.talk
        is_waiting = talk.last is not None and talk.latest_answer is None
        return (
            gr.skip() if shown.box is None else shown.box,
            str(conversation(talk, scene)),
            gr.skip() if is_waiting else self.panel(talk, scene),
            str(problem_line(shown.problem)),
            talk.conversation_id or "",
        )


def _person(request: "gr.Request") -> Person:
    """Return who sends an event; the door has put the person on the request behind it."""
    state = getattr(request.request, "state", None)
    person = getattr(state, "person", NOBODY)
    return person if isinstance(person, Person) else NOBODY


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events read and write."""

    start: "gr.HTML"
    filters: "gr.HTML"
    log: "gr.HTML"
    follow: "gr.HTML"
    panel: "gr.HTML"
    problem: "gr.HTML"
    box: "gr.Textbox"
    context: "gr.Textbox"
    order: "gr.Textbox"
    send: "gr.Button"
    stop: "gr.Button"
    go: "gr.Button"
    conversation: "gr.Textbox"


def build_ask_page(site: Site, desk: Desk, door: Door) -> "gr.Blocks":
    """Return the page as a tree of blocks with its events."""
    import gradio as gr

    page = AskPage(site, desk, door)
    blocks = gr.Blocks(
        title=label("app_name", Language.VI), analytics_enabled=False, fill_width=True
    )
    with blocks:
        parts = _lay_out(page)
        _add_events(page, blocks, parts)
    blocks.queue(default_concurrency_limit=_AT_ONCE, max_size=_WAITING, api_open=False)
    return blocks


def _lay_out(page: AskPage) -> Parts:
    import gradio as gr

    scene = page.scene(Language.VI)
    with gr.Row(elem_id="layout"):
        with gr.Column(elem_id="talk"):
            start = _html(str(intro(len(page.site.reports()), (), (), Language.VI)), "start")
            log = _html(str(conversation(Talk(), scene)), "conversation")
            follow = _html("", "follow")
            with gr.Column(elem_id="composer"):
                problem = _html("", "problem")
                _html(str(editing_line(Language.VI)), "editing")
                filters = _html(page.filters(scene), "filters")
                box, send, stop = _question_row()
                _html(str(fine_print(Language.VI)), "small-row")
        panel = _html(page.panel(Talk(), scene), "sources")
    context, order = _hidden_box("context"), _hidden_box("order")
    conversation_id = _hidden_box("conversation-id")
    go = gr.Button("", elem_id="go", visible="hidden")
    return Parts(
        start,
        filters,
        log,
        follow,
        panel,
        problem,
        box,
        context,
        order,
        send,
        stop,
        go,
        conversation_id,
    )


def _add_events(page: AskPage, blocks: "gr.Blocks", parts: Parts) -> None:
    """Connect the parts; Gradio passes the request by its annotation, hence the small functions."""
    import gradio as gr

    def asked(
        question: str, context: str, conversation_id: str, request: gr.Request
    ) -> Iterator[Updates]:
        yield from page.asked(question, context, conversation_id, request)

    def ordered(sent: str, conversation_id: str, request: gr.Request) -> Iterator[Updates]:
        yield from page.ordered(sent, conversation_id, request)

    def stop(conversation_id: str, request: gr.Request) -> Updates:
        return page.stopped(conversation_id, request)

    def followed(conversation_id: str, request: gr.Request) -> str:
        return page.followed(conversation_id, request)

    def opened(request: gr.Request) -> Updates:
        return page.opened(request)

    outputs = [parts.box, parts.log, parts.panel, parts.problem, parts.conversation]
    asking = _answering(
        [parts.box.submit, parts.send.click],
        asked,
        [parts.box, parts.context, parts.conversation],
        outputs,
    )
    ordering = _answering([parts.go.click], ordered, [parts.order, parts.conversation], outputs)
    parts.stop.click(
        stop,
        [parts.conversation],
        outputs,
        cancels=[asking, ordering],
        api_visibility="private",
        show_progress="hidden",
    )
    for answering in (asking, ordering):
        answering.then(
            followed,
            [parts.conversation],
            [parts.follow],
            concurrency_limit=1,  # each tries several questions: answers of others come first
            concurrency_id="follow",
            api_visibility="private",
            show_progress="hidden",
        )
    opening = [parts.start, parts.filters, *outputs]
    blocks.load(opened, None, opening, api_visibility="private", show_progress="hidden")


def _answering(
    triggers: "list[Callable[..., Dependency]]",
    answer: Callable[..., Iterator[Updates]],
    inputs: "list[gr.components.Component]",
    outputs: "list[gr.components.Component]",
) -> "Dependency":
    """Let an event answer, many at the same time."""
    import gradio as gr

    made: Dependency = gr.on(
        triggers,
        answer,
        inputs,
        outputs,
        concurrency_limit=_AT_ONCE,
        concurrency_id="ask",
        api_visibility="private",
        show_progress="hidden",
    )
    return made


def _html(value: str, elem_id: str) -> "gr.HTML":
    import gradio as gr

    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _hidden_box(elem_id: str) -> "gr.Textbox":
    """Lay out a box that the page's script fills; nobody sees it."""
    import gradio as gr

    return gr.Textbox(elem_id=elem_id, visible="hidden", container=False, lines=1, max_lines=1)


def _question_row() -> "tuple[gr.Textbox, gr.Button, gr.Button]":
    """Lay out the question box and its buttons. Enter sends, Shift + Enter breaks the line."""
    import gradio as gr

    with gr.Row(elem_id="ask-row"):
        box = gr.Textbox(
            elem_id="question",
            label=label("question_label", Language.VI),
            placeholder=label("question_placeholder", Language.VI),
            lines=1,
            max_lines=8,
            container=False,
        )
        send = gr.Button(label("send", Language.VI), elem_id="send", variant="primary")
        stop = gr.Button(label("stop", Language.VI), elem_id="stop")
    return box, send, stop
