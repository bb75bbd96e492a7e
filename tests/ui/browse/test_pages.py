"""What a reader sees in the browse pages, as HTML and as CSV."""

import csv
import io
from dataclasses import replace

import pytest

from hochoi.browsing import Names, VisitFilter
from hochoi.people.person import NOBODY, Person, Role
from hochoi.types import Report
from tests.ui.html_reading import elements
from tests.ui.samples import OTHER, PROVINCES, REPORT, party
from ui.browse.address import View, Wanted
from ui.browse.csv_export import visits_csv
from ui.browse.page import Library, browse_page
from ui.browse.table import PAGE_ROWS
from ui.wording import Language

TOPICS = {"mot_cua": "Một cửa", "DTI": "Chỉ số chuyển đổi số"}
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
EVIL = replace(
    REPORT,
    report_id="evil",
    visit=replace(
        REPORT.visit,
        title=HOSTILE,
        host=(party(HOSTILE),),
        visitors=(party(HOSTILE + "2"),),
        topics=(HOSTILE,),
    ),
)


def page(
    wanted: Wanted, *reports: Report, language: Language = Language.VI, person: Person = NOBODY
) -> str:
    library = Library(reports or (REPORT, OTHER), PROVINCES, TOPICS)
    return browse_page(library, wanted, language, person)


def test_table_row_says_when_who_where_and_opens_the_report() -> None:
    html = page(Wanted())
    (row,) = elements(html, "tr")[1:]
    for words in ("12–13/03/2024", "tỉnh Cà Mau", "tỉnh Hải Dương", "nay là Hải Phòng", "Một cửa"):
        assert words in row.text
    assert "/reports/hd01" in [e.attributes.get("href") for e in elements(html, "a")]


def test_table_under_today_s_names_says_what_it_was_called_then() -> None:
    (row,) = elements(page(Wanted(names=Names.NOW)), "tr")[1:]
    assert "Hải Phòng (khi đó: tỉnh Hải Dương)" in row.text


def test_table_heading_in_use_is_announced_and_turns_round() -> None:
    headings = [e for e in elements(page(Wanted()), "th") if "aria-sort" in e.attributes]
    assert [e.attributes["aria-sort"] for e in headings] == ["descending"]
    assert 'href="/visits?up=1"' in page(Wanted())


def test_table_longer_than_a_page_leads_on() -> None:
    reports = [replace(REPORT, report_id=f"r{n:03d}") for n in range(PAGE_ROWS + 1)]
    first, last = page(Wanted(), *reports), page(Wanted(page=9), *reports)
    assert len(elements(first, "tr")) == 1 + PAGE_ROWS
    assert len(elements(last, "tr")) == 2
    assert [e.attributes["rel"] for e in elements(first, "a") if "rel" in e.attributes] == ["next"]


@pytest.mark.parametrize("view", list(View))
def test_every_view_leads_to_the_visits_behind_it(view: View) -> None:
    behind = {
        View.TABLE: "/visits?topic=mot_cua",
        View.TIMELINE: "/visits?year=2024",
        View.NETWORK: "/visits?host=H%E1%BA%A3i+D%C6%B0%C6%A1ng&visitor=C%C3%A0+Mau",
        View.COVERAGE: "/visits?province=C%C3%A0+Mau&topic=mot_cua",
    }
    addresses = [e.attributes.get("href") for e in elements(page(Wanted(view=view)), "a")]
    assert behind[view] in [a.replace("&amp;", "&") for a in addresses if a]


@pytest.mark.parametrize("view", list(View))
def test_every_view_shows_hostile_names_as_text(view: View) -> None:
    wanted = Wanted(view=view, filter=VisitFilter(words="", host=HOSTILE))
    html = page(wanted, EVIL)
    assert elements(html, "img") == []
    assert "<script>alert" not in html
    assert not [e for e in elements(html) if any(a.startswith("on") for a in e.attributes)]


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("language", list(Language))
def test_every_view_without_visits_says_so(view: View, language: Language) -> None:
    html = page(Wanted(view=view), OTHER, language=language)
    assert len(elements(html, "p", "nothing")) == 1


def test_coverage_shows_gaps_and_provinces_without_report() -> None:
    html = page(Wanted(view=View.COVERAGE))
    assert len(elements(html, "td", "gap")) == 2  # two provinces lack DTI
    (missing,) = elements(html, "p", "missing")
    assert "61 tỉnh, thành phố" in missing.text
    assert "Bắc Ninh" in missing.text


def test_filter_form_keeps_what_is_chosen() -> None:
    chosen = VisitFilter(words='một "cửa"', province="Hải Dương", year=2024, topic="mot_cua")
    html = page(Wanted(filter=chosen, view=View.TIMELINE))
    selected = [
        e.attributes["value"] for e in elements(html, "option") if "selected" in e.attributes
    ]
    assert selected == ["Hải Dương", "any", "2024", "mot_cua", "then"]
    inputs = {e.attributes["name"]: e.attributes["value"] for e in elements(html, "input")}
    assert inputs["q"] == 'một "cửa"'
    assert inputs["view"] == "timeline"


def test_filter_controls_all_have_a_label() -> None:
    html = page(Wanted())
    assert len(elements(html, "label")) == len(elements(html, "select")) + 2


def test_bad_filter_is_named() -> None:
    (note,) = elements(page(Wanted(ignored=("year",))), "p", "note")
    assert "year" in note.text


def test_masthead_offers_the_parts_that_the_roles_open() -> None:
    def parts(*roles: Role) -> list[str]:
        person = Person("p", "Lan", frozenset(roles), trial=False)
        (nav,) = elements(page(Wanted(), person=person), "nav", "sections")
        return [
            word for word in ("Hỏi đáp", "Chuyến đi", "Quản trị", "Đánh giá") if word in nav.text
        ]

    assert parts() == ["Hỏi đáp", "Chuyến đi"]
    assert parts(Role.ADMIN) == ["Hỏi đáp", "Chuyến đi", "Quản trị"]
    assert parts(Role.EVALUATOR, Role.OFFICIAL) == ["Hỏi đáp", "Chuyến đi", "Đánh giá"]


def test_csv_opens_with_accents_and_gives_one_line_per_report() -> None:
    content = visits_csv([REPORT, OTHER], TOPICS, Language.VI)
    assert content.startswith(b"\xef\xbb\xbf")
    head, first, second = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    row = dict(zip(head, first, strict=True))
    assert row["Thời gian"] == "12/03/2024 - 13/03/2024"
    assert row["Nơi tiếp"] == "tỉnh Hải Dương"
    assert row["Trưởng đoàn"] == "Lê Văn Tám, Chánh Văn phòng UBND tỉnh"
    assert second[0] == OTHER.title


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_csv_field_is_never_a_formula(sign: str) -> None:
    title = f"{sign}1+1"
    evil = replace(REPORT, visit=replace(REPORT.visit, title=title))
    rows = list(csv.reader(io.StringIO(visits_csv([evil], {}, Language.VI).decode("utf-8-sig"))))
    assert rows[1][0] == f"'{title}"
