from dataclasses import replace

import pytest

from hochoi.people.conversations import Summary
from hochoi.people.opinions import Opinion
from hochoi.types import (
    Answer,
    Cell,
    Choice,
    Citation,
    Filters,
    Hit,
    Outcome,
    Passage,
    Progress,
    Report,
    Row,
    Sentence,
    Source,
    Table,
)
from hochoi.understood import Chip, QuestionKind, Understood
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
from ui.ask.conversation_html import conversation, follow_ups_html
from ui.ask.plain_text import answer_text, source_list
from ui.ask.scene import Scene
from ui.ask.sources_html import sources_panel
from ui.ask.start_html import filter_row, intro, problem_line
from ui.ask.turns import Talk, Turn
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


VI = Scene(Language.VI, {"mot_cua": "Một cửa", "DTI": "Chỉ số chuyển đổi số"})


def shown(answer: Answer, question: str = "Hỏi gì?") -> str:
    return turns(Turn(question, answer))


def turns(*of_talk: Turn, scene: Scene = VI) -> str:
    return str(conversation(Talk("c1", of_talk), scene))


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
        html = shown(answer, text) + str(sources_panel(answer, VI))
        assert_harmless(html)
        assert text.replace("\u0000", "\ufffd") in elements(html, "h2")[0].text.replace(
            "\u0000", "\ufffd"
        )


def test_conversation_abstention_is_a_notice_that_names_the_nearest_reports() -> None:
    html = shown(abstained())
    (notice,) = elements(html, "div", "notice")
    assert "Các báo cáo không nêu số tiền." in notice.text
    assert [e.text for e in elements(html, "li")][:2] == [TITLE, "Kiên Giang cấp chữ ký số"]
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
    html = turns(Turn("Hỏi?", Progress(step)))
    assert elements(html, "p", "waiting")[0].text.startswith("Đang ")


def test_conversation_quoted_sentence_looks_like_a_quote() -> None:
    html = shown(answered(text=f"“{QUOTE}”"))
    assert elements(html, "p", "quoted")[0].text.startswith(f"“{QUOTE}”")


def test_conversation_english_labels_leave_the_answer_vietnamese() -> None:
    html = turns(Turn("Hỏi?", answered()), scene=Scene(Language.EN, {}))
    assert "Copy with sources" in html
    assert "Đoàn gồm 14 người." in html


def test_sources_panel_card_tells_the_visit_and_quotes_it() -> None:
    html = str(sources_panel(answered(), VI))
    card = elements(html, "article", "card")[0].text
    for words in (TITLE, "Nơi tiếp", "tỉnh Hải Dương (nay là Hải Phòng)", "12–13/03/2024", QUOTE):
        assert words in card
    (outside,) = [e for e in elements(html, "a") if e.attributes["href"].startswith("http")]
    assert outside.attributes["rel"] == "noopener noreferrer external"
    assert outside.attributes["href"] == "https://haiduong.example/tin/77?a=1&b=2"


def test_sources_panel_related_reports_stand_apart_without_a_number() -> None:
    html = str(sources_panel(answered(), VI))
    (cited,) = elements(html, "section")
    (related,) = elements(html, "details", "related")
    assert "open" not in related.attributes
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
    html = str(sources_panel(both, VI))
    assert len(elements(html, "blockquote")) == 1


def test_sources_panel_several_quotes_open_the_report_with_all_marked() -> None:
    end = TEXT.index("Hải Dương đón") + len("Hải Dương đón")
    two = replace(
        answered(), sentences=(Sentence("Đoàn gồm 14 người.", (citation(), citation(0, end))),)
    )
    html = str(sources_panel(two, VI))
    urls = [e.attributes["href"] for e in elements(html, "a")]
    assert f"/reports/hd01?start=0&end={end}&start={START}&end={END}#mark" in urls


def test_sources_panel_card_says_on_which_page_the_words_stand() -> None:
    paged = replace(REPORT, pages=(0, 40, START + 1))

    def labels_of(report: Report) -> list[str]:
        html = str(sources_panel(answered(report=report), VI))
        return [f"{e.text}" for e in elements(html, "dt") + elements(html, "dd")]

    assert {"Trang", "2"} <= set(labels_of(paged))
    assert "Trang" not in labels_of(REPORT)


def test_sources_panel_before_a_question_says_what_will_stand_there() -> None:
    assert "Nguồn của câu trả lời sẽ hiện ở đây" in sources_panel(None, VI).striptags()


def test_sources_panel_abstention_says_that_nothing_is_cited() -> None:
    text = sources_panel(abstained(), VI).striptags()
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
    assert "hochoi ingest" in intro(0, (), (), Language.VI)
    full = intro(1266, (), (), Language.VI).striptags()
    assert "hochoi ingest" not in full
    assert "Kho hiện có 1.266 báo cáo." in full


def test_intro_offers_starters_and_the_latest_conversations() -> None:
    recent = [Summary("abc", "Hỏi <b>gì</b>?", "2026-11-26T18:05:00.000+00:00", 2)]
    html = str(intro(2, ["Ai dẫn đầu?"], recent, Language.VI))
    (starter,) = elements(html, "button", "chip")
    assert starter.attributes["data-text"] == "Ai dẫn đầu?"
    first = elements(html, "li")[0]
    assert first.text == "Hỏi <b>gì</b>? 27/11/2026 01:05"  # Vietnam is seven hours ahead
    assert elements(html, "a")[0].attributes["href"] == "/?c=abc"


def test_filter_row_choices_have_labels_and_none_is_the_first() -> None:
    html = str(filter_row([("Hải Dương", "Hải Dương (nay là Hải Phòng)")], [2024, 2019], VI))
    selects = elements(html, "select")
    assert [e.attributes["data-filter"] for e in selects] == ["province", "year", "topic"]
    assert len(elements(html, "label")) == 3
    assert [e.attributes["value"] for e in elements(html, "option")] == [
        "", "Hải Dương", "", "2024", "2019", "", "mot_cua", "DTI",
    ]  # fmt: skip


UNDERSTOOD = Understood(
    QuestionKind.LIST, "?", (Chip('province:"Bắc"', "province", "nơi tiếp: <Bắc>"),)
)


def test_turn_chips_of_the_last_question_can_be_taken_out() -> None:
    (chip,) = elements(shown(replace(answered(), understood=UNDERSTOOD)), "li", "province")
    assert chip.text.startswith("nơi tiếp: <Bắc>")
    (button,) = [
        e for e in elements(shown(replace(answered(), understood=UNDERSTOOD)), "button")
        if e.attributes.get("data-order") == "without"
    ]  # fmt: skip
    assert button.attributes["data-text"] == 'province:"Bắc"'
    assert "Bỏ điều kiện" in button.attributes["aria-label"]


def test_turn_condition_that_was_taken_out_can_come_back() -> None:
    html = turns(Turn("?", answered(), Filters(without=frozenset({"topic:DTI"}))))
    (out,) = elements(html, "li", "out")
    assert "Chỉ số chuyển đổi số" in out.text
    orders = {e.attributes.get("data-order") for e in elements(html, "button")}
    assert "with" in orders


def test_turn_filters_state_themselves_with_the_way_out() -> None:
    html = turns(Turn("?", answered(), Filters("Hải Dương", 2019, "mot_cua")))
    (line,) = elements(html, "p", "within")
    assert line.text.startswith("Chỉ tìm trong: Hải Dương · 2019 · Một cửa.")
    assert elements(turns(Turn("?", answered())), "p", "within") == []


def test_turn_only_the_last_one_can_be_changed() -> None:
    html = turns(
        Turn("Một?", replace(answered(), understood=UNDERSTOOD), turn_id=1),
        Turn("Hai?", abstained(), turn_id=2),
    )
    orders = [e.attributes["data-order"] for e in elements(html) if "data-order" in e.attributes]
    assert orders.count("again") == 1
    assert "without" not in orders


def test_follow_ups_belong_to_their_turn() -> None:
    html = str(follow_ups_html(Turn("?", answered(), turn_id=7), ["Còn <ai>?"], Language.VI))
    assert elements(html, "div", "follow")[0].attributes["data-after"] == "7"
    assert elements(html, "button", "chip")[0].attributes["data-text"] == "Còn <ai>?"
    assert follow_ups_html(Turn("?", answered()), [], Language.VI) == ""


def test_turn_that_was_stopped_says_so_and_can_be_asked_again() -> None:
    html = turns(Turn("Một?", None, turn_id=1))
    assert "Chưa có câu trả lời" in html
    orders = [e.attributes["data-order"] for e in elements(html) if "data-order" in e.attributes]
    assert orders == ["again"]


def test_turn_opinion_comes_back_with_its_reasons() -> None:
    given = Opinion(is_good=False, reasons=("report_missing",), comment='Thiếu "đoàn"</textarea>')
    html = turns(Turn("Một?", answered(), turn_id=1, opinion=given))
    checked = [e.attributes["value"] for e in elements(html, "input") if "checked" in e.attributes]
    assert checked == ["report_missing"]
    assert elements(html, "textarea")[0].text == 'Thiếu "đoàn"</textarea>'
    assert "Đã ghi nhận" in html


def test_turn_choices_ask_their_own_question() -> None:
    answer = Answer(
        "Đoàn nào?", Outcome.CLARIFY, notice="Năm nào?",
        choices=(Choice("năm 2019", "Đoàn năm 2019?"), Choice("năm 2022", "Đoàn năm 2022?")),
    )  # fmt: skip
    buttons = elements(shown(answer), "button", "choice")
    assert [(b.text, b.attributes["data-text"]) for b in buttons] == [
        ("năm 2019", "Đoàn năm 2019?"), ("năm 2022", "Đoàn năm 2022?"),
    ]  # fmt: skip


def test_turn_table_stands_under_the_sentences_and_its_words_in_the_card() -> None:
    row = Row(1, (Cell("12/3", (citation(0, 9),)), Cell(None), Cell("<b>Tên</b>")))
    answer = replace(answered(), table=Table(("date", "head", "title"), (row,)))
    cells = [e.text for e in elements(shown(answer), "td")]
    assert cells == ["[1]", "12/3", "không nêu", "<b>Tên</b>"]
    assert "[1]\t12/3\tkhông nêu\t<b>Tên</b>" in answer_text(answer)
    assert "“Hải Dương”" in sources_panel(answer, VI).striptags()


def test_turn_sentence_over_many_visits_counts_the_rest_of_its_numbers() -> None:
    many = tuple(Citation(n, "hd01", 0, 4, "Hải ") for n in range(1, 13))
    answer = Answer(
        "?", Outcome.ANSWERED, (Sentence("12 chuyến.", many),),
        tuple(Source(n, REPORT) for n in range(1, 13)),
    )  # fmt: skip
    html = shown(answer)
    assert len(elements(html, "a", "cite")) == 8
    assert "và 4 nguồn khác" in html


def test_sources_panel_card_says_section_and_why_it_was_found() -> None:
    passage = Passage("hd01:0-200", "hd01", "Kết quả", 0, len(TEXT), "")
    hit = Hit(passage, 1.0, 2, lexical_rank=3, signals=(("province", 0.2), ("date", 0.0)))
    html = str(sources_panel(replace(answered(), hits=(hit,)), VI))
    card = elements(html, "article", "card")[0]
    assert "Kết quả" in card.text
    lines = [e.text for e in elements(html, "li")]
    assert lines == [
        "Đoạn hợp nhất đứng thứ 2 trong kết quả tìm.", "Khớp từ ngữ: thứ 3.",
        "Không nằm trong nhóm gần nghĩa.", "Đúng tỉnh, thành phố được hỏi.",
    ]  # fmt: skip


def test_problem_line_is_an_alert_or_nothing() -> None:
    assert problem_line("") == ""
    (line,) = elements(str(problem_line("Sai <b>")), "p")
    assert (line.attributes["role"], line.text) == ("alert", "Sai <b>")


def test_every_switchable_element_names_a_label() -> None:
    html = shown(answered()) + shown(abstained()) + str(sources_panel(answered(), VI))
    keys = {e.attributes["data-t"] for e in elements(html) if "data-t" in e.attributes}
    assert keys
    assert keys <= set(labels(Language.VI))
