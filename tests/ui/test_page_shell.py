import pytest

from tests.ui.html_reading import elements
from ui.page_shell import shell
from ui.wording import Language

DOCUMENT = """<!doctype html>
<html lang="en" style="margin: 0">
<head>
<meta property="og:image" content="https://elsewhere.example/x.jpg" />
<meta
  name="twitter:card" content="x" />
<link rel="manifest" href="/manifest.json" />
<script>window.gradio_config = {};</script>
<script type="module" src="./assets/index.js"></script>
</head>
<body><gradio-app></gradio-app></body></html>"""


def test_shell_every_script_carries_the_nonce() -> None:
    inline = [e for e in elements(shell(DOCUMENT, "abc", Language.VI), "script")]
    assert [e.attributes.get("nonce") for e in inline if "src" not in e.attributes] == ["abc"]


def test_shell_nothing_points_to_another_host() -> None:
    html = shell(DOCUMENT, "abc", Language.VI)
    assert "https://" not in html
    assert "twitter" not in html
    assert "manifest" not in html


def test_shell_our_script_comes_before_the_library() -> None:
    html = shell(DOCUMENT, "abc", Language.VI)
    assert html.index("/page/page.js") < html.index("./assets/index.js")


def test_shell_language_title_and_masthead_are_ours() -> None:
    html = shell(DOCUMENT, "abc", Language.EN)
    assert elements(html, "html")[0].attributes["lang"] == "en"
    assert elements(html, "title")[0].text == "Học Hỏi"
    assert len(elements(html, "header", "masthead")) == 1
    buttons = [e for e in elements(html, "button") if "data-language" in e.attributes]
    pressed = {e.text: e.attributes["aria-pressed"] for e in buttons}
    assert pressed == {"VI": "false", "EN": "true"}


def test_shell_other_document_is_refused() -> None:
    with pytest.raises(ValueError, match="another shape"):
        shell("<html><head></head><body></body></html>", "abc", Language.VI)
