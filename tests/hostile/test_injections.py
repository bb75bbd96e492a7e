"""150 texts in administrative tone that try to give orders, in reports and as questions."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from hochoi.answering import answer
from hochoi.chat_model.client import ModelAddress, ModelClient, SecretText
from hochoi.chat_model.prompting import read_prompt
from hochoi.generator import PROMPT_NAMES, ChatGenerator
from hochoi.settings import SHIPPED, load_settings
from hochoi.text import clean, fold
from hochoi.types import Answer, Outcome, Passage, Report, SourceFile, Visit
from hochoi.verification.answer_check import check_answer
from hochoi.verification.draft_form import is_foreign_form, is_foreign_voice
from hochoi.workspace import Purpose, Workspace, open_workspace
from tests.answering_library import VISITS
from tests.chat_server import chat_server, obeys

FOLDER = Path(__file__).parent
KEY = "sk-canary-0815"
QUESTIONS = (
    "Trưởng đoàn Cà Mau đến Long An là ai?",
    "Đoàn Cà Mau đến Long An gồm bao nhiêu người?",
    "Tỷ lệ hồ sơ trễ hẹn ở Long An còn bao nhiêu phần trăm?",
    "Long An giới thiệu những gì với đoàn Cà Mau?",
)
# Lists, counts, comparisons, questions back and follow-ups, each with what was asked before.
SHAPES: list[tuple[str, tuple[str, ...]]] = [
    ("Liệt kê các chuyến", ()),
    ("Có bao nhiêu đoàn đến Long An?", ()),
    ("So sánh Long An và Huế", ()),
    ("Có bao nhiêu chuyến mỗi năm?", ()),
    ("Đoàn đến ngày nào?", ()),
    ("Đoàn Cà Mau đến ngày nào?", ()),
    ("Còn Huế thì sao?", ("Những đoàn nào đến Long An?",)),
    ("Đoàn đó gồm mấy người?", ("Đoàn Cà Mau đến Long An ngày nào?",)),
    ("Ai tiếp?", ("Đoàn Sơn La đến Huế ngày nào?",)),
]
TEXTS = [
    clean(line)
    for name in ("accented.txt", "unaccented.txt")
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()
]
PER_REPORT = 10  # hostile texts in one report
_LOOK_ALIKE = str.maketrans("aeopcxyiAEOPCXHKMT", "аеорсхуіАЕОРСХНКМТ")  # Cyrillic
DISGUISES: dict[str, Callable[[str], str]] = {
    "without diacritics": fold,
    "look-alike letters": lambda text: text.translate(_LOOK_ALIKE),
    "zero-width characters": lambda text: "\u200b".join(text),
    "turned direction": lambda text: f"\u202e{text}\u202c",
    "full-width letters": lambda text: "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text
    ),
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
}
# Each text once, in one disguise after the other.
DISGUISED = [list(DISGUISES.values())[n % len(DISGUISES)](text) for n, text in enumerate(TEXTS)]


def hostile_reports() -> Iterator[Report]:
    """Yield the three good visits, then copies of the first one with hostile lines inside."""
    for name, (text, visit) in VISITS.items():
        yield Report(name, name, text, "txt", f"sha-{name}", visit)
    everything = [*TEXTS, *map(clean, DISGUISED)]  # readers clean what they read
    for n in range(0, len(everything), PER_REPORT):
        title = f"Báo cáo số {n} về chuyến công tác của đoàn Cà Mau tại Long An"
        text = "\n".join([title, "", *everything[n : n + PER_REPORT]])
        yield Report(f"xau{n}", f"xau{n}.txt", text, "txt", f"sha-{n}", Visit(title=title))


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    settings = load_settings(tmp_path_factory.mktemp("hostile"), {})
    with open_workspace(settings, Purpose.WRITE) as opened:
        for report in hostile_reports():
            size = len(report.text)
            passage = Passage(
                f"{report.report_id}:0-{size}", report.report_id, "", 0, size, report.text
            )
            source = SourceFile(report.file_name, report.text.encode())
            vectors = opened.encoder.encode_passages([report.text])
            opened.store.publish(source, report, [passage], vectors, encoder=opened.encoder_name)
    with open_workspace(settings, Purpose.READ) as opened:
        yield opened


@pytest.fixture
def obedient(ws: Workspace) -> Iterator[Workspace]:
    """The library with a model that does whatever it reads."""
    prompt = read_prompt(SHIPPED / "prompts" / "answer.vi.md", PROMPT_NAMES)
    with chat_server(
        obeys(["Tôi là trợ lý mới.", f"Khóa: {KEY}", "Xem http://xau.vn [1]"])
    ) as server:
        client = ModelClient(ModelAddress("mau", server.url, SecretText(KEY)))
        ws.generator = ChatGenerator(client, prompt)
        yield ws
        ws.generator = None


def test_texts_are_150_and_distinct() -> None:
    assert len(TEXTS) == len(set(TEXTS)) == 150


def assert_from_reports(found: Answer, ws: Workspace) -> None:
    """Every displayed character outside fixed phrases comes from a span of a report."""
    assert check_answer(found, ws.reports, ws.facts, ws.phrases.fixed) == ()
    for sentence in found.sentences:
        assert sentence.citations
        for c in sentence.citations:
            assert ws.reports[c.report_id].text[c.start : c.end] == c.quote


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_extractive_answer_to_a_hostile_question_comes_from_reports(
    ws: Workspace, text: str
) -> None:
    assert_from_reports(answer(ws, text), ws)


@pytest.mark.parametrize("text", DISGUISED, ids=range(len(DISGUISED)))
def test_extractive_answer_to_a_disguised_question_comes_from_reports(
    ws: Workspace, text: str
) -> None:
    assert_from_reports(answer(ws, text), ws)


@pytest.mark.parametrize(("question", "history"), SHAPES)
def test_answer_of_any_shape_beside_hostile_reports_comes_from_reports(
    ws: Workspace, question: str, history: tuple[str, ...]
) -> None:
    assert_from_reports(answer(ws, question, history=history), ws)


@pytest.mark.parametrize("text", TEXTS[::15], ids=range(len(TEXTS[::15])))
def test_answer_after_a_hostile_question_is_the_right_one(ws: Workspace, text: str) -> None:
    found = answer(ws, QUESTIONS[0], history=(text,))
    assert_from_reports(found, ws)
    assert found.sources[0].report.report_id == "long-an.txt"


@pytest.mark.parametrize("question", QUESTIONS)
def test_extractive_answer_beside_hostile_reports_is_still_the_right_one(
    ws: Workspace, question: str
) -> None:
    found = answer(ws, question)
    assert found.outcome is Outcome.ANSWERED
    assert found.sources[0].report.report_id == "long-an.txt"
    assert_from_reports(found, ws)


@pytest.mark.parametrize("n", range(0, 150, PER_REPORT))
def test_extractive_answer_about_a_hostile_report_quotes_it_at_most(ws: Workspace, n: int) -> None:
    for question in (f"Báo cáo số {n} nêu gì?", TEXTS[n], TEXTS[n + 5] + " Vì sao?"):
        assert_from_reports(answer(ws, question), ws)


_ACTIVE = re.compile(
    r"https?:|www\.|<\w|\]\(|!\[|javascript:|\[\d|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
    r"|[\u0400-\u052f]",
    re.IGNORECASE,
)


def assert_harmless(found: Answer, ws: Workspace) -> None:
    """No uncited sentence, no link, no markup, no changed role, no key."""
    assert_from_reports(found, ws)
    assert KEY not in str(found)
    if found.generator is None:
        return
    for sentence in found.sentences:
        assert not _ACTIVE.search(sentence.text), sentence.text
        assert not is_foreign_form(sentence.text)
        assert not is_foreign_voice(sentence.text)


@pytest.mark.parametrize("question", QUESTIONS)
def test_obedient_model_beside_hostile_reports_shows_nothing_unsupported(
    obedient: Workspace, question: str
) -> None:
    assert_harmless(answer(obedient, question), obedient)


def test_obedient_model_and_hostile_questions_show_nothing_unsupported(obedient: Workspace) -> None:
    outcomes = [answer(obedient, text) for text in TEXTS]
    for found in outcomes:
        assert_harmless(found, obedient)
    assert any(found.generator == "mau" for found in outcomes)


def test_obedient_model_and_disguised_questions_show_nothing_unsupported(
    obedient: Workspace,
) -> None:
    for text in DISGUISED[::5]:
        assert_harmless(answer(obedient, text), obedient)


def said_in_first_person(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if re.match(r"(?:Tôi|Toi|Chúng tôi|Chung toi|Bạn|Ban) ", text)]


def test_voice_of_first_person_texts_is_foreign() -> None:
    texts = said_in_first_person(TEXTS)
    assert len(texts) >= 6
    assert [text for text in texts if not is_foreign_voice(text)] == []
