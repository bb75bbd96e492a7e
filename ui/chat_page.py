"""The ask page: its layout and its events. Draws no HTML and answers nothing itself.

Labels are laid out in Vietnamese; `static/page.js` puts them into the other language, so that a
switch loses no conversation.
"""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.exchange import Shown, exchange, latest_answer
from ui.render import Turn, conversation, fine_print, intro, problem_line, sources_panel
from ui.site import STARTERS, Site
from ui.wording import LANGUAGE_COOKIE, Language, label, language_of
from ui.wording.gradio_strings import BUILT_IN_VI

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

_AT_ONCE = 16  # questions answered at the same time
_WAITING = 200  # questions that may wait
_SESSION_S = 12 * 3600
_FONTS = ["system-ui", "Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif"]
Updates = tuple[object, ...]  # one value per output: box, log, panel, problem, turns


def mount_chat_page(app: "FastAPI", site: Site) -> None:
    """Mount the ask page at `/`, with everything off that calls or opens to other hosts."""
    _silence_gradio()
    import gradio as gr

    gr.mount_gradio_app(
        app,
        build_chat_page(site),
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


def build_chat_page(site: Site) -> "gr.Blocks":
    """Return the page as a tree of blocks with its events."""
    import gradio as gr

    page = gr.Blocks(title=label("app_name", Language.VI), analytics_enabled=False, fill_width=True)
    with page:
        turns = gr.State((), time_to_live=_SESSION_S)
        with gr.Row(elem_id="layout"):
            with gr.Column(elem_id="talk"):
                with gr.Column(elem_id="start"):
                    welcome = _html(_intro(site, Language.VI))
                    chips = [_chip(question) for question in _padded(site.starters())]
                log = _html(str(conversation((), Language.VI)), "conversation")
                with gr.Column(elem_id="composer"):
                    problem = _html("", "problem")
                    box, send = _question_row()
                    clear = _small_row()
            panel = _html(_panel(site, (), Language.VI), "sources")
        outputs = [box, log, panel, problem, turns]
        _add_asking(site, box, send, chips, turns, outputs)
        _add_opening(site, page, clear, outputs, [welcome, panel, *chips])
    page.queue(default_concurrency_limit=_AT_ONCE, max_size=_WAITING, api_open=False)
    return page


def _html(value: str, elem_id: str | None = None) -> "gr.HTML":
    import gradio as gr

    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _chip(question: str) -> "gr.Button":
    import gradio as gr

    return gr.Button(question, elem_classes="chip", visible=bool(question))


def _padded(starters: tuple[str, ...]) -> tuple[str, ...]:
    """Return exactly `STARTERS` questions; missing ones are empty."""
    return (*starters, *[""] * STARTERS)[:STARTERS]


def _question_row() -> "tuple[gr.Textbox, gr.Button]":
    """Lay out the question box and its button. Enter sends, Shift + Enter breaks the line."""
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
    return box, send


def _small_row() -> "gr.Button":
    """Lay out what stands under the question box: the fixed lines and the way to begin anew."""
    import gradio as gr

    with gr.Row(elem_id="small-row"):
        _html(str(fine_print(Language.VI)))
        return gr.Button(label("new_conversation", Language.VI), elem_id="clear")


def _add_asking(
    site: Site,
    box: "gr.Textbox",
    send: "gr.Button",
    chips: "list[gr.Button]",
    turns: "gr.State",
    outputs: "list[gr.components.Component]",
) -> None:
    """Answer what is typed or what a chip says."""
    import gradio as gr

    def ask(question: str, past: tuple[Turn, ...], request: gr.Request) -> Iterator[Updates]:
        language = _language(request)
        for shown in exchange(site.ask, question, past):
            yield _updates(site, shown, language)

    for triggers, source in [([box.submit, send.click], box), *(([c.click], c) for c in chips)]:
        gr.on(
            triggers,
            ask,
            [source, turns],
            outputs,
            concurrency_limit=_AT_ONCE,
            concurrency_id="ask",
            api_visibility="private",
            show_progress="hidden",
        )


def _add_opening(
    site: Site,
    page: "gr.Blocks",
    clear: "gr.Button",
    outputs: "list[gr.components.Component]",
    opening: "list[gr.components.Component]",
) -> None:
    """Bring the page up to date when it opens, and begin anew when asked to."""
    import gradio as gr

    def begin(request: gr.Request) -> Updates:
        return _updates(site, Shown("", ()), _language(request))

    def opened(request: gr.Request) -> list[object]:
        language = _language(request)
        chips = [_chip(question) for question in _padded(site.starters())]
        return [_intro(site, language), _panel(site, (), language), *chips]

    clear.click(begin, None, outputs, api_visibility="private", show_progress="hidden")
    page.load(opened, None, opening, api_visibility="private", show_progress="hidden")


def _updates(site: Site, shown: Shown, language: Language) -> Updates:
    """Return the outputs for one step; the panel waits for the answer."""
    import gradio as gr

    is_waiting = bool(shown.turns) and latest_answer(shown.turns) is None
    panel = gr.skip() if is_waiting else _panel(site, shown.turns, language)
    log = str(conversation(shown.turns, language))
    return shown.question, log, panel, str(problem_line(shown.problem)), shown.turns


def _intro(site: Site, language: Language) -> str:
    return str(intro(site.report_count() > 0, language))


def _panel(site: Site, turns: tuple[Turn, ...], language: Language) -> str:
    return str(sources_panel(latest_answer(turns), site.report_count(), language))


def _language(request: "gr.Request") -> Language:
    return language_of(request.cookies.get(LANGUAGE_COOKIE))
