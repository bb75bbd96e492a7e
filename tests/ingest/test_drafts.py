"""Reports wait for a person where they must; what the person decides holds, and is noted."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hochoi.errors import CorrectionError, DecisionNeededError, NotFoundError
from hochoi.record.shelf import HoldReason, Shelf
from hochoi.record.states import Standing
from hochoi.types import Origin
from hochoi.workspace import Purpose, Workspace, open_workspace
from ingest import drafts
from ingest.intake import IngestResult, IngestStatus, OnKin, Policy
from ingest.pipeline import ingest_source
from tests.fakes import SyllableEncoder
from tests.ingest.review_library import AGAIN, CHANGED, FIRST, PRIVATE, settings_in, source


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(settings_in(tmp_path), Purpose.WRITE, encoder=SyllableEncoder()) as opened:
        yield opened


@pytest.fixture
def shelf(ws: Workspace) -> Shelf:
    return Shelf(ws.store.database)


def added(ws: Workspace, text: str, policy: Policy | None = None) -> str:
    return _result(ws, text, policy).report_id or ""


def _result(ws: Workspace, text: str, policy: Policy | None = None) -> IngestResult:
    return ingest_source(ws, source(text), policy or Policy(by="An"))


def published(ws: Workspace) -> list[str]:
    return [report.report_id for report in ws.store.reports()]


# -- who waits ---------------------------------------------------------------------------------


def test_changed_text_of_a_visit_waits_and_names_the_report_it_resembles(ws: Workspace) -> None:
    first = added(ws, FIRST)
    result = _result(ws, CHANGED)
    assert (result.status, result.reasons) == (IngestStatus.HELD, (HoldReason.NEW_VERSION,))
    assert [(k.report_id, k.is_same_visit) for k in result.kin] == [(first, True)]
    assert published(ws) == [first]
    found = drafts.draft(ws, result.report_id or "")
    assert found.kin is not None
    assert [(c.before.count("12"), c.after.count("15")) for c in found.changes] == [(1, 1)]


def test_report_whose_title_was_corrected_is_still_known_by_the_one_in_its_text(
    ws: Workspace,
) -> None:
    first = added(ws, FIRST)
    drafts.correct(ws, first, "title", "Hà Nam học hỏi tại Cố đô", "Hoa")
    result = _result(ws, CHANGED)
    assert [(k.report_id, k.is_same_visit) for k in result.kin] == [(first, True)]


def test_same_words_about_another_visit_go_live_with_a_warning(ws: Workspace) -> None:
    first = added(ws, FIRST)
    result = _result(ws, AGAIN)
    assert result.status is IngestStatus.ADDED
    assert [(k.report_id, k.is_same_visit) for k in result.kin] == [(first, False)]


@pytest.mark.parametrize("on_kin", list(OnKin))
def test_marked_report_never_goes_live_by_itself(ws: Workspace, on_kin: OnKin) -> None:
    result = _result(ws, PRIVATE, Policy(on_kin=on_kin))
    assert (result.status, result.reasons) == (IngestStatus.HELD, (HoldReason.PERSONAL_DATA,))
    assert published(ws) == []
    (mark,) = drafts.draft(ws, result.report_id or "").marks
    report = drafts.draft(ws, result.report_id or "").report
    assert report.text[mark.start : mark.end] == "0912 345 678"


def test_draft_is_found_by_nobody_until_it_is_published(ws: Workspace, shelf: Shelf) -> None:
    draft_id = added(ws, FIRST, Policy(review=True))
    ws.refresh()
    assert (shelf.standing(draft_id), len(ws.exact), dict(ws.reports)) == (Standing.DRAFT, 0, {})
    with pytest.raises(NotFoundError):
        ws.store.report(draft_id)
    assert drafts.publish(ws, draft_id, "An") is None
    ws.refresh()
    assert (shelf.standing(draft_id), list(ws.reports)) == (Standing.PUBLISHED, [draft_id])
    assert drafts.list_drafts(ws) == ()
    assert ws.store.integrity_problems() == ()


def test_text_of_a_draft_is_present_already(ws: Workspace) -> None:
    draft_id = added(ws, FIRST, Policy(review=True))
    again = _result(ws, FIRST + "\n")
    assert (again.status, again.report_id) == (IngestStatus.PRESENT, draft_id)


# -- versions ----------------------------------------------------------------------------------


def test_new_version_needs_a_decision(ws: Workspace) -> None:
    first = added(ws, FIRST)
    second = added(ws, CHANGED)
    with pytest.raises(DecisionNeededError) as caught:
        drafts.publish(ws, second, "An")
    assert (caught.value.report_id, caught.value.other_id) == (second, first)
    assert published(ws) == [first]


def test_replace_leaves_one_live_version_and_the_old_one_readable(
    ws: Workspace, shelf: Shelf
) -> None:
    first = added(ws, FIRST)
    second = added(ws, CHANGED)
    assert drafts.publish(ws, second, "An", OnKin.REPLACE) == first
    assert published(ws) == [second]
    assert (shelf.standing(first), shelf.current_of(first)) == (Standing.REPLACED, second)
    assert "12 người" in shelf.report(first).text
    assert [(v.report_id, v.number, v.replaced_by) for v in shelf.versions_of(second)] == [
        (first, 1, second),
        (second, 2, None),
    ]
    assert ws.store.integrity_problems() == ()
    assert ("replace", second, first) in [
        (d.action, d.report_id, d.other_id) for d in shelf.decisions()
    ]


def test_replace_policy_needs_no_second_step(ws: Workspace, shelf: Shelf) -> None:
    first = added(ws, FIRST)
    result = _result(ws, CHANGED, Policy(on_kin=OnKin.REPLACE))
    assert (result.status, result.replaces) == (IngestStatus.REPLACED, first)
    assert published(ws) == [result.report_id]
    assert shelf.standing(first) is Standing.REPLACED


def test_older_version_can_take_its_place_back(ws: Workspace, shelf: Shelf) -> None:
    first = added(ws, FIRST)
    second = added(ws, CHANGED, Policy(on_kin=OnKin.REPLACE))
    assert drafts.publish(ws, first, "An") == second
    assert published(ws) == [first]
    assert shelf.report(first).version == 3
    assert shelf.standing(second) is Standing.REPLACED
    assert ws.store.integrity_problems() == ()


def test_keep_both_leaves_both_live(ws: Workspace) -> None:
    first = added(ws, FIRST)
    second = added(ws, CHANGED, Policy(on_kin=OnKin.KEEP_BOTH))
    assert sorted(published(ws)) == sorted([first, second])


# -- corrections -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "values"),
    [
        ("title", "Hà Nam học Huế", ("Hà Nam học Huế",)),
        ("host", "UBND thành phố Huế; Sở Nội vụ", ("UBND thành phố Huế", "Sở Nội vụ")),
        ("visitors", "tỉnh Hà Nam", ("tỉnh Hà Nam",)),
        ("date", "2025-05-06", ("06/05/2025", "2025-05-06", "2025-05-06")),
        ("date", "ngày 7/5/2025", ("ngày 7/5/2025", "2025-05-07", "2025-05-07")),
        ("date", "", ()),
        ("places", "Huế;Phú Bài", ("Huế", "Phú Bài")),
        ("head_of_delegation", "Trần Thị Hoa, Giám đốc Sở", ("Trần Thị Hoa, Giám đốc Sở",)),
        ("deputy_heads", "Lê A, Phó; Lê B, Phó", ("Lê A, Phó", "Lê B, Phó")),
        ("host_leads", "", ()),
        ("participants", "1.200", ("1200",)),
        ("document_numbers", "12/KH-UBND", ("12/KH-UBND",)),
        ("topics", "mot_cua", ("mot_cua",)),
        ("source_url", "https://vidu.vn/a", ("https://vidu.vn/a",)),
        ("published", "2025-05-09", ("2025-05-09",)),
    ],
)
def test_correction_sets_the_field_and_says_who(
    ws: Workspace, field: str, typed: str, values: tuple[str, ...]
) -> None:
    report_id = added(ws, FIRST)
    report = drafts.correct(ws, report_id, field, typed, "Hoa")
    (found,) = [f for f in drafts.fields_of(ws, report) if f.name == field]
    assert (found.values, found.origin, found.corrected_by) == (values, Origin.PERSON, "Hoa")
    assert found.spans == ()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("màu", "đỏ"), ("title", ""), ("participants", "nhiều"), ("participants", "0"),
        ("topics", "bóng đá"), ("date", "hôm nào"), ("date", "2025-02-30"),
        ("date", "2025-05-06/2025-05-01"), ("source_url", "javascript:alert(1)"),
        ("published", "hôm qua"),
    ],
)  # fmt: skip
def test_correction_that_the_field_cannot_hold_changes_nothing(
    ws: Workspace, field: str, typed: str
) -> None:
    report_id = added(ws, FIRST)
    before, revision = ws.store.report(report_id), ws.store.revision()
    with pytest.raises(CorrectionError):
        drafts.correct(ws, report_id, field, typed, "Hoa")
    assert (ws.store.report(report_id), ws.store.revision()) == (before, revision)


def test_correction_is_seen_without_new_vectors(ws: Workspace) -> None:
    report_id = added(ws, FIRST)
    ws.refresh()
    ids, vectors = ws.store.vectors_of(report_id)
    drafts.correct(ws, report_id, "title", "Hà Nam học hỏi tại Cố đô", "Hoa")
    assert ws.refresh()
    assert ws.reports[report_id].title == "Hà Nam học hỏi tại Cố đô"
    assert ws.reading(report_id).report.title == "Hà Nam học hỏi tại Cố đô"
    np.testing.assert_array_equal(ws.store.vectors_of(report_id)[1], vectors)
    assert ws.lexical.passage_ids() == set(ids)
    assert [i for i, _ in ws.lexical.search("Cố đô", 5)][:1] == [ids[0]]


def test_correction_outlives_reading_the_file_again_and_new_indexes(
    ws: Workspace, tmp_path: Path
) -> None:
    report_id = added(ws, FIRST)
    drafts.correct(ws, report_id, "participants", "14", "Hoa")
    assert _result(ws, FIRST).status is IngestStatus.PRESENT
    ws.embed_again(report_id)
    ws.refresh()
    ws.rebuild()
    count = ws.store.report(report_id).visit.participants
    assert count is not None
    assert (count.value, count.origin) == (14, Origin.PERSON)


def test_correction_goes_over_to_a_new_version_that_says_the_same(ws: Workspace) -> None:
    first = added(ws, FIRST)
    drafts.correct(ws, first, "head_of_delegation", "Nguyễn Văn Ân, Phó Chủ tịch", "Hoa")
    drafts.correct(ws, first, "participants", "14", "Hoa")
    second = added(ws, CHANGED, Policy(on_kin=OnKin.REPLACE))
    visit = ws.store.report(second).visit
    assert visit.head_of_delegation is not None
    assert visit.head_of_delegation.value.name == "Nguyễn Văn Ân"
    assert visit.participants is not None
    assert visit.participants.value == 15, "the new text states another number"


# -- refusing and removing ---------------------------------------------------------------------


def test_refused_draft_is_gone_with_its_original(ws: Workspace, shelf: Shelf) -> None:
    draft_id = added(ws, PRIVATE)
    sha256 = shelf.report(draft_id).source_sha256
    drafts.refuse(ws, draft_id, "An")
    assert shelf.standing(draft_id) is Standing.REMOVED
    with pytest.raises(NotFoundError):
        ws.store.original(sha256)
    with pytest.raises(NotFoundError):
        drafts.refuse(ws, draft_id, "An")


def test_remove_takes_older_versions_along_and_leaves_only_ids(ws: Workspace, shelf: Shelf) -> None:
    first = added(ws, FIRST)
    second = added(ws, CHANGED, Policy(on_kin=OnKin.REPLACE))
    drafts.correct(ws, second, "participants", "16", "Hoa")
    assert set(drafts.remove(ws, second, "An")) == {first, second}
    assert {shelf.standing(i) for i in (first, second)} == {Standing.REMOVED}
    assert shelf.standing("0" * 16) is None
    words = ("Nguyễn Văn An", "một cửa", "báo cáo.txt")
    ws.store.database.rows("VACUUM")
    content = (ws.settings.database_path).read_bytes()
    assert [w for w in words if w.encode() in content] == []


def test_remove_keeps_the_original_as_long_as_the_setting_says(ws: Workspace) -> None:
    report_id = added(ws, FIRST)
    sha256 = ws.store.report(report_id).source_sha256
    drafts.remove(ws, report_id, "An", keep_days=30)
    assert ws.store.original(sha256) == FIRST.encode()
    assert ws.store.integrity_problems() == ()
    ws.store.database.rows("UPDATE kept_originals SET until = '2020-01-01T00:00:00+00:00'")
    assert ws.forget_expired() == 1
    with pytest.raises(NotFoundError):
        ws.store.original(sha256)


def test_report_of_an_older_program_is_compared_too(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with open_workspace(settings, Purpose.WRITE, encoder=SyllableEncoder()) as ws:
        first = added(ws, FIRST)
        ws.store.database.rows("DELETE FROM signatures")
    with open_workspace(settings, Purpose.WRITE, encoder=SyllableEncoder()) as ws:
        assert [k.report_id for k in _result(ws, CHANGED).kin] == [first]
        assert ws.store.integrity_problems() == ()


def test_remove_leaves_a_report_about_the_same_visit_alone(ws: Workspace) -> None:
    first, other = added(ws, FIRST), added(ws, AGAIN)
    drafts.remove(ws, first, "An")
    assert published(ws) == [other]
    assert ws.store.integrity_problems() == ()


def test_api_lines_are_frozen(ws: Workspace) -> None:
    added(ws, PRIVATE)
    (line,) = drafts.list_drafts(ws)
    with pytest.raises(dataclasses.FrozenInstanceError):
        line.title = "x"  # type: ignore[misc]
