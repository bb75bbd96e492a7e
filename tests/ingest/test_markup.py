"""Markup to lines: nothing visible is lost, nothing invisible is shown."""

import pytest

from ingest.markup import MAX_DEPTH, TooDeepError, read_html, read_markdown, visible_lines


def test_visible_lines_spaces_bullets_and_invisible_characters() -> None:
    text = "  một \t hai\u00a0\u3000ba \n\n•bốn\n▪  năm\u200b\u00ad\r\n\u202esáu\x0bbảy"
    assert visible_lines(text) == ("một hai ba", "- bốn", "- năm", "sáu", "bảy")


def test_visible_lines_twice_changes_nothing() -> None:
    lines = visible_lines("• a\n - b\n* c\n1. d \u2028 e")
    assert visible_lines("\n".join(lines)) == lines


def test_read_html_page_says_titles_headings_and_meta() -> None:
    page = read_html(
        '<html><head><title>Trang</title><meta property="og:title" content="Đoàn thăm">'
        '<META NAME="Published" CONTENT=" 2020-01-02 "></head>'
        '<body><div class="news-title">Tin</div><h1>Đoàn <b>thăm</b></h1><h2>Phần 1</h2></body>'
    )
    assert page.titles == ("Đoàn thăm", "Tin", "Đoàn thăm", "Phần 1", "Trang")
    assert page.headings == ("Đoàn thăm", "Phần 1")
    assert page.meta == {"og:title": "Đoàn thăm", "published": "2020-01-02"}
    assert page.lines == ("Tin", "Đoàn thăm", "Phần 1")


def test_read_html_nothing_at_all_shows_nothing() -> None:
    assert read_html("").lines == ()


def test_read_html_unclosed_paragraphs_and_cells_are_not_nested() -> None:
    cells = "<tr><td>a" * (2 * MAX_DEPTH)
    assert read_html("<p>b" * (2 * MAX_DEPTH) + f"<table>{cells}").lines.count("b") == 2 * MAX_DEPTH


def test_read_html_table_of_thousands_of_rows_is_read_whole() -> None:
    rows = "".join(f"<tr><td>xã {n}</td><td>{n} hồ sơ</td></tr>" for n in range(5000))
    lines = read_html(f"<table><tr><th>Nơi</th><th>Số</th></tr>{rows}</table>").lines
    assert len(lines) == 5000
    assert lines[-1] == "Nơi: xã 4999; Số: 4999 hồ sơ"


def test_read_html_thousands_of_tables_are_all_told() -> None:
    table = "<table><tr><th>Nơi</th><th>Số</th></tr><tr><td>xã</td><td>7</td></tr></table>"
    lines = read_html(f"<div>{table * 3000}</div>").lines
    assert lines == ("Nơi: xã; Số: 7",) * 3000


def test_read_html_a_table_that_holds_a_table_only_places_it() -> None:
    inner = "<table><tr><th>Nơi</th><th>Số</th></tr><tr><td>xã</td><td>7</td></tr></table>"
    outer = f"<table><tr><td>Trái</td><td>{inner}</td></tr><tr><td>a</td><td>b</td></tr></table>"
    assert read_html(outer).lines == ("Trái", "Nơi: xã; Số: 7", "a b")


def test_read_html_too_many_levels_are_refused() -> None:
    read_html("<div>" * MAX_DEPTH)
    with pytest.raises(TooDeepError):
        read_html("<div>" * (MAX_DEPTH + 1))


def test_read_markdown_hard_wrapped_paragraph_is_one_line() -> None:
    assert read_markdown("một\nhai  \nba\n\nbốn").lines == ("một hai", "ba", "bốn")


def test_read_markdown_lists_and_tables_keep_all_words() -> None:
    text = "- a\n  - b\n    1. c\n\n3. d\n\n| e | f |\n|:--|--:|\n| g | h |\n\n> i\n\n    k\n"
    words = " ".join(read_markdown(text).lines).split()
    letters = [word.rstrip(":;") for word in words]
    assert [word for word in letters if word.isalpha()] == list("abcdegfhik")  # e: g; f: h


def test_read_markdown_html_is_shown_not_run() -> None:
    assert read_markdown("<script>x()</script> & <b>c</b>").lines == (
        "<script>x()</script> & <b>c</b>",
    )


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("# Một\n\n## Hai", ("Một",)),
        ("Lời nói đầu\n\n# Một\n\n## Hai", ("Một",)),
        ("## Hai\n\nchữ", ("Hai",)),
        ("Lời nói đầu\n\n## Hai", ()),
        ("# *Một* và `hai` & [ba](x)", ("Một và hai & ba",)),
    ],
)
def test_read_markdown_title_is_the_first_level_or_the_first_line(
    text: str, titles: tuple[str, ...]
) -> None:
    assert read_markdown(text).titles == titles


def test_read_markdown_many_brackets_take_no_time() -> None:
    """Twenty thousand opening brackets held the reader for seven seconds."""
    assert read_markdown("[" * 20_000).lines == ("[" * 20_000,)


def test_read_markdown_deep_lists_are_refused_not_shortened() -> None:
    assert len(read_markdown("".join("  " * n + "- a\n" for n in range(40))).lines) == 40
    with pytest.raises(TooDeepError):
        read_markdown("".join("  " * n + "- a\n" for n in range(60)))
