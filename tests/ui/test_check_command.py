"""`hochoi check`, `backup` and `restore` as an administrator runs them."""

import json
import shutil
from contextlib import closing
from pathlib import Path

from hochoi.locks import ProcessLock
from hochoi.store import Store
from tests.ui.command_line import Program


def change(var: Path, sql: str) -> None:
    with closing(Store(var / "library.sqlite3")) as store:
        store.database.rows("PRAGMA foreign_keys = OFF")
        store.database.rows(sql)


def passages(var: Path) -> list[str]:
    with closing(Store(var / "library.sqlite3")) as store:
        return [r[0] for r in store.database.rows("SELECT passage_id FROM vectors ORDER BY 1")]


def test_check_names_each_orphan_and_repairs_what_is_derived(filled: Program, var: Path) -> None:
    first, second = passages(var)
    change(var, f"DELETE FROM vectors WHERE passage_id = '{first}'")
    change(var, f"UPDATE vectors SET vector = zeroblob(1024) WHERE passage_id = '{second}'")
    change(var, "DELETE FROM signatures")
    change(var, "INSERT INTO vectors VALUES ('none:0-1', zeroblob(1024))")
    ran = filled("check", "--json")
    assert ran.code == 1
    found = json.dumps(ran.json)
    for words in (first.partition(":")[0], second.partition(":")[0], "none:0-1", "signature"):
        assert words in found
    repaired = filled("check", "--repair")
    assert repaired.err == ""
    assert (repaired.code, repaired.out.splitlines()[-1]) == (
        0,
        "2 reports, 2 passages, 0 problems",
    )
    assert "repaired: vector of passage none:0-1" in repaired.out
    assert filled("check").code == 0


def test_check_compares_the_stored_keyword_index_both_ways(
    filled: Program, var: Path, tmp_path: Path
) -> None:
    shutil.copytree(var / "lexical", tmp_path / "kept")
    filled("remove", passages(var)[0].partition(":")[0])
    assert filled("check").code == 0
    shutil.rmtree(var / "lexical")
    shutil.copytree(tmp_path / "kept", var / "lexical")
    ran = filled("check")
    assert ran.code == 1
    assert "in the keyword index is not published" in ran.out
    shutil.rmtree(var / "lexical")
    (var / "lexical").mkdir()
    assert "is missing from the keyword index" in filled("check").out
    assert filled("check", "--repair").code == 0


def test_check_names_what_it_cannot_repair(filled: Program, var: Path) -> None:
    change(var, "INSERT INTO originals VALUES ('abc', x'00', 'today')")
    change(var, "UPDATE reports SET status = 'draft'")
    ran = filled("check", "--repair")
    assert ran.code == 1
    assert "original abc belongs to no report" in ran.out
    assert "original abc has other content" in ran.out


def test_check_leaves_repairing_to_the_server_that_runs(filled: Program, var: Path) -> None:
    with ProcessLock(var / "index.lock", "serving"):
        ran = filled("check", "--repair")
    assert "đang được dùng bởi tiến trình khác" in ran.sentence


def test_backup_and_restore_by_command(filled: Program, var: Path, tmp_path: Path) -> None:
    target = tmp_path / "sao-luu.zip"
    ran = filled("backup", target, "--json")
    assert ran.code == 0
    assert isinstance(ran.json, dict)
    assert ran.json["reports"] == 2
    assert "exists already" in filled("backup", target).err
    gone = passages(var)[0].partition(":")[0]
    filled("remove", gone)
    assert (
        "đã có" in filled("restore", target).sentence or "already" in filled("restore", target).err
    )
    with ProcessLock(var / "index.lock", "serving"):
        assert filled("restore", "--replace", target).code == 1
    assert filled("restore", "--replace", target).code == 0
    assert len(passages(var)) == 2
    assert filled("check").code == 0
