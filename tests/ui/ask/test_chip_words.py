"""Chips read in Vietnamese as the core words them, and in English in English."""

from dataclasses import replace
from datetime import date

import pytest

from hochoi.drafting.phrases import Phrases
from hochoi.settings import SHIPPED
from hochoi.understood import AskedDates, Chip, QuestionKind, Understood
from tests.ui.html_reading import elements
from tests.ui.samples import abstained
from ui.ask.answer_html import answer_html
from ui.ask.chip_words import chip_label, day_words
from ui.wording import Language, label

PHRASES = Phrases(SHIPPED / "prompts" / "answers.vi.toml")
EMPTY = Understood(QuestionKind.WHO, "Ai?")


def both(chip: Chip, understood: Understood = EMPTY) -> tuple[str, str]:
    key, values = chip_label(chip, understood)
    return label(key, Language.VI, **values), label(key, Language.EN, **values)


@pytest.mark.parametrize(
    ("chip", "english"),
    [
        (Chip("province:Bắc Ninh", "province", "Bắc Ninh"), "Bắc Ninh"),
        (Chip("province:Bắc Ninh", "province", PHRASES.say("chip.host", name="Bắc Ninh")),
         "hosted by Bắc Ninh"),
        (Chip("group:country:lao", "group", PHRASES.say("chip.visitor", name="Lào")),
         "visitors from Lào"),
        (Chip("history", "history", PHRASES.say("chip.history", question="Ai đến?")),
         "goes on from “Ai đến?”"),
        (Chip("topic:mot_cua", "topic", "Một cửa {x}"), "Một cửa {x}"),
        *[(Chip(f"group:{code}", "group", PHRASES.say(f"chip.{code}")), english)
          for code, english in (("foreign", "foreign visitors"), ("abroad", "visits abroad"))],
    ],
)  # fmt: skip
def test_chip_label_is_the_core_s_words_in_vietnamese(chip: Chip, english: str) -> None:
    assert both(chip) == (chip.text, english)


@pytest.mark.parametrize("code", ["foreign", "domestic", "local", "ministry", "council", "abroad"])
def test_chip_label_every_group_of_the_core_has_the_same_words(code: str) -> None:
    assert label(f"chip_{code}", Language.VI) == PHRASES.say(f"chip.{code}")


def test_chip_label_each_time_has_its_own_days() -> None:
    chips = (Chip("date:a", "date", "năm 2019"), Chip("date:b", "date", "dạo nọ"))
    dates = (
        AskedDates("năm 2019", date(2019, 1, 1), date(2019, 12, 31)),
        AskedDates("dạo nọ", None, None),
    )
    understood = replace(EMPTY, chips=chips, dates=dates)
    assert [both(chip, understood) for chip in chips] == [
        ("năm 2019", "2019"),
        ("dạo nọ", "dạo nọ"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2019, 1, 1), date(2019, 12, 31), "2019"),
        (date(2019, 1, 1), date(2021, 12, 31), "2019–2021"),
        (date(2024, 2, 1), date(2024, 2, 29), "02/2024"),
        (date(2024, 2, 1), date(2024, 3, 31), "01/02/2024–31/03/2024"),
        (date(2024, 2, 3), date(2024, 2, 3), "03/02/2024"),
        (date(2024, 2, 3), None, "from 03/02/2024"),
        (None, date.max, "until 31/12/9999"),
        (None, None, ""),
    ],
)
def test_day_words_whole_years_and_months_are_named_as_such(
    first: date | None, last: date | None, words: str
) -> None:
    assert day_words(AskedDates("", first, last)) == words


def test_answer_html_question_back_is_in_the_language_of_the_page() -> None:
    from hochoi.types import Choice, Outcome

    choices = (Choice("A – B", "A?"), Choice("C – D", "C?"))
    notice = PHRASES.say("clarify.which", count="2")
    answer = replace(abstained(notice), outcome=Outcome.CLARIFY, choices=choices, related=())
    assert notice in answer_html(answer, Language.VI)
    html = str(answer_html(answer, Language.EN))
    assert "2 visits fit this question" in html
    assert {b.attributes.get("lang") for b in elements(html, "button", "choice")} == {"vi"}
    many = replace(answer, notice=PHRASES.say("clarify.which_of_many", count="16"))
    assert "At least 16 visits fit" in str(answer_html(many, Language.EN))
    other = replace(answer, notice="Khác.")
    assert "Khác." in answer_html(other, Language.EN)
