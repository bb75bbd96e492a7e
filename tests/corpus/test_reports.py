"""Every shipped report is what corpus/README.md promises."""

import hashlib
import json
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from hochoi.types import Extraction, SourceFile
from ingest.markup import read_html
from ingest.readers import read

CORPUS = Path(__file__).parents[2] / "corpus"
SEED = "000_69676b97deb71c3b.txt"
SEED_SHA256 = "6b28a1e7c9244340c7ff7b96dee119cfff764c342f0e3cc9db95456d679d80a6"
REPORTS = sorted((CORPUS / "reports").iterdir())
COMPILED = [path for path in REPORTS if path.name != SEED]
IDS = [path.name.split("-")[0] for path in COMPILED]
KEYS = {"source_url", "published", "compiled_from"}


def extraction(path: Path) -> Extraction:
    return read(SourceFile(path.name, path.read_bytes()), 50 * 2**20)


def given_keys(path: Path) -> set[str]:
    """Return the keys of the front matter, or the meta names of a page but its portal's."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return set(read_html(text).meta) - {"generator", "og:type", "robots", "viewport"}
    block = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    return {line.split(":")[0] for line in block[1].splitlines()} if block else set()


def test_seed_is_the_users_report_byte_for_byte() -> None:
    content = (CORPUS / "reports" / SEED).read_bytes()
    assert hashlib.sha256(content).hexdigest() == SEED_SHA256


def test_corpus_holds_the_seed_and_65_compiled_reports_of_three_kinds() -> None:
    assert len(COMPILED) == 65
    assert len(set(IDS)) == 65
    kinds = [path.suffix for path in COMPILED]
    assert (kinds.count(".md"), kinds.count(".html"), kinds.count(".txt")) == (34, 22, 9)


@pytest.mark.parametrize("path", COMPILED, ids=IDS)
def test_report_front_matter_holds_the_three_keys_only(path: Path) -> None:
    keys = given_keys(path)
    assert "compiled_from" in keys
    assert keys <= KEYS
    found = extraction(path)
    assert found.compiled_from == "public facts"
    assert (found.source_url is not None) == ("source_url" in keys)
    if found.source_url is not None:
        assert re.fullmatch(r"https?://[^\s\"<>]+", found.source_url)
    if found.published is not None:
        assert date.fromisoformat(found.published + "-01" * (len(found.published) == 7))


@pytest.mark.parametrize("path", COMPILED, ids=IDS)
def test_report_has_120_to_350_words(path: Path) -> None:
    words = extraction(path).text.split("\n", 2)[2].split()
    assert 120 <= len(words) <= 350


@pytest.mark.parametrize("path", REPORTS, ids=["seed", *IDS])
def test_report_is_nfc_utf8_and_read_as_its_kind(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    found = extraction(path)
    assert found.format == path.suffix[1:]
    assert 20 <= len(found.title) <= 200
    assert found.text.startswith(found.title + "\n\n")


def test_reports_read_as_different_texts_with_different_titles() -> None:
    found = [extraction(path) for path in REPORTS]
    assert len({f.text for f in found}) == len({f.title for f in found}) == 66


def test_visit_field_labels_are_one_line_a_report_sorted() -> None:
    lines = (CORPUS / "testsets" / "visit_fields.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["file_name"] for line in lines] == [path.name for path in REPORTS]


def test_visit_field_labels_stand_in_their_report() -> None:
    lines = (CORPUS / "testsets" / "visit_fields.jsonl").read_text(encoding="utf-8").splitlines()
    absent = []
    for row in map(json.loads, lines):
        text, visit = extraction(CORPUS / "reports" / row["file_name"]).text, row["visit"]
        people = [visit["head_of_delegation"], *visit["host_leads"]]
        words = [
            visit["title"],
            visit["date_text"],
            *(party["text"] for party in visit["host"] + visit["visitors"]),
            *(value for person in people if person for value in person.values()),
            *visit["places"],
            *visit["document_numbers"],
        ]
        absent += [(row["file_name"], w) for w in words if w is not None and w not in text]
    assert absent == []


def test_readme_names_every_folder_and_file() -> None:
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    for path in (*CORPUS.iterdir(), *(CORPUS / "testsets").iterdir()):
        assert path.name in readme or path.name == "parts", path
    for path in REPORTS:
        assert f"`{path.name}`" in readme, path.name
