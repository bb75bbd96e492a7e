"""Scores of visit fields: what agrees, what counts, which labels are refused."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from evaluation.visit_fields import (
    FIELDS,
    Difference,
    FieldScore,
    GoldVisit,
    field_figures,
    overall,
    read_gold,
    score,
)
from hochoi.errors import TestSetError
from hochoi.types import Party, PartyKind, Person, Stated, Visit

Value = TypeVar("Value")
HA_NAM = Party("UBND tỉnh Hà Nam", "Hà Nam", "Ninh Bình", PartyKind.PROVINCE)
ROW = {
    "title": "Tin",
    "host": [
        {"text": "tỉnh Hà Nam", "province": "Hà Nam", "current": "Ninh Bình", "kind": "province"}
    ],
    "visitors": [],
    "date_first": "2024-03-05",
    "date_last": "2024-03-05",
    "date_text": "ngày 05/3/2024",
    "places": ["phường Hồng Gai"],
    "head_of_delegation": {"name": None, "title": "Giám đốc Sở"},
    "host_leads": [{"name": "Lê Hoà", "title": "Chánh Văn phòng"}],
    "participants": 24,
    "document_numbers": ["12/KH-UBND"],
    "topics": ["mot_cua", "hai_cap"],
    "source_url": None,
    "published": None,
}


def _said(value: Value) -> Stated[Value]:
    return Stated(value, 0, 0)


def _gold(tmp_path: Path, **changes: object) -> tuple[GoldVisit, ...]:
    path = tmp_path / "gold.jsonl"
    line = json.dumps({"file_name": "a.txt", "visit": ROW | changes}, ensure_ascii=False)
    path.write_text(line + "\n", encoding="utf-8")
    return read_gold(path)


def test_read_gold_keeps_every_label(tmp_path: Path) -> None:
    visit = _gold(tmp_path)[0].visit
    assert visit.date_first == date(2024, 3, 5)
    assert visit.head_of_delegation == _said(Person(None, "Giám đốc Sở"))
    assert visit.topics == ("mot_cua", "hai_cap")


def test_read_gold_bad_lines_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"file_name": "a"}\nnot json\n', encoding="utf-8")
    with pytest.raises(TestSetError) as caught:
        read_gold(path)
    assert [row.split(":")[0] for row in caught.value.rows] == ["line 1", "line 2"]


def test_score_of_the_labels_themselves_is_perfect(tmp_path: Path) -> None:
    gold = _gold(tmp_path)
    total = overall(score(gold, {"a.txt": gold[0].visit}), FIELDS)
    assert total.correct == total.found == total.gold > 0


def test_score_missing_report_counts_as_nothing_found(tmp_path: Path) -> None:
    scores = score(_gold(tmp_path), {})
    assert scores["topics"] == FieldScore(0, 0, 2)
    assert scores["participants"].recall == 0.0


def test_score_party_agrees_when_one_text_holds_the_other(tmp_path: Path) -> None:
    scores = score(_gold(tmp_path), {"a.txt": Visit("Tin", host=(_said(HA_NAM),))})
    assert scores["host"] == FieldScore(1, 1, 1)


def test_score_party_of_another_kind_is_wrong(tmp_path: Path) -> None:
    other = Party("tỉnh Hà Nam", "Hà Nam", "Ninh Bình", PartyKind.DISTRICT)
    scores = score(_gold(tmp_path), {"a.txt": Visit("Tin", host=(_said(other),))})
    assert scores["host"] == FieldScore(0, 1, 1)


def test_score_person_agrees_on_the_name_whatever_the_tone_placement(tmp_path: Path) -> None:
    lead = _said(Person("Lê Hòa", "Phó Chánh Văn phòng"))
    scores = score(_gold(tmp_path), {"a.txt": Visit("Tin", host_leads=(lead,))})
    assert scores["host_leads"] == FieldScore(1, 1, 1)
    assert scores["person_title"] == FieldScore(0, 1, 1)


def test_score_nameless_person_agrees_on_the_title(tmp_path: Path) -> None:
    visit = Visit("Tin", head_of_delegation=_said(Person(None, "giám đốc sở")))
    assert score(_gold(tmp_path), {"a.txt": visit})["head_of_delegation"].correct == 1


def test_score_one_label_is_used_once(tmp_path: Path) -> None:
    twice = (_said("phường Hồng Gai"), _said("UBND phường Hồng Gai"))
    scores = score(_gold(tmp_path), {"a.txt": Visit("Tin", places=twice)})
    assert scores["places"] == FieldScore(1, 2, 1)


def test_precision_of_nothing_found_is_one() -> None:
    assert FieldScore(0, 0, 3).precision == 1.0
    assert FieldScore(0, 0, 0).recall == 1.0


def test_field_figures_name_every_value_that_differs(tmp_path: Path) -> None:
    gold = _gold(tmp_path)
    read = replace(gold[0].visit, participants=_said(25), topics=("mot_cua",))
    figures = field_figures(tmp_path / "gold.jsonl", {"a.txt": read, "b.txt": Visit("")})
    assert figures.differences == (
        Difference("a.txt", "participants", ("24",), ("25",)),
        Difference("a.txt", "topics", ("hai_cap",), ()),
    )
    assert figures.scores["participants"] == FieldScore(0, 1, 1)


def test_field_figures_without_one_published_report_are_refused(tmp_path: Path) -> None:
    _gold(tmp_path)
    with pytest.raises(TestSetError):
        field_figures(tmp_path / "gold.jsonl", {"b.txt": Visit("")})
