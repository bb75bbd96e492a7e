"""Drafts against reports: what is shown, what is dropped, and where the quotes stand."""

import random
from collections.abc import Callable

import pytest

from hochoi.citations import Verified, verify
from hochoi.types import Hit, Party, PartyKind, Passage, Report, Span, Stated, Visit
from hochoi.verification.offers import Offered, offer
from hochoi.verification.support import Fault
from tests.mutation.changes import CHANGES
from tests.mutation.proof import LEAST_CAUGHT, MOST_ALARMS, tallied
from tests.mutation.statements import (
    corpus_reports,
    drawn,
    fact_reader,
    report_statements,
    rewordings,
    role_statements,
    unseen_reports,
)

VISIT = (
    "Ninh Thuận học một cửa liên thông của Bắc Ninh\n\n"
    "Ngày 12/7/2022, Đoàn công tác tỉnh Ninh Thuận gồm 15 người do ông Lê Văn Tám, Phó Giám đốc "
    "Sở Nội vụ làm trưởng đoàn đến làm việc với UBND tỉnh Bắc Ninh.\n"
    "Tỷ lệ hồ sơ đúng hạn đạt 98,5%, tăng 2,1% so với năm 2021. "
    "Bắc Ninh chưa thu phí chứng thực điện tử.\n"
    "Bà Trần Thị Hoa, Giám đốc Trung tâm Phục vụ hành chính công cho biết có 1.234 thủ tục theo "
    "Công văn số 77/SNV-CCHC.\n"
    "Mô hình có ba trụ cột: một cửa, liên thông, số hóa."
)
OTHER = """Thành phố Hồ Chí Minh tiếp đoàn Kiên Giang

Thành phố Hồ Chí Minh giới thiệu Tổng đài 1022 với đoàn tỉnh Kiên Giang trong tháng 7 năm 2022."""


def report(report_id: str, text: str, host: str, visitor: str) -> Report:
    visit = Visit(
        title=text.split("\n")[0],
        host=(Stated(Party(host, host, host, PartyKind.PROVINCE), 0, 0),),
        visitors=(Stated(Party(visitor, visitor, visitor, PartyKind.PROVINCE), 0, 0),),
    )
    return Report(report_id, f"{report_id}.txt", text, "txt", "", visit)


FIRST = report("first", VISIT, "Bắc Ninh", "Ninh Thuận")
SECOND = report("second", OTHER, "Hồ Chí Minh", "Kiên Giang")
OFFERED = (
    Offered(1, FIRST, Span(0, len(VISIT))),
    Offered(2, SECOND, Span(0, len(OTHER))),
    Offered(3, FIRST, Span(VISIT.index("Bà Trần"), len(VISIT))),
)


def verified(draft: str) -> Verified:
    return verify(draft, OFFERED, fact_reader())


@pytest.mark.parametrize(
    "draft",
    [
        "Tỷ lệ hồ sơ đúng hạn đạt 98,5% [1].",
        "Tỷ lệ hồ sơ đúng hạn đạt 98.5 % [1].",
        "Tỷ lệ hồ sơ đúng hạn đạt 98,5 phần trăm [1].",
        "Có 1234 thủ tục theo Công văn số 77/SNV-CCHC [1].",
        "Đoàn Ninh Thuận gồm 15 người làm việc với Bắc Ninh ngày 12 tháng 7 năm 2022 [1].",
        "Đoàn Ninh Thuận làm việc với Bắc Ninh ngày 12/07/2022 [1].",
        "Đoàn công tác tỉnh Ninh Thuận làm việc với UBND tỉnh Bắc Ninh vào tháng 7/2022 [1].",
        "Trưởng đoàn là ông Lê Văn Tám, Phó Giám đốc Sở Nội vụ [1].",
        "Phó Giám đốc Sở Nội vụ Lê Văn Tám làm trưởng đoàn [1].",
        "Bắc Ninh chưa thu phí chứng thực điện tử [1].",
        "Mô hình có 3 trụ cột [1].",
        "TP.HCM giới thiệu Tổng đài 1022 với đoàn tỉnh Kiên Giang [2].",
        "TPHCM giới thiệu Tổng đài 1022 với Kiên Giang (nay là An Giang) [2].",
        "Thành phố Hồ Chí Minh giới thiệu Tổng đài 1022 vào 07/2022 [2].",
        "Ủy ban nhân dân tỉnh Bắc Ninh làm việc với đoàn Ninh Thuận [1].",
        "Bà Hoa, Giám đốc Trung tâm Phục vụ hành chính công, cho biết có 1.234 thủ tục [3].",
        "Báo cáo nêu “Tỷ lệ hồ sơ đúng hạn đạt  98,5%” [1].",
    ],
)
def test_verify_true_sentence_is_shown_with_its_quote(draft: str) -> None:
    found = verified(draft)
    assert len(found.sentences) == 1, found.dropped
    for citation in found.sentences[0].citations:
        text = {"first": VISIT, "second": OTHER}[citation.report_id]
        assert text[citation.start : citation.end] == citation.quote
        assert citation.quote.strip()


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        ("Tỷ lệ hồ sơ đúng hạn đạt 98,5%.", Fault.UNCITED),
        ("Tỷ lệ hồ sơ đúng hạn đạt 98,5% [9].", Fault.UNKNOWN_SOURCE),
        ("Tỷ lệ hồ sơ đúng hạn đạt 98,5% [0].", Fault.UNKNOWN_SOURCE),
        ("Tỷ lệ hồ sơ đúng hạn đạt 98,5% [2].", Fault.NUMBER),
        ("Tỷ lệ hồ sơ đúng hạn đạt 98,6% [1].", Fault.NUMBER),
        ("Tỷ lệ hồ sơ đúng hạn đạt 2,1% [1].", Fault.PLACE),
        ("Tỷ lệ hồ sơ đúng hạn đạt 985% [1].", Fault.NUMBER),
        ("Có 1.235 thủ tục [1].", Fault.NUMBER),
        ("Đoàn Ninh Thuận làm việc với Bắc Ninh ngày 13/7/2022 [1].", Fault.DATE),
        ("Đoàn Ninh Thuận làm việc với Bắc Ninh tháng 8/2022 [1].", Fault.DATE),
        ("Đoàn Ninh Thuận làm việc với Bắc Ninh ngày 12/7/2023 [1].", Fault.DATE),
        ("Đoàn Bình Thuận làm việc với Bắc Ninh [1].", Fault.PROVINCE),
        ("Thủ tục theo Công văn số 78/SNV-CCHC cho biết có 1.234 thủ tục [1].", Fault.DOCUMENT),
        ("Trưởng đoàn là ông Lê Văn Năm, Phó Giám đốc Sở Nội vụ [1].", Fault.NAME),
        ("Đoàn công tác tỉnh Bắc Ninh đến làm việc với UBND tỉnh Ninh Thuận [1].", Fault.PLACE),
        ("Bắc Ninh học một cửa liên thông của Ninh Thuận [1].", Fault.PLACE),
        ("Đoàn Bắc Ninh sang thăm Ninh Thuận [1].", Fault.ROLES),
        ("Ninh Thuận tiếp đoàn công tác tỉnh Bắc Ninh [1].", Fault.PLACE),
        ("Bắc Ninh thu phí chứng thực điện tử [1].", Fault.MODIFIER),
        ("Tỷ lệ hồ sơ đúng hạn giảm 2,1% so với năm 2021 [1].", Fault.POLARITY),
        ("Mô hình có bốn trụ cột [1].", Fault.NUMBER),
        ("Dịch vụ ở đây rất đáng học tập và nhân rộng [1].", Fault.WORDS),
        ("The on-time rate of files is very high [1].", Fault.UNQUOTABLE),
        ("Ông Tám nói “tỷ lệ đúng hạn rất đáng khen” [1].", Fault.QUOTATION),
        ("Tỷ lệ hồ sơ đúng hạn đạt 98,5%, xem http://a.vn [1].", Fault.FORM),
        ("Tỷ lệ hồ sơ <b>đúng hạn</b> đạt 98,5% [1].", Fault.FORM),
        ("Tỷ lệ hồ sơ [đúng hạn](x) đạt 98,5% [1].", Fault.FORM),
        ("Tôi thấy tỷ lệ hồ sơ đúng hạn đạt 98,5% [1].", Fault.VOICE),
        ("Hãy xem tỷ lệ hồ sơ đúng hạn đạt 98,5% [1].", Fault.VOICE),
        ("Kiên Giang là An Giang, giới thiệu Tổng đài 1022 [2].", Fault.PROVINCE),
    ],
)
def test_verify_false_sentence_is_dropped_and_counted(draft: str, fault: Fault) -> None:
    found = verified(draft)
    assert found.sentences == ()
    assert found.sources == ()
    assert found.dropped == ((fault, 1),)


def test_verify_keeps_true_sentences_beside_dropped_ones() -> None:
    found = verified(
        "Có 1.234 thủ tục [3].\nCó 9 thủ tục [3].\nTP.HCM giới thiệu Tổng đài 1022 [2].\n"
    )
    assert [s.text for s in found.sentences] == [
        "Có 1.234 thủ tục.",
        "TP.HCM giới thiệu Tổng đài 1022.",
    ]
    assert found.dropped == ((Fault.NUMBER, 1),)


def test_verify_numbers_sources_by_report_in_order_of_first_use() -> None:
    found = verified(
        "TP.HCM giới thiệu Tổng đài 1022 [2].\nCó 1.234 thủ tục [3].\nHồ sơ đạt 98,5% [1]."
    )
    assert [c.number for s in found.sentences for c in s.citations] == [1, 2, 2]
    assert [(s.number, s.report.report_id) for s in found.sources] == [(1, "second"), (2, "first")]


def test_verify_sentence_from_two_reports_cites_both() -> None:
    found = verified("Có 1.234 thủ tục và Tổng đài 1022 [1][2].")
    assert {c.report_id for c in found.sentences[0].citations} == {"first", "second"}


def test_verify_number_outside_the_offered_passage_is_dropped() -> None:
    assert verified("Tỷ lệ hồ sơ đúng hạn đạt 98,5% [3].").sentences == ()


def test_verify_unknown_number_beside_a_known_one_is_ignored() -> None:
    assert len(verified("Có 1.234 thủ tục [1, 77].").sentences) == 1


def test_verify_repeated_sentence_is_shown_once() -> None:
    found = verified("Có 1.234 thủ tục [1].\n" * 3)
    assert len(found.sentences) == 1
    assert found.dropped == ((Fault.REPEATED, 2),)


@pytest.mark.parametrize("draft", ["", "KHÔNG CÓ", "[1]", "Không tìm thấy thông tin."])
def test_verify_draft_without_support_leaves_nothing(draft: str) -> None:
    assert verified(draft).sentences == ()


def test_offer_numbers_hits_and_leaves_out_removed_reports() -> None:
    passages = [Passage(f"{i}:0-5", i, "", 0, 5, "") for i in ("gone", "first", "second")]
    hits = [Hit(p, 1.0, n) for n, p in enumerate(passages, 1)]
    offered = offer(hits, {"first": FIRST, "second": SECOND})
    assert [(o.number, o.report.report_id, o.text) for o in offered] == [
        (1, "first", VISIT[:5]),
        (2, "second", OTHER[:5]),
    ]


def test_verify_every_quote_of_the_corpus_stands_in_its_report() -> None:
    for one in corpus_reports():
        text = one.report.text
        for span in one.spans[:1]:
            draft = text[span.start : span.end].replace(".", " [1].")
            for sentence in verify(draft, [Offered(1, one.report, span)], fact_reader()).sentences:
                for c in sentence.citations:
                    assert text[c.start : c.end] == c.quote


def test_verify_altered_sentences_are_caught_and_true_ones_shown(
    record_property: Callable[[str, object], None],
) -> None:
    """A sample of `make mutation-proof`: of a hundred altered ones 99 fall, of true ones one."""
    chance = random.Random(20261127)
    pools = [
        report_statements(corpus_reports(), "corpus"),
        report_statements(unseen_reports(), "unseen"),
    ]
    sample = [statement for pool in pools for statement in drawn(pool, 120, chance)]
    tally = tallied(sample[::2], sample[1::2], seed=20261127)
    for kind in CHANGES:
        record_property(kind, f"{tally.caught[kind]}/{tally.made[kind]}")
    assert all(tally.made[kind] for kind in CHANGES)
    assert tally.alarm_share <= MOST_ALARMS, tally.alarms
    assert tally.caught_share >= LEAST_CAUGHT, tally.missed


def test_verify_free_wording_of_true_sentences_is_mostly_shown() -> None:
    verdicts = [statement.verdict(statement.text) for statement in rewordings()]
    assert verdicts.count("shown") >= 0.8 * len(verdicts)


def test_verify_own_wording_of_roles_is_never_taken_for_reversed() -> None:
    said = list(role_statements(corpus_reports()))
    verdicts = [statement.verdict(statement.text) for statement, _ in said]
    assert len(verdicts) > 50
    assert Fault.ROLES.value not in verdicts
    assert Fault.PLACE.value not in verdicts


def test_verify_quotation_over_several_lines_is_found_whole() -> None:
    found = verified(
        "Báo cáo nêu: “Tỷ lệ hồ sơ đúng hạn đạt 98,5%, tăng 2,1% so với năm 2021. "
        "Bắc Ninh chưa thu phí chứng thực điện tử.” [1]"
    )
    assert len(found.sentences) == 1, found.dropped


def test_verify_quotation_that_skips_a_sentence_is_dropped() -> None:
    found = verified(
        "Báo cáo nêu: “Tỷ lệ hồ sơ đúng hạn đạt 98,5%, tăng 2,1% so với năm 2021. "
        "Mô hình có ba trụ cột: một cửa, liên thông, số hóa.” [1]"
    )
    assert found.sentences == ()
