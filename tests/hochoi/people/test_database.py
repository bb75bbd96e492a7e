import stat
import threading
from pathlib import Path

import pytest

from hochoi.errors import SchemaTooNewError, StoreError, StoreUnwritableError
from hochoi.people.database import PeopleDatabase


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "people.sqlite3"


def count(people: PeopleDatabase) -> int:
    with people.reading() as db:
        return int(db.execute("SELECT count(*) FROM people_meta").fetchone()[0])


def put_and_fail(people: PeopleDatabase) -> None:
    with people.writing():
        put(people, "inner")
        raise KeyError


def put(people: PeopleDatabase, key: str) -> None:
    with people.writing() as db:
        db.execute("INSERT INTO people_meta VALUES (?, '')", (key,))


def test_people_database_is_made_anew_and_found_again(path: Path) -> None:
    with PeopleDatabase(path) as people:
        put(people, "a")
    with PeopleDatabase(path) as people:
        assert count(people) == 1


def test_people_database_is_readable_by_its_owner_only(path: Path) -> None:
    with PeopleDatabase(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_people_database_failed_transaction_leaves_nothing_of_what_joined_it(path: Path) -> None:
    with PeopleDatabase(path) as people:
        with pytest.raises(KeyError):
            put_and_fail(people)
        assert count(people) == 0


def test_people_database_many_threads_and_processes_lose_nothing(path: Path) -> None:
    with PeopleDatabase(path) as one, PeopleDatabase(path) as other:
        threads = [
            threading.Thread(target=put, args=(people, f"{number}{name}"))
            for number in range(5)
            for name, people in (("a", one), ("b", other))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert count(one) == 10


def test_people_database_of_a_newer_version_is_refused(path: Path) -> None:
    with PeopleDatabase(path) as people, people.writing() as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(SchemaTooNewError):
        PeopleDatabase(path)


def test_people_database_that_is_no_database_is_an_error_that_names_it(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is a text and no database" * 99)
    with pytest.raises(StoreError, match="people"):
        PeopleDatabase(path)


def test_people_database_refused_change_is_an_error(path: Path) -> None:
    with PeopleDatabase(path) as people:
        put(people, "a")
        with pytest.raises(StoreError):
            put(people, "a")


def test_people_database_where_no_file_can_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnwritableError):
        PeopleDatabase(tmp_path / "file" / "people.sqlite3")
