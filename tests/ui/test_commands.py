"""Each command of `hochoi` on two small reports: what it prints, returns and leaves behind."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hochoi.store import Store
from hochoi.types import Answer, Choice, Citation, Outcome, Report, Sentence, Source, Visit
from tests.ui.command_line import LONG_AN, Program
from ui.reading_commands import print_answer

REPORT_KEYS = ["report_id", "file_name", "title", "status", "version", "warnings", "visit"]


def ids(program: Program) -> dict[str, str]:
    """Return report id per file name."""
    rows = program("reports", "--json").json
    assert isinstance(rows, list)
    return {row["file_name"]: row["report_id"] for row in rows}


def revision(var: Path) -> int:
    with closing(Store(var / "library.sqlite3")) as store:
        return store.revision()


# -- ingest ------------------------------------------------------------------------------------


def test_ingest_folder_prints_a_line_per_file_and_a_sum(program: Program, reports: Path) -> None:
    ran = program("ingest", reports)
    assert (ran.code, ran.err) == (0, "")
    first, second, total = ran.out.splitlines()
    assert first.startswith("added           long-an.txt  ")
    assert first.endswith("  1 passages")
    assert second.startswith("added           son-la.txt  ")
    assert total == "2 files: 2 added, 0 already present, 0 refused"


def test_ingest_again_changes_nothing(filled: Program, reports: Path, var: Path) -> None:
    before = revision(var)
    ran = filled("ingest", reports, reports / "son-la.txt")
    assert ran.code == 0
    assert all(line.startswith("already present ") for line in ran.out.splitlines()[:3])
    assert ran.out.splitlines()[3] == "3 files: 0 added, 3 already present, 0 refused"
    assert revision(var) == before


def test_ingest_bad_files_are_refused_one_by_one_and_the_rest_goes_on(
    program: Program, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOCHOI_MAX_FILE_MB", "1")
    (reports / "a-empty.txt").write_bytes(b"")
    (reports / "b-binary.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    (reports / "c-large.txt").write_bytes(b"x" * (2**20 + 1))
    (reports / "d-old.txt").write_bytes("Đoàn công tác".encode("utf-16-le")[1:] + b"\xe1\xff")
    (reports / "m-pdf.txt").write_bytes(b"%PDF-1.7")
    missing = reports / "không-có.txt"
    ran = program("ingest", reports, missing)
    assert ran.code == 1
    assert ran.out.splitlines()[-1] == "8 files: 2 added, 0 already present, 6 refused"
    refused = [line for line in ran.err.splitlines() if line.startswith("refused")]
    assert [line.split()[1].rstrip(":") for line in refused] == [
        "a-empty.txt", "b-binary.txt", "c-large.txt", "d-old.txt", "m-pdf.txt", "không-có.txt",
    ]  # fmt: skip
    assert "không có chữ nào để đọc" in refused[0]
    assert "(không phải văn bản)" in refused[1]
    assert "vượt giới hạn 1 MB (1.0 MB)" in refused[2]
    assert "bị hỏng" in refused[4]
    assert f"“{missing}”" in refused[5]
    assert "Traceback" not in ran.err
    assert sorted(ids(program)) == ["long-an.txt", "son-la.txt"]


def test_ingest_json_is_one_object_per_file(program: Program, reports: Path) -> None:
    (reports / "a.txt").write_bytes(b"")
    ran = program("ingest", "--json", reports)
    assert ran.code == 1
    rows = ran.json_lines
    assert [list(row) for row in rows] == [
        [
            *("file_name", "status", "report_id", "passages", "error", "sentence"),
            *("reasons", "similar", "replaces", "warnings"),
        ]
    ] * 3
    assert [row["status"] for row in rows] == ["refused", "added", "added"]
    assert rows[0]["error"] == "a.txt: holds no text"
    assert rows[1]["error"] is rows[1]["sentence"] is None


def test_ingest_empty_folder_is_no_failure(program: Program, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert program("ingest", tmp_path / "empty").out == (
        "0 files: 0 added, 0 already present, 0 refused\n"
    )


# -- reports, remove, rebuild, check -----------------------------------------------------------


def test_reports_lists_in_order_of_publication(filled: Program) -> None:
    ran = filled("reports")
    lines = ran.out.splitlines()
    assert [line.split()[1] for line in lines[:2]] == ["long-an.txt", "son-la.txt"]
    assert lines[0].endswith("Long An đón đoàn tỉnh Cà Mau tìm hiểu một cửa")
    assert lines[2] == "2 reports"


def test_reports_of_a_new_data_directory_is_an_empty_list(program: Program) -> None:
    ran = program("reports", "--json")
    assert (ran.code, ran.json) == (0, [])


def test_remove_leaves_no_trace_and_is_found_no_more(filled: Program, var: Path) -> None:
    gone = ids(filled)["long-an.txt"]
    ran = filled("remove", gone)
    assert (ran.code, ran.out) == (0, f"removed {gone}  long-an.txt\n")
    assert list(ids(filled)) == ["son-la.txt"]
    with closing(sqlite3.connect(var / "library.sqlite3")) as db:
        for table in ("reports", "passages", "vectors", "commits", "originals"):
            assert db.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (1,), table
    hits = filled("search", "--json", "Cà Mau một cửa").json
    assert isinstance(hits, list)
    assert {hit["file_name"] for hit in hits} <= {"son-la.txt"}


def test_remove_unknown_report_changes_nothing(filled: Program, var: Path) -> None:
    before = revision(var)
    assert filled("remove", "0123456789abcdef").sentence == (
        "Không có báo cáo “0123456789abcdef” trong kho."
    )
    assert (revision(var), len(ids(filled))) == (before, 2)


def test_check_finds_nothing_wrong_with_a_fresh_library(filled: Program) -> None:
    ran = filled("check", "--json")
    assert (ran.code, ran.json) == (0, {"reports": 2, "passages": 2, "problems": []})
    assert filled("check").out == "2 reports, 2 passages, 0 problems\n"


def test_check_names_a_damaged_index_and_rebuild_repairs_it(filled: Program, var: Path) -> None:
    for path in (var / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(b"damaged")
    ran = filled("check")
    assert ran.code == 1
    assert ran.out.startswith("problem: the vector index needs a rebuild: ")
    assert filled("rebuild").out == "rebuilt the indexes of 2 passages from the record\n"
    assert filled("check").code == 0


def test_check_names_an_altered_original(filled: Program, var: Path) -> None:
    with closing(sqlite3.connect(var / "library.sqlite3")) as db, db:
        db.execute("UPDATE originals SET content = CAST('x' AS BLOB)")
    ran = filled("check", "--json")
    assert ran.code == 1
    assert isinstance(ran.json, dict)
    assert len(ran.json["problems"]) == 2
    assert "has other content than its name says" in ran.json["problems"][0]


# -- ask and search ----------------------------------------------------------------------------


def test_ask_answers_with_numbered_sources(filled: Program) -> None:
    ran = filled("ask", "Đoàn tỉnh Cà Mau đến Long An gồm bao nhiêu người?")
    assert ran.code == 0
    assert "14" in ran.out.splitlines()[0]
    assert ran.out.splitlines()[0].endswith("[1]")
    assert f"[1] {LONG_AN.splitlines()[0]} (long-an.txt, " in ran.out


def test_ask_back_prints_each_visit_with_the_question_that_asks_about_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    choices = (Choice("Cà Mau – Long An", "Ai dẫn đầu (Long An)?"), Choice("Huế", "Ở Huế?"))
    print_answer(Answer("Ai dẫn đầu?", Outcome.CLARIFY, notice="Chuyến nào?", choices=choices))
    assert capsys.readouterr().out.splitlines() == [
        "Chuyến nào?",
        "1. Cà Mau – Long An",
        "   → Ai dẫn đầu (Long An)?",
        "2. Huế",
        "   → Ở Huế?",
    ]


def test_answer_of_a_model_names_it_and_tells_first_what_was_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = Report("r", "r.txt", "Có 14 người.", "txt", "", Visit(title="Có 14 người."))
    sentence = Sentence("14 người.", (Citation(1, "r", 0, 12, report.text),))
    print_answer(
        Answer(
            "Mấy người?",
            Outcome.ANSWERED,
            (sentence,),
            (Source(1, report),),
            notice="Đã bỏ 1 câu.",
            generator="mau",
        )
    )
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["(Đã bỏ 1 câu.)", "14 người. [1]"]
    assert "mô hình ngôn ngữ “mau”" in lines[2]


def test_ask_without_an_answer_says_so_and_still_exits_0(filled: Program) -> None:
    ran = filled("ask", "Giá vàng hôm nay?")
    assert ran.code == 0
    assert "[1]" not in ran.out
    assert ran.out.strip()


def test_ask_empty_library_is_an_outcome_not_an_error(program: Program) -> None:
    ran = program("ask", "--json", "Đoàn nào đến Long An?")
    assert ran.code == 0
    assert isinstance(ran.json, dict)
    assert (ran.json["outcome"], ran.json["sentences"]) == ("abstained", [])


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize("question", ["", "  \u200b\n"])
def test_empty_question_is_refused(filled: Program, command: str, question: str) -> None:
    assert filled(command, question).sentence == "Hãy nhập câu hỏi rồi gửi."


@pytest.mark.parametrize("command", ["ask", "search"])
def test_question_of_10000_characters_is_refused_with_the_limit(
    filled: Program, command: str
) -> None:
    sentence = filled(command, "hỏi " * 2500).sentence
    assert "2.000 ký tự" in sentence


def test_question_limit_is_a_setting(filled: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCHOI_MAX_QUESTION_CHARS", "10000")
    assert filled("ask", ("Cà Mau " * 1400).strip()).code == 0


@pytest.mark.parametrize("command", ["ask", "search"])
def test_unknown_province_or_topic_is_named(filled: Program, command: str) -> None:
    """A misspelt filter looked as if the reports held no answer."""
    assert filled(command, "Ai?", "--province", "Tỉnh Mơ").sentence == (
        "Không có tỉnh, thành phố “Tỉnh Mơ” trong kho."
    )
    assert filled(command, "Ai?", "--topic", "mơ").sentence == "Không có chủ đề “mơ” trong kho."


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (["--province", "Cà Mau"], ["long-an.txt"]),
        (["--province", "Tây Ninh"], ["long-an.txt"]),
        (["--year", "2023"], ["son-la.txt"]),
        (["--year", "1999"], []),
        (["--province", "son la", "--year", "2024"], []),
    ],
)
def test_search_filters_narrow_to_what_fits(
    filled: Program, filters: list[str], names: list[str]
) -> None:
    hits = filled("search", "--json", "đoàn học tập", *filters).json
    assert isinstance(hits, list)
    assert [hit["file_name"] for hit in hits] == names


def test_search_k_bounds_the_list_and_ranks_from_1(filled: Program) -> None:
    hits = filled("search", "-k", "1", "--json", "đoàn tỉnh").json
    assert isinstance(hits, list)
    assert [hit["rank"] for hit in hits] == [1]
    lines = filled("search", "đoàn tỉnh Cà Mau").out.splitlines()
    assert lines[0].startswith("  1  ")
    assert lines[0].endswith(LONG_AN.splitlines()[0])


def write_rows(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_ask_file_answers_every_row_under_its_id(filled: Program, tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "q.jsonl",
        {"id": "a", "question": "Đoàn Cà Mau gồm bao nhiêu người?", "history": []},
        "",
        {"id": 2, "question": "Giá vàng\u2028hôm nay?", "history": None},
        {
            "id": "c",
            "question": "Còn trưởng đoàn?",
            "history": ["Đoàn Cà Mau gồm bao nhiêu người?"],
        },
    )
    ran = filled("ask", "--file", path, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert [row["id"] for row in ran.json_lines] == ["a", "2", "c"]
    assert ran.json_lines[0]["outcome"] == "answered"


def test_ask_file_goes_on_after_a_question_it_refuses(filled: Program, tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "q.jsonl",
        {"id": "a", "question": " "},
        {"id": "b", "question": "Đoàn Cà Mau gồm bao nhiêu người?"},
        '{"id": "c", "question": "\\ud800"}',
    )
    ran = filled("ask", "--file", path, "--json")
    assert ran.code == 1
    assert [row["id"] for row in ran.json_lines] == ["a", "b", "c"]
    assert ran.json_lines[0] == {
        "id": "a",
        "question": " ",
        "error": "question is empty (limit 2000 characters)",
    }
    assert ran.json_lines[1]["outcome"] == "answered"
    assert ran.err.startswith("a: Hãy nhập câu hỏi rồi gửi.")


def test_ask_file_with_bad_rows_names_all_of_them_and_answers_none(
    filled: Program, tmp_path: Path
) -> None:
    path = write_rows(
        tmp_path / "q.jsonl",
        {"id": "a", "question": "Ai?"},
        "{not json}",
        '["a"]',
        {"question": "Ai?"},
        {"id": "b"},
        {"id": "c", "question": 5},
        {"id": "d", "question": "Ai?", "history": "Đoàn nào?"},
        "[" * 100_000,
    )
    ran = filled("ask", "--file", path, "--json")
    assert f"“{path}” có 7 dòng sai" in ran.sentence
    for number in range(2, 9):
        assert f"line {number}: " in ran.err
    assert "line 1: " not in ran.err


def test_ask_file_missing_or_undecodable_is_refused(filled: Program, tmp_path: Path) -> None:
    assert str(tmp_path / "không có") in filled("ask", "--file", tmp_path / "không có").sentence
    (tmp_path / "q").write_bytes(b"\xff\xfe\x00")
    assert "có 1 dòng sai" in filled("ask", "--file", tmp_path / "q").sentence
