from datetime import date

import pytest

from hochoi.types import Span, Stated, Visit
from tests.ui.samples import party
from ui.elements import external_url, parties, reader_url, when, words
from ui.wording import Language


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2022, 7, 21), date(2022, 7, 22), "21–22/07/2022"),
        (date(2022, 7, 21), date(2022, 7, 21), "21/07/2022"),
        (date(2022, 7, 21), None, "21/07/2022"),
        (date(2022, 7, 30), date(2022, 8, 2), "30/07/2022 – 02/08/2022"),
        (None, None, "chiều 02/8"),
    ],
)
def test_when_dates_are_written_as_in_vietnam(
    first: date | None, last: date | None, shown: str
) -> None:
    words_of_report = Stated("chiều 02/8", 0, 0)
    visit = Visit("t", date_text=words_of_report, date_first=first, date_last=last)
    assert when(visit) == shown


def test_when_nothing_stated_is_none() -> None:
    assert when(Visit("t")) is None


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "//evil.example",
        "/reports/x", "ftp://a.example/x", "http://", "https:///x", "http://[bad", " https://a.b",
        "https://a.example/x y", "https://a.example/\n", "java\tscript:alert(1)", "vbscript:x", "",
    ],
)  # fmt: skip
def test_external_url_other_than_http_is_none(address: str) -> None:
    assert external_url(address) is None


def test_external_url_http_and_https_are_kept() -> None:
    for address in ("http://a.example/x", "https://snv.gov.example/tin?id=7&b=ă"):
        assert external_url(address) == address


def test_reader_url_spans_become_repeated_pairs() -> None:
    url = reader_url("ab12", [Span(3, 9), Span(20, 25)])
    assert url == "/reports/ab12?start=3&end=9&start=20&end=25#mark"


def test_reader_url_id_cannot_leave_its_place() -> None:
    assert reader_url('../x?"<') == "/reports/..%2Fx%3F%22%3C"


def test_parties_changed_province_shows_the_current_name() -> None:
    shown = parties([party("tỉnh Hải Dương", "Hải Dương", "Hải Phòng")], Language.VI).striptags()
    assert shown == "tỉnh Hải Dương (nay là Hải Phòng)"


def test_parties_unchanged_province_stands_alone() -> None:
    shown = parties(
        [party("TP.HCM", "Hồ Chí Minh", "Hồ Chí Minh"), party("Bộ Nội vụ")], Language.VI
    )
    assert shown.striptags() == "TP.HCM; Bộ Nội vụ"


def test_words_values_are_escaped_in_text_and_data() -> None:
    html = words("now_called", Language.VI, name='<b>"x"')
    assert "<b>" not in html
    assert "nay là &lt;b&gt;&#34;x&#34;" in html
