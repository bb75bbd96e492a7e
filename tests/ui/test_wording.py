import inspect
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hochoi import errors
from hochoi.errors import HocHoiError, NotFoundError, QuestionError, UnsupportedFormatError
from ui import wording
from ui.wording import LABELS_BY_PAGE, Language, error_sentence, label, labels, language_of
from ui.wording.errors import ERROR_SENTENCES, FORMATS

UI = Path(wording.__file__).parents[1]
EXAMPLES: dict[str, object] = {
    "key": "port", "value": "70000", "expected": "a whole number from 0 to 65535",
    "reason": "empty", "limit": 2000, "what": "report", "name": "ab12",
    "file_name": "báo cáo.docx", "message": "cannot be read", "detected": "PDF",
    "actual": "71,3 MB", "path": "/kho", "owner": "pid 12", "found": 9, "supported": 3,
    "wait_s": 61, "part": "pages", "tool": "tesseract", "seconds": 30, "megabytes": 640,
    "host": "127.0.0.1", "port": 7860, "model": "mô-hình", "field": "date", "report_id": "ab12",
    "other_id": "cd34", "rows": ["dòng 3: thiếu id"],
}  # fmt: skip


def error_classes() -> Iterator[type[HocHoiError]]:
    for _, kind in inspect.getmembers(errors, inspect.isclass):
        if issubclass(kind, HocHoiError):
            yield kind


def example(kind: type[HocHoiError]) -> HocHoiError:
    if kind.__init__ is Exception.__init__:
        return kind("something")
    names = list(inspect.signature(kind.__init__).parameters)[1:]
    given = {name: EXAMPLES[name] for name in names if name in EXAMPLES}
    return kind(**(given | {"actual": 20000} if "part" in given else given))


@pytest.mark.parametrize("kind", list(error_classes()), ids=lambda kind: kind.__name__)
def test_error_sentence_every_class_is_one_vietnamese_sentence(kind: type[HocHoiError]) -> None:
    sentence = error_sentence(example(kind))
    assert re.search("[ăâđêôơưạảấầậắặếệốộớợứựọịụ]", sentence)
    assert "{" not in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("kind", list(error_classes()), ids=lambda kind: kind.__name__)
def test_error_sentence_every_class_has_its_own_words(kind: type[HocHoiError]) -> None:
    assert kind in ERROR_SENTENCES


def test_error_sentence_empty_question_asks_for_one() -> None:
    assert error_sentence(QuestionError("empty", 2000)) == "Hãy nhập câu hỏi rồi gửi."


def test_error_sentence_long_question_names_the_limit() -> None:
    sentence = error_sentence(QuestionError("2001 characters long", 2000))
    assert sentence == "Câu hỏi dài quá 2.000 ký tự. Hãy rút gọn rồi gửi lại."


@pytest.mark.parametrize("kind", ["program", "ZIP archive", "binary data", "database"])
def test_error_sentence_of_a_format_says_in_vietnamese_what_the_file_is(kind: str) -> None:
    sentence = error_sentence(UnsupportedFormatError("a", kind))
    assert kind not in sentence
    assert FORMATS[kind] in sentence


def test_error_sentence_braces_in_a_name_stay_text() -> None:
    sentence = error_sentence(NotFoundError("report", "{e.args}"))
    assert sentence == "Không có báo cáo “{e.args}” trong kho."


@pytest.mark.parametrize("key", sorted(labels(Language.VI)))
def test_label_both_languages_are_filled_and_take_the_same_values(key: str) -> None:
    places = [
        sorted(name for _, name, _, _ in string.Formatter().parse(table[key]) if name)
        for table in (labels(Language.VI), labels(Language.EN))
    ]
    # A time is said in the question's words in Vietnamese, in figures in English.
    assert places[0] == places[1] or key == "chip_date"
    assert all(labels(language)[key].strip() for language in Language)


def test_label_unknown_key_raises_key_error() -> None:
    with pytest.raises(KeyError):
        label("no such label", Language.VI)


def test_labels_every_key_belongs_to_one_page() -> None:
    keys = [key for page in LABELS_BY_PAGE.values() for key in page]
    assert len(keys) == len(set(keys))


def test_labels_every_one_is_used_somewhere() -> None:
    files = [*UI.rglob("*.py"), *(UI / "static").glob("*.js")]
    sources = [path for path in files if path.parent.name != "wording"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    made = {key for key in labels(Language.VI) if f'f"{key.partition("_")[0]}_{{' in text}
    unused = [k for k in labels(Language.VI) if f'"{k}"' not in text and k not in made]
    assert unused == []


@pytest.mark.parametrize("code", [None, "", "vi", "fr", "EN", "<script>"])
def test_language_of_anything_but_en_is_vietnamese(code: str | None) -> None:
    assert language_of(code) is Language.VI


def test_language_of_en_is_english() -> None:
    assert language_of("en") is Language.EN


@pytest.mark.parametrize("module", ["ui.wording", "ui.ask.exchange", "ui.reader_page", "ui.server"])
def test_pages_modules_import_without_the_heavy_libraries(module: str) -> None:
    heavy = {"gradio", "fastapi", "uvicorn", "chromadb", "torch", "langchain"}
    program = f"import sys, {module}; print(sorted(set(sys.modules) & {heavy!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
