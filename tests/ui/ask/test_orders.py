import json

import pytest

from hochoi.people.opinions import Opinion
from hochoi.types import Filters
from tests.ui.samples import PROVINCES
from ui.ask.orders import MAX_CHARS, Context, Do, Order, read_context, read_order

TOPICS = {"mot_cua", "DTI"}


def test_read_order_takes_what_the_page_sends() -> None:
    assert read_order('{"do": "ask", "text": "Ai?"}') == Order(Do.ASK, "Ai?")
    assert read_order('{"do": "again", "text": ""}') == Order(Do.AGAIN)


def test_read_order_opinion_has_reasons_and_words() -> None:
    sent = {
        "do": "opinion",
        "turn": 7,
        "good": False,
        "reasons": ["answer_wrong"],
        "comment": "Sai",
    }
    opinion = Opinion(is_good=False, reasons=("answer_wrong",), comment="Sai")
    assert read_order(json.dumps(sent)) == Order(Do.OPINION, turn_id=7, opinion=opinion)


@pytest.mark.parametrize(
    "sent",
    [
        "", "x", "[]", "{}", '{"do": "drop tables"}', '{"do": "ask", "text": 3}',
        '{"do": "opinion", "turn": "7", "good": true}', '{"do": "opinion", "turn": 7}',
        '{"do": "opinion", "turn": 7, "good": false, "reasons": ["other"]}',
        '{"do": "opinion", "turn": 7, "good": false, "reasons": "answer_wrong"}',
        '{"do": "opinion", "turn": true, "good": true}',
        json.dumps({"do": "ask", "text": "x" * MAX_CHARS}),
    ],
)  # fmt: skip
def test_read_order_refuses_anything_else(sent: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_order(sent)


@pytest.mark.parametrize(
    ("sent", "context"),
    [
        ("", Context()),
        ("{}", Context()),
        (
            '{"province": "Hải Dương", "year": "2019", "topic": "DTI", "edits": 7}',
            Context(Filters("Hải Dương", 2019, "DTI"), edits=7),
        ),
        ('{"province": "Atlantis", "year": "x", "topic": "none", "edits": true}', Context()),
        ('{"province": ["x"], "year": "²", "topic": null}', Context()),
    ],
)
def test_read_context_unknown_values_restrict_nothing(sent: str, context: Context) -> None:
    assert read_context(sent, PROVINCES, TOPICS) == context
