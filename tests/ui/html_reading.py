"""Read HTML the way a browser would, for assertions about what is in it."""

from html.parser import HTMLParser

_VOID = {"meta", "link", "br", "img", "input", "hr"}


class Element:
    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.text = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


def elements(html: str, tag: str | None = None, name: str | None = None) -> list[Element]:
    """Return the elements with this tag and class, in order."""
    reader = _Reader()
    reader.feed(str(html))
    reader.close()
    return [
        e
        for e in reader.elements
        if (tag is None or e.tag == tag)
        and (name is None or name in e.attributes.get("class", "").split())
    ]


def assert_harmless(html: str) -> None:
    """Fail when anything in the HTML could run or load something."""
    for element in elements(html):
        assert element.tag not in {"script", "img", "iframe", "svg", "object", "style", "form"}
        for attribute, value in element.attributes.items():
            assert not attribute.startswith("on"), (element.tag, attribute)
            if attribute in {"href", "src", "action"}:
                assert value.startswith(("/", "https://", "http://", "#")), value
