"""A question that several visits of the record fit alike is asked back, with all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from hochoi.answering import answer
from hochoi.settings import load_settings
from hochoi.types import (
    Answer,
    Outcome,
    Party,
    PartyKind,
    Passage,
    Person,
    Report,
    SourceFile,
    Span,
    Stated,
    Visit,
)
from hochoi.workspace import Purpose, Workspace, open_workspace


@dataclass(frozen=True)
class _Told:
    host: str
    visitor: str
    day: date
    head: str | None
    about: str


TOLD = {
    "hue-1": _Told("Huế", "Sơn La", date(2021, 5, 4), "Lê Văn Tám", "phản ánh hiện trường"),
    "hue-2": _Told("Huế", "Sơn La", date(2022, 6, 7), "Hà Thị Chín", "cổng dữ liệu mở"),
    "hue-3": _Told("Huế", "Cà Mau", date(2022, 8, 9), "Trần Bá Mười", "cổng dữ liệu mở"),
    "hue-4": _Told("Huế", "Sơn La", date(2023, 1, 2), None, "kho lưu trữ"),
}


def _report(name: str, told: _Told) -> Report:
    lead = f" do ông {told.head}, Chánh Văn phòng, làm trưởng đoàn" if told.head else ""
    when = f"ngày {told.day:%d/%m/%Y}"
    title = f"{told.host} tiếp đoàn {told.visitor}"
    text = f"{title}\n\nĐoàn {told.visitor}{lead} đến {told.host} {when} tìm hiểu {told.about}."

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    def party(province: str) -> Stated[Party]:
        at = span(province)
        return Stated(Party(province, province, province, PartyKind.PROVINCE), at.start, at.end)

    head = span(told.head) if told.head else None
    visit = Visit(
        title,
        host=(party(told.host),),
        visitors=(party(told.visitor),),
        date_text=Stated(when, span(when).start, span(when).end),
        date_first=told.day,
        date_last=told.day,
        head_of_delegation=Stated(Person(told.head, None), head.start, head.end) if head else None,
    )
    return Report(name, f"{name}.txt", text, "txt", f"sha-{name}", visit)


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = load_settings(tmp_path_factory.mktemp("several"), {})
    with open_workspace(settings, Purpose.WRITE) as writing:
        for name, told in TOLD.items():
            report = _report(name, told)
            size = len(report.text)
            passage = Passage(f"{name}:0-{size}", name, "", 0, size, report.text)
            source = SourceFile(report.file_name, report.text.encode())
            vectors = writing.encoder.encode_passages([report.text])
            writing.store.publish(source, report, [passage], vectors, encoder=writing.encoder_name)
    with open_workspace(settings, Purpose.READ) as reading:
        yield reading


def offered(found: Answer) -> set[str]:
    assert found.outcome is Outcome.CLARIFY
    assert len(found.choices) == len(found.related)
    return {r.report_id for r in found.related}


def test_several_visits_of_the_same_sides_are_all_offered(ws: Workspace) -> None:
    assert offered(answer(ws, "Ai dẫn đầu đoàn Sơn La đến Huế?")) == {"hue-1", "hue-2"}


def test_several_visits_by_one_side_named_alone(ws: Workspace) -> None:
    assert offered(answer(ws, "Trưởng đoàn đến Huế là ai?")) == {"hue-1", "hue-2", "hue-3"}


@pytest.mark.parametrize(
    ("question", "report"),
    [
        ("Ai dẫn đầu đoàn Sơn La đến Huế năm 2022?", "hue-2"),
        ("Ai dẫn đầu đoàn Sơn La đến Huế tìm hiểu phản ánh hiện trường?", "hue-1"),
        ("Ai dẫn đầu đoàn Cà Mau đến Huế?", "hue-3"),
    ],
)
def test_one_of_several_visits_told_apart_is_answered(
    ws: Workspace, question: str, report: str
) -> None:
    found = answer(ws, question)
    assert found.outcome is Outcome.ANSWERED
    assert found.sources[0].report.report_id == report


def test_every_choice_is_a_question_with_an_answer_from_its_visit(ws: Workspace) -> None:
    found = answer(ws, "Ai dẫn đầu đoàn Sơn La đến Huế?")
    for report, choice in zip(found.related, found.choices, strict=True):
        chosen = answer(ws, choice.question)
        assert [s.report.report_id for s in chosen.sources] == [report.report_id]


def test_of_more_visits_than_are_read_it_says_at_least_how_many(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hochoi.several_visits.MAX_READ", 2)
    found = answer(ws, "Trưởng đoàn đến Huế là ai?")
    assert found.outcome is Outcome.CLARIFY
    assert len(found.choices) == 2
    assert found.notice == ws.phrases.say("clarify.which_of_many", count="2")


def test_reports_of_a_province_are_those_it_takes_part_in(ws: Workspace) -> None:
    of = {
        name: {r.report_id for r in ws.reports_of([name])} for name in ("Huế", "Cà Mau", "Hà Nội")
    }
    assert of == {"Huế": set(TOLD), "Cà Mau": {"hue-3"}, "Hà Nội": set()}
    both = ws.reports_of(["Cà Mau", "Huế"])
    assert len(both) == len({r.report_id for r in both}) == len(TOLD)
