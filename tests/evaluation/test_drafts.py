"""Draft questions wait for a person and count nowhere before."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.drafts import DraftQuestion, Drafts, Status, select, without_personal_data
from evaluation.feedback import drafts_of
from evaluation.testset import read_testset
from hochoi.errors import NotFoundError, TestSetError
from hochoi.people.opinions import GivenOpinion, Opinion
from hochoi.types import Answer, Filters, Outcome

DRAFT = DraftQuestion("00aa", "field who", "Ai dẫn đầu?", "who", expected=("Tám",),
                      relevant=("a.txt",), tags=("accented",))  # fmt: skip
REFUSED = DraftQuestion("00bb", "swapped", "Có không?", answerable=False, nearest="a.txt")


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "testsets")


def test_added_drafts_read_back_and_are_added_once(drafts: Drafts) -> None:
    assert drafts.add([DRAFT, REFUSED]) == 2
    assert drafts.add([DRAFT]) == 0
    assert drafts.all() == (DRAFT, REFUSED)


def test_rejected_draft_is_not_proposed_again(drafts: Drafts) -> None:
    drafts.add([DRAFT])
    drafts.reject("00aa", "lan")
    assert drafts.add([DRAFT]) == 0
    (kept,) = drafts.all()
    assert (kept.status, kept.decided_by) == (Status.REJECTED, "lan")


def test_approved_drafts_form_a_set_with_their_origin(drafts: Drafts, tmp_path: Path) -> None:
    drafts.add([DRAFT, REFUSED])
    drafts.approve("00bb", "Bộ mới", "lan")
    testset = drafts.approve("00aa", "Bộ mới", "lan")
    folder = tmp_path / "testsets" / "Bộ mới"
    assert testset == read_testset(folder)
    assert [q.text for q in testset.questions] == ["Có không?", "Ai dẫn đầu?"]
    assert [e.expected for e in testset.expectations] == [(), ("Tám",)]
    assert '"origin": "field who"' in (folder / "answers.jsonl").read_text(encoding="utf-8")
    assert [d.testset for d in drafts.all()] == ["Bộ mới", "Bộ mới"]


def test_draft_approved_again_after_an_edit_is_replaced_in_its_set(drafts: Drafts) -> None:
    drafts.add([DRAFT])
    drafts.approve("00aa", "s", "lan")
    drafts.edit(replace(DRAFT, question="Ai là trưởng đoàn?"))
    testset = drafts.approve("00aa", "s", "lan")
    assert [q.text for q in testset.questions] == ["Ai là trưởng đoàn?"]
    assert len(testset.qrels) == 1


@pytest.mark.parametrize(
    "change",
    [{"question": " "}, {"relevant": ()}, {"answerable": False}],
)
def test_incomplete_draft_is_not_approved(drafts: Drafts, change: dict[str, object]) -> None:
    drafts.add([replace(DRAFT, **change)])
    with pytest.raises(TestSetError):
        drafts.approve("00aa", "s", "lan")
    assert drafts.find("00aa").status is Status.PROPOSED


def test_unknown_draft_is_not_found(drafts: Drafts) -> None:
    for change in (lambda: drafts.reject("zz", ""), lambda: drafts.edit(DRAFT)):
        with pytest.raises(NotFoundError):
            change()


def test_damaged_drafts_are_named_and_not_overwritten(drafts: Drafts, tmp_path: Path) -> None:
    drafts.add([DRAFT])
    path = tmp_path / "testsets" / "drafts.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    with pytest.raises(TestSetError, match=r"drafts\.jsonl:2"):
        drafts.add([REFUSED])
    assert path.read_text(encoding="utf-8").endswith("{\n")


def test_select_narrows_by_status_and_origin() -> None:
    done = replace(REFUSED, status=Status.APPROVED)
    assert select([DRAFT, done], status=Status.APPROVED) == (done,)
    assert select([DRAFT, done], origin="field") == (DRAFT,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gọi 0912 345 678 nhé", "Gọi … nhé"),
        ("Gọi +84 912345678", "Gọi …"),
        ("CCCD 001203004567 của ai", "CCCD … của ai"),
        ("thư lan.tran@tinh.gov.vn", "thư …"),
        ("Văn bản 683/SNV-CCVC ngày 21/7/2022 có 1.250.000 hồ sơ",
         "Văn bản 683/SNV-CCVC ngày 21/7/2022 có 1.250.000 hồ sơ"),
        ("năm 2023, 98,5%", "năm 2023, 98,5%"),
    ],
)  # fmt: skip
def test_personal_data_is_hidden_and_figures_stay(text: str, expected: str) -> None:
    assert without_personal_data(text) == expected


def given(
    *reasons: str, good: bool = False, question: str = "Số 0912345678 là ai?"
) -> GivenOpinion:
    answer = Answer(question, Outcome.ABSTAINED, notice="Không nêu.")
    opinion = Opinion(good, reasons, "sai rồi")
    return GivenOpinion(7, opinion, question, ("Trước?",), Filters(), answer, "2026-11-27T00:00:00")


def test_found_fault_becomes_a_draft_without_personal_data() -> None:
    (draft,) = drafts_of([given("answer_wrong"), given(good=True)])
    assert (draft.question, draft.history) == ("Số … là ai?", ("Trước?",))
    assert draft.origin == "feedback answer_wrong"
    assert "Không nêu." in draft.note


def test_should_have_refused_becomes_an_unanswerable_draft() -> None:
    (draft,) = drafts_of([given("should_refuse")])
    assert (draft.answerable, draft.relevant) == (False, ())


def test_drafts_hold_texts_with_any_sign_that_ends_a_line(tmp_path: Path) -> None:
    text = "một\u2028hai\u2029ba\x85bốn\x0bnăm"
    drafts = Drafts(tmp_path)
    drafts.add([DraftQuestion("0a", "feedback", text, note=text), DraftQuestion("0b", "x", "Ai?")])
    assert [d.note for d in drafts.all()] == [text, ""]
