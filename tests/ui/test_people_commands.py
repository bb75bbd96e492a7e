"""`hochoi users` and `hochoi audit`, beside a server or before the first start."""

import io
import json
from pathlib import Path

import pytest

from hochoi.people.database import PeopleDatabase
from tests.ui.command_line import Program

PASSWORD = "cầu Long Biên 1902"


def names(program: Program) -> dict[str, list[str]]:
    return {a["name"]: a["roles"] for a in json.loads(program("users", "list", "--json").out)}


def test_users_add_prints_a_first_password_once_that_must_be_changed(program: Program) -> None:
    ran = program("users", "add", "an", "--role", "admin", "--role", "evaluator")
    assert ran.code == 0
    password = ran.out.rpartition(": ")[2].strip()
    assert len(password) == 19
    (account,) = json.loads(program("users", "list", "--json").out)
    assert (account["roles"], account["must_change"]) == (["admin", "evaluator"], True)
    assert password not in program("audit", "--json").out


def test_users_add_without_a_role_is_an_official(program: Program) -> None:
    program("users", "add", "an")
    assert names(program) == {"an": ["official"]}


def test_users_password_from_standard_input_is_never_printed(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    ran = program("users", "add", "an", "--password-stdin")
    assert (ran.code, PASSWORD in ran.out) == (0, False)
    monkeypatch.setattr("sys.stdin", io.StringIO("ngắn\n"))
    ran = program("users", "password", "an", "--password-stdin")
    assert ran.code == 1
    assert "Mật khẩu chưa dùng được: cần ít nhất 10 ký tự." in ran.err


def test_users_roles_and_states_change_as_asked(program: Program) -> None:
    program("users", "add", "chu", "--role", "admin")
    program("users", "add", "an")
    program("users", "role", "an", "evaluator", "official")
    assert names(program)["an"] == ["evaluator", "official"]
    program("users", "disable", "an")
    assert "disabled" in program("users", "list").out
    for action in ("enable", "unlock", "logout", "password"):
        assert program("users", action, "an").code == 0
    assert "disabled" not in program("users", "list").out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["disable", "chu"], "quản trị viên cuối cùng"),
        (["role", "chu", "official"], "quản trị viên cuối cùng"),
        (["add", "CHU"], "Đã có tài khoản tên “CHU”."),
        (["add", "hai chữ"], "Tên tài khoản “hai chữ” không dùng được"),
        (["disable", "nobody"], "Không có tài khoản “nobody” trong kho."),
    ],
)
def test_users_refused_in_one_sentence(
    program: Program, arguments: list[str], sentence: str
) -> None:
    program("users", "add", "chu", "--role", "admin")
    before = program("users", "list").out
    ran = program("users", *arguments)
    assert ran.code == 1
    assert sentence in ran.err
    assert program("users", "list").out == before


@pytest.mark.parametrize(
    "arguments",
    [["users"], ["users", "add"], ["users", "add", "an", "--role", "king"], ["users", "role", "an"],
     ["audit", "--since", "yesterday"]],
)  # fmt: skip
def test_users_typed_wrong_is_usage(program: Program, arguments: list[str]) -> None:
    assert program(*arguments).code == 2


def test_users_take_the_data_directory_behind_the_action(program: Program, tmp_path: Path) -> None:
    assert program("users", "add", "an", "--var", tmp_path / "other").code == 0
    assert names(program) == {}


def test_audit_prints_one_line_per_event_and_narrows(program: Program) -> None:
    program("users", "add", "an", "--role", "admin")
    program("users", "unlock", "an")
    lines = program("audit").out.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2"]
    assert "account.add" in lines[0]
    assert "command line (" in lines[0]
    (event,) = map(
        json.loads, program("audit", "--json", "--action", "account.un").out.splitlines()
    )
    assert (event["action"], event["object"], event["result"]) == ("account.unlock", "an", "done")


def test_audit_tampered_with_says_where_and_fails(program: Program, var: Path) -> None:
    program("users", "add", "an")
    with PeopleDatabase(var / "people.sqlite3") as people, people.writing() as db:
        db.execute("UPDATE audit SET who = 'ai khác'")
    ran = program("audit")
    assert ran.code == 1
    assert "event 1 is not as it was written" in ran.err


def test_check_verifies_the_log(filled: Program, var: Path) -> None:
    filled("users", "add", "an")
    assert filled("check").code == 0
    with PeopleDatabase(var / "people.sqlite3") as people, people.writing() as db:
        db.execute("DELETE FROM audit")
    ran = filled("check")
    assert ran.code == 1
    assert "problem: audit log: events after 0 are missing" in ran.out
