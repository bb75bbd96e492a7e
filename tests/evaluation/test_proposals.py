"""Proposed questions come from what a report states, each with its variants."""

from datetime import date

import pytest

from evaluation.proposals import Proposal, Proposer
from hochoi.language.abbreviations import load_abbreviations
from hochoi.provinces import ProvinceTable
from hochoi.settings import SHIPPED
from hochoi.types import Party, PartyKind, Person, Report, Stated, Visit

TEXT = "Đoàn đến.\nTỷ lệ hồ sơ nộp trực tuyến của tỉnh đạt 87,5%. Trong đó có 12 hồ sơ chậm."


def party_of(text: str, province: str, current: str) -> Stated[Party]:
    return Stated(Party(text, province, current, PartyKind.PROVINCE), 0, 4)


def report_of(**fields: object) -> Report:
    visit = Visit(
        "Chuyến",
        host=(party_of("tỉnh Thái Bình", "Thái Bình", "Hưng Yên"),),
        visitors=(party_of("tỉnh Cà Mau", "Cà Mau", "Cà Mau"),),
        **fields,  # type: ignore[arg-type]
    )
    return Report("00ff00ff00ff00ff", "a.txt", TEXT, "txt", "s", visit)


@pytest.fixture(scope="module")
def proposer() -> Proposer:
    return Proposer(
        SHIPPED / "prompts" / "questions.vi.toml",
        ProvinceTable.read(SHIPPED / "corpus" / "provinces.csv"),
        load_abbreviations(SHIPPED / "corpus" / "abbreviations.toml"),
    )


def chosen(found: tuple[Proposal, ...], origin: str) -> list[Proposal]:
    return [proposal for proposal in found if proposal.origin == origin]


def test_stated_field_becomes_a_question_with_its_value(proposer: Proposer) -> None:
    head = Stated(Person("Lê Văn Tám", "Chánh Văn phòng"), 0, 4)
    found = proposer.propose([report_of(head_of_delegation=head, date_first=date(2023, 5, 1))])
    plain, *variants = chosen(found, "field who")
    assert "Cà Mau" in plain.question
    assert (plain.expected, plain.answerable) == (("Lê Văn Tám",), True)
    tags = {tag for variant in variants for tag in variant.tags}
    assert {"unaccented", "new_name"} <= tags
    assert any("Hưng Yên" in variant.question for variant in variants)


def test_field_left_out_becomes_a_question_to_refuse(proposer: Proposer) -> None:
    (plain, *_) = chosen(proposer.propose([report_of()]), "field how_many")
    assert (plain.answerable, plain.expected, plain.document) == (False, (), "a.txt")
    assert "not_stated" in plain.tags


def test_sentence_with_one_figure_asks_for_it(proposer: Proposer) -> None:
    (plain, *_) = chosen(proposer.propose([report_of()]), "sentence")
    assert plain.question == "Tỷ lệ hồ sơ nộp trực tuyến của tỉnh đạt bao nhiêu %?"
    assert plain.expected == ("87,5",)


def test_host_and_visitor_changed_over_is_to_be_refused_unless_true(proposer: Proposer) -> None:
    one_way = report_of()
    assert chosen(proposer.propose([one_way]), "swapped")
    back = Visit("t", host=one_way.visit.visitors, visitors=one_way.visit.host)
    other = Report("11" * 8, "b.txt", TEXT, "txt", "s", back)
    assert not chosen(proposer.propose([one_way, other]), "swapped")


def test_no_question_is_proposed_twice_and_ids_stay(proposer: Proposer) -> None:
    found = proposer.propose([report_of()])
    ids = [proposal.proposal_id for proposal in found]
    assert len(ids) == len(set(ids))
    assert ids == [proposal.proposal_id for proposal in proposer.propose([report_of()])]


def test_report_without_parties_proposes_no_field(proposer: Proposer) -> None:
    report = Report("22" * 8, "c.txt", "Không có gì.", "txt", "s", Visit("t"))
    assert proposer.propose([report]) == ()
