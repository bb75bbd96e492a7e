from dataclasses import replace

import pytest

from hochoi.types import Answer, Choice, Citation, Outcome, Progress, Sentence, Source
from tests.ui.html_reading import assert_harmless, elements
from tests.ui.samples import (
    END,
    OTHER,
    QUOTE,
    REPORT,
    START,
    TEXT,
    TITLE,
    VISIT,
    abstained,
    answered,
    citation,
    party,
)
from ui.render import (
    Turn,
    answer_text,
    conversation,
    intro,
    problem_line,
    source_list,
    sources_panel,
)
from ui.wording import Language, labels

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "[a](javascript:alert(1))",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} {0} {name}",
    "</article></div><svg onload=alert(1)>",
    "&lt;script&gt; &amp;",
    "\u202e\u0000<b>",
]


def shown(answer: Answer, question: str = "Hỏi gì?") -> str:
    return str(conversation([Turn(question, answer)], Language.VI))


def test_conversation_answer_links_its_citation_to_the_exact_words() -> None:
    (marker,) = elements(shown(answered()), "a", "cite")
    assert marker.text == "[1]"
    assert marker.attributes["href"] == f"/reports/hd01?start={START}&end={END}#mark"
    assert marker.attributes["rel"] == "noopener"
    assert QUOTE in marker.attributes["title"]
    assert marker.attributes["aria-label"].startswith("Nguồn 1:")


def test_conversation_several_words_of_one_source_get_one_number() -> None:
    cited = (citation(0, 9), Citation(2, "kg02", 0, 4, "Kiên"), citation())
    answer = Answer(
        "?",
        Outcome.ANSWERED,
        sentences=(Sentence("Hải Dương đón 14 người.", cited),),
        sources=(Source(1, REPORT), Source(2, OTHER)),
    )
    markers = elements(shown(answer), "a", "cite")
    assert [m.text for m in markers] == ["[1]", "[2]"]
    url = f"/reports/hd01?start=0&end=9&start={START}&end={END}#mark"
    assert markers[0].attributes["href"] == url
    assert markers[0].attributes["title"] == f"“Hải Dương”\n“{QUOTE}”"


def test_conversation_is_a_live_log_with_questions_as_headings() -> None:
    html = shown(answered(), "Bao nhiêu người?")
    (log,) = elements(html, "div", "turns")
    assert (log.attributes["role"], log.attributes["aria-live"]) == ("log", "polite")
    assert elements(html, "h2")[0].text == "Câu hỏi: Bao nhiêu người?"


@pytest.mark.parametrize("text", HOSTILE)
def test_conversation_hostile_text_anywhere_stays_text(text: str) -> None:
    visit = replace(VISIT, title=text, host=(party(text, text, text + "x"),), source_url=text)
    report = replace(REPORT, text=text * 90, visit=visit, file_name=text, report_id=text)
    answers = [answered(report=report, text=text), replace(abstained(text), related=(report,))]
    for answer in answers:
        html = shown(answer, text) + str(sources_panel(answer, 2, Language.VI))
        assert_harmless(html)
        assert text.replace("\u0000", "\ufffd") in elements(html, "h2")[0].text.replace(
            "\u0000", "\ufffd"
        )


def test_conversation_abstention_is_a_notice_that_names_the_nearest_reports() -> None:
    html = shown(abstained())
    (notice,) = elements(html, "div", "notice")
    assert "Các báo cáo không nêu số tiền." in notice.text
    assert [e.text for e in elements(html, "li")] == [TITLE, "Kiên Giang cấp chữ ký số"]
    assert elements(html, "div", "answer") == []


def test_conversation_abstention_without_notice_still_says_so() -> None:
    assert "Chưa tìm thấy câu trả lời" in shown(abstained(None))


def test_conversation_clarify_shows_the_question_back() -> None:
    answer = Answer(
        "Đoàn nào?",
        Outcome.CLARIFY,
        notice="Anh/chị hỏi đoàn năm 2019 hay 2022?",
        choices=(Choice("năm 2019", "Đoàn năm 2019?"),),
    )
    (notice,) = elements(shown(answer), "div", "notice")
    assert notice.attributes["data-outcome"] == "clarify"
    assert "2019 hay 2022" in notice.text


def test_conversation_answer_with_notice_shows_what_was_assumed() -> None:
    answer = replace(answered(), notice="Hiểu “năm ngoái” là năm 2025.")
    assert "Hiểu “năm ngoái” là năm 2025." in shown(answer)


@pytest.mark.parametrize("step", ["understood", "searching", "found", "writing", "something new"])
def test_conversation_waiting_says_what_is_being_done(step: str) -> None:
    html = str(conversation([Turn("Hỏi?", Progress(step))], Language.VI))
    assert elements(html, "p", "waiting")[0].text.startswith("Đang ")


def test_conversation_quoted_sentence_looks_like_a_quote() -> None:
    html = shown(answered(text=f"“{QUOTE}”"))
    assert elements(html, "p", "quoted")[0].text.startswith(f"“{QUOTE}”")


def test_conversation_english_labels_leave_the_answer_vietnamese() -> None:
    html = str(conversation([Turn("Hỏi?", answered())], Language.EN))
    assert "Copy with sources" in html
    assert "Đoàn gồm 14 người." in html


def test_sources_panel_card_tells_the_visit_and_quotes_it() -> None:
    html = str(sources_panel(answered(), 2, Language.VI))
    card = elements(html, "article", "card")[0].text
    for words in (TITLE, "Nơi tiếp", "tỉnh Hải Dương (nay là Hải Phòng)", "12–13/03/2024", QUOTE):
        assert words in card
    (outside,) = [e for e in elements(html, "a") if e.attributes["href"].startswith("http")]
    assert outside.attributes["rel"] == "noopener noreferrer external"
    assert outside.attributes["href"] == "https://haiduong.example/tin/77?a=1&b=2"


def test_sources_panel_related_reports_stand_apart_without_a_number() -> None:
    html = str(sources_panel(answered(), 2, Language.VI))
    cited, related = elements(html, "section")
    assert TITLE in cited.text
    assert TITLE not in related.text
    assert "Kiên Giang cấp chữ ký số" in related.text
    assert len(elements(html, "span", "number")) == 1


def test_sources_panel_quote_within_another_is_shown_once() -> None:
    inner = citation(START, START + 16)
    both = replace(
        answered(),
        sentences=(Sentence("Đoàn gồm 14 người.", (inner, citation())),),
    )
    html = str(sources_panel(both, 2, Language.VI))
    assert len(elements(html, "blockquote")) == 1


def test_sources_panel_several_quotes_open_the_report_with_all_marked() -> None:
    end = TEXT.index("Hải Dương đón") + len("Hải Dương đón")
    two = replace(
        answered(), sentences=(Sentence("Đoàn gồm 14 người.", (citation(), citation(0, end))),)
    )
    html = str(sources_panel(two, 2, Language.VI))
    urls = [e.attributes["href"] for e in elements(html, "a")]
    assert f"/reports/hd01?start=0&end={end}&start={START}&end={END}#mark" in urls


def test_sources_panel_before_a_question_says_what_the_library_holds() -> None:
    assert "Kho hiện có 1.266 báo cáo." in sources_panel(None, 1266, Language.VI).striptags()


def test_sources_panel_abstention_says_that_nothing_is_cited() -> None:
    text = sources_panel(abstained(), 2, Language.VI).striptags()
    assert "Câu hỏi này không trích nguồn nào." in text
    assert TITLE in text


def test_answer_text_repeated_numbers_are_written_once() -> None:
    other = Citation(2, "kg02", 0, 4, "Kiên")
    answer = Answer(
        "?",
        Outcome.ANSWERED,
        sentences=(
            Sentence("Có 14 người.", (citation(), citation(0, 3))),
            Sentence("Nơi khác cũng vậy.", (other, citation())),
        ),
        sources=(Source(1, REPORT), Source(2, REPORT)),
    )
    assert answer_text(answer) == "Có 14 người. [1]\nNơi khác cũng vậy. [2][1]"


def test_source_list_names_title_date_and_address() -> None:
    line = f"[1] {TITLE} (12–13/03/2024). https://haiduong.example/tin/77?a=1&b=2"
    assert source_list(answered()) == f"\n\nNguồn:\n{line}"


def test_source_list_without_a_safe_address_names_the_file() -> None:
    visit = replace(VISIT, source_url="javascript:alert(1)", date_first=None, date_text=None)
    text = source_list(answered(report=replace(REPORT, visit=visit)))
    assert text == f"\n\nNguồn:\n[1] {TITLE}. hải dương (1).txt"


def test_intro_empty_library_says_how_to_fill_it() -> None:
    assert "hochoi ingest" in intro(has_reports=False, language=Language.VI)
    assert "hochoi ingest" not in intro(has_reports=True, language=Language.VI)


def test_problem_line_is_an_alert_or_nothing() -> None:
    assert problem_line("") == ""
    (line,) = elements(str(problem_line("Sai <b>")), "p")
    assert (line.attributes["role"], line.text) == ("alert", "Sai <b>")


def test_every_switchable_element_names_a_label() -> None:
    html = shown(answered()) + shown(abstained()) + str(sources_panel(answered(), 2, Language.VI))
    keys = {e.attributes["data-t"] for e in elements(html) if "data-t" in e.attributes}
    assert keys
    assert keys <= set(labels(Language.VI))
