"""Reports that answer about as well are shown together, and differing figures are told."""

from collections.abc import Iterator
from datetime import date

import pytest

from hochoi.answering import answer
from hochoi.settings import load_settings
from hochoi.types import Answer, Outcome, Passage, Report, SourceFile, Stated, Visit
from hochoi.workspace import Purpose, Workspace, open_workspace

SAME_TITLE = "Trung tâm Phục vụ hành chính công phường Bình Minh thông tin kết quả"
QUESTION = "Trung tâm phường Bình Minh niêm yết bao nhiêu thủ tục hành chính?"


def report(number: int, day: str, when: date, procedures: int) -> Report:
    text = (
        f"{SAME_TITLE}\n\n{day}, Trung tâm Phục vụ hành chính công phường Bình Minh niêm yết"
        f" {procedures} thủ tục hành chính. Người dân đánh giá tốt thái độ phục vụ."
    )
    start = text.index(day)
    words = Stated(day, start, start + len(day))
    visit = Visit(SAME_TITLE, date_text=words, date_first=when, date_last=when)
    return Report(f"{number:016}", f"{number}.txt", text, "txt", f"{number:064}", visit)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Two reports of one centre at two times, with different figures."""
    settings = load_settings(tmp_path_factory.mktemp("pair"), {})
    with open_workspace(settings, Purpose.WRITE) as ws:
        for one in (
            report(1, "Ngày 05/3/2025", date(2025, 3, 5), 414),
            report(2, "Ngày 10/9/2025", date(2025, 9, 10), 452),
        ):
            passage = Passage(
                f"{one.report_id}:0-{len(one.text)}", one.report_id, "", 0, len(one.text), one.text
            )
            vectors = ws.encoder.encode_passages([one.text])
            source = SourceFile(one.file_name, one.text.encode())
            ws.store.publish(source, one, [passage], vectors, encoder=ws.encoder_name)
    with open_workspace(settings, Purpose.READ) as ws:
        yield ws


@pytest.fixture(scope="module")
def together(pair: Workspace) -> Answer:
    return answer(pair, QUESTION)


def test_differing_figures_of_two_reports_are_shown_with_their_dates(together: Answer) -> None:
    assert together.outcome is Outcome.ANSWERED
    shown = "\n".join(s.text for s in together.sentences)
    for words in ("414 thủ tục hành chính", "ngày 05/3/2025", "452", "ngày 10/9/2025"):
        assert words in shown


def test_a_reader_is_told_that_figures_differ(pair: Workspace, together: Answer) -> None:
    assert together.notice == pair.phrases.say("notice.figures_differ")


def test_each_figure_is_cited_from_its_own_report(together: Answer) -> None:
    assert len(together.sources) == 2
    for sentence in together.sentences:
        assert len({c.report_id for c in sentence.citations}) == 1


def test_a_figure_of_one_day_comes_from_the_report_of_that_day(pair: Workspace) -> None:
    found = answer(pair, "Ngày 10/9/2025 phường Bình Minh niêm yết bao nhiêu thủ tục hành chính?")
    assert "452 thủ tục hành chính" in found.sentences[0].text
    assert found.notice is None
