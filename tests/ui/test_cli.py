"""The command line itself: usage, settings, refusals in one sentence, and what it does not load."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hochoi.locks import ProcessLock
from tests.ui.command_line import Program, Ran

ROOT = Path(__file__).parents[2]
COMMANDS = ("serve", "ingest", "ask", "search", "reports", "remove", "rebuild", "check", "evaluate",
            "users", "audit")  # fmt: skip
HEAVY = ("numpy", "torch", "gradio", "chromadb", "sentence_transformers", "fastapi", "resiliparse",
         "tqdm", "yaml", "markdown_it", "ir_measures")  # fmt: skip


def python(program: str, *arguments: str, **environ: str) -> Ran:
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environ},
        timeout=60,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


# -- usage -------------------------------------------------------------------------------------


def test_help_loads_no_heavy_library_and_names_every_command() -> None:
    program = f"""
import sys
from ui.cli import main
try:
    main(["--help"])
except SystemExit as exc:
    print(exc.code, [name for name in {HEAVY} if name in sys.modules])
"""
    ran = python(program)
    assert ran.out.splitlines()[-1] == "0 []"
    for command in COMMANDS:
        assert f"\n    {command}" in ran.out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_says_what_it_does(program: Program, command: str) -> None:
    ran = program(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: hochoi {command}")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["ingest"],
        ["search"],
        ["search", "-k", "0", "a"],
        ["search", "-k", "ba", "a"],
        ["remove"],
        ["ask"],
        ["ask", "a", "--file", "b"],
        ["ask", "a", "--year", "năm nay"],
        ["evaluate"],
        ["reports", "--fast"],
        ["serve", "--port", "x"],
    ],
)
def test_wrong_usage_exits_2_and_creates_nothing(
    program: Program, var: Path, arguments: list[str]
) -> None:
    ran = program(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "error: " in ran.err
    assert not var.exists()


# -- settings ----------------------------------------------------------------------------------


def test_unknown_setting_is_named_with_the_known_ones(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOCHOI_COLOUR", "red")
    ran = program("reports")
    assert "“colour”" in ran.sentence
    for known in ("embedding_model", "host", "max_file_mb", "max_question_chars", "port"):
        assert known in ran.err


def test_setting_out_of_range_is_refused(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCHOI_MAX_FILE_MB", "0")
    assert "“max_file_mb” có giá trị “0”" in program("reports").sentence


def test_unreadable_settings_file_is_refused(program: Program, var: Path) -> None:
    var.mkdir()
    (var / "settings.toml").write_text("port = = 1")
    assert str(var / "settings.toml") in program("reports").sentence


def test_var_option_wins_over_the_environment(program: Program, tmp_path: Path, var: Path) -> None:
    assert program("--var", tmp_path / "other", "reports").code == 0
    assert program("reports", "--var", tmp_path / "third").code == 0
    assert sorted(p.name for p in tmp_path.iterdir() if p != var) == ["other", "third"]


def test_unknown_log_level_is_ignored(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """LOG_LEVEL=loud ended every command with a stack trace."""
    monkeypatch.setenv("LOG_LEVEL", "loud")
    assert program("reports").code == 0


# -- refusals: one sentence, exit code 1, nothing lost -----------------------------------------


def test_missing_model_is_named(filled: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCHOI_EMBEDDING_MODEL", "không-có")
    assert filled("ask", "Ai?").sentence == "Không tìm thấy mô hình “không-có”."
    assert filled("search", "Ai?").sentence == "Không tìm thấy mô hình “không-có”."
    assert filled("reports", "--json").code == 0


@pytest.mark.parametrize("arguments", [["reports"], ["ask", "Ai?"], ["check"], ["rebuild"]])
def test_data_directory_that_is_a_file_is_refused(
    program: Program, var: Path, arguments: list[str]
) -> None:
    var.write_text("mine")
    assert program(*arguments).sentence.startswith(f"Không tạo hoặc ghi được vào “{var}")
    assert var.read_text() == "mine"


def test_ingest_into_an_unwritable_data_directory_is_refused(
    program: Program, var: Path, reports: Path
) -> None:
    var.write_text("mine")
    assert program("ingest", reports).sentence.startswith("Không tạo hoặc ghi được vào")


@pytest.mark.parametrize("arguments", [["reports"], ["ask", "Ai?"], ["search", "Ai?"], ["check"]])
def test_garbage_database_is_refused_and_left_as_it_is(
    program: Program, var: Path, arguments: list[str]
) -> None:
    var.mkdir()
    record = var / "library.sqlite3"
    record.write_bytes(b"garbage " * 1000)
    assert program(*arguments).sentence.startswith(f"Kho dữ liệu “{record}” không dùng được")
    assert record.read_bytes() == b"garbage " * 1000


@pytest.mark.parametrize("command", ["ingest", "remove", "rebuild"])
def test_second_writer_is_told_who_writes(
    filled: Program, var: Path, reports: Path, command: str
) -> None:
    arguments = {"ingest": [str(reports)], "remove": ["x"], "rebuild": []}[command]
    with ProcessLock(var / "writer.lock", "writing"):
        ran = filled(command, *arguments)
        assert f"writing, pid {os.getpid()}" in ran.sentence
        assert filled("reports", "--json").code == 0
        assert filled("ask", "Đoàn Cà Mau gồm bao nhiêu người?").code == 0
    assert filled("rebuild").code == 0


def test_owner_left_in_the_lock_file_by_a_dead_process_does_not_hold(
    filled: Program, var: Path
) -> None:
    with (var / "writer.lock").open("w") as file:
        file.write("writing, pid 999999")
    assert filled("rebuild").code == 0


def test_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    program = """
import sys
from ui.cli import main
sys.stdout.close = lambda: None
sys.exit(main(["reports"]))
"""
    command = f"{sys.executable} -c '{program}' | true; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOCHOI_VAR": str(tmp_path / "var")},
        timeout=60,
    )
    assert ran.stdout.strip() in {"0", "1"}
    assert "Traceback" not in ran.stderr


def test_unforeseen_failure_is_one_sentence_with_a_reference(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by design")

    monkeypatch.setattr("ui.admin_commands.reports", fail)
    ran = program("reports")
    assert ran.sentence.startswith("Lỗi ngoài dự kiến (mã ")
    assert "ZeroDivisionError: by design" in ran.err


def test_interrupt_exits_130(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.admin_commands.reports", interrupt)
    assert program("reports").code == 130
