"""The house rules that a reader relies on: one-way imports, library homes, short files.

A module that is missing from `ROWS` fails by its name: a new module states its row.
"""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("hochoi", "ingest", "evaluation", "ui", "training", "benchmarks")
MAX_LINES = 400

# hochoi from the ground up; a module imports only from rows above its own.
ROWS: tuple[str, ...] = (
    "understood errors dates.spans verification.citation_markers chat_model.breaker record.states",
    "types",
    "people.person people.tables",
    # laws of text, settings, stored forms
    "text spreadsheet settings locks schema index_state exact_index index_text visit_codec"
    " dates.phrases"
    " language.sentences language.official_frame drafting.phrases verification.offers"
    " chat_model.transport ranking.trees",
    "report_rows sqlite_file dates.words dates.patterns chat_model.prompting chat_model.client"
    " verification.draft_sentences verification.draft_form verification.quotes",
    "language.tokens language.keyboard language.topics language.document_numbers"
    " language.province_context",
    "lexical_segment likeness record.database ranking.sentence_tokens ranking.translation weighing",
    "lexical_scores record.writing ranking.sentence_features",
    "ranking.sentence_judge record.checking record.refusals record.corrections record.shelf"
    " record.backup people.database people.saved_answer",
    "people.passwords people.audit record.receipts people.lockout people.sessions people.opinions",
    "people.accounts people.conversations people.forgetting",
    "people.login",
    # the record, the indexes, the language model, what is named in a text
    "store index lexical generator provinces language.abbreviations language.spelling"
    " static_tokens dates.days dates.periods dates.relative",
    "dates.finding static_encoder understanding.initials understanding.places"
    " understanding.topic_names understanding.roles",
    "model_folder judges",
    "encoder question language.numbers reading browsing",
    "cross_encoder asked_thing",
    # what a question means
    "understanding.wanted understanding.conditions understanding.over_visits understanding.turns",
    "understanding.kinds",
    "understanding.standing",
    "understanding.exchanging",
    "understanding.follow_up",
    "understanding.reader",
    "understanding.description",
    # how sentences are weighed, facts compared and hits ordered
    "drafting.asked_field",
    "drafting.fact_signs drafting.asked_parts drafting.substance drafting.value_scope"
    " drafting.overview_words drafting.stated_facts drafting.visit_labels ranking.tokens",
    "drafting.named_spans drafting.selection drafting.overview ranking.visit_roles"
    " ranking.features",
    "drafting.exact_spans",
    "drafting.visit_facts ranking.party_roles drafting.overview_matching drafting.overview_table",
    "drafting.leads drafting.overview_groups ranking.reranking verification.stated"
    " verification.places verification.units",
    "verification.modifiers verification.exchanged_words",
    "verification.support",
    "drafting.extractive drafting.overview_answer",
    # the open library
    "mirror",
    "workspace",
    "retrieval",
    "evidence_signals",
    "evidence",
    "explaining langchain_retriever",
    "citations verification.answer_check",
    "drafting.writing overviews listed",
    "no_such_visit several_visits",
    "responding",
    "answering",
    "tries",
    "starters followups",
)
RANK = {name: rank for rank, row in enumerate(ROWS) for name in row.split()}

MAY_IMPORT = {
    "hochoi": {"hochoi"},
    "ingest": {"hochoi", "ingest"},
    "evaluation": {"hochoi", "evaluation", "ingest"},
    "ui": {"hochoi", "ingest", "evaluation", "ui"},
    "training": {"hochoi", "ingest", "evaluation", "training"},
    "benchmarks": {"hochoi", "ingest", "evaluation", "ui", "benchmarks"},
}

# Where a library lives: files or packages outside of which nobody imports it.
HOMES = {
    "chromadb": {"hochoi/index.py"},
    "sentence_transformers": {
        "hochoi/encoder.py",
        "hochoi/cross_encoder.py",
        "training",
        "benchmarks/ingesting.py",  # the pipeline it is compared with
    },
    "torch": {"hochoi/encoder.py", "hochoi/cross_encoder.py", "training"},
    "huggingface_hub": {"hochoi/encoder.py"},
    "safetensors": {"hochoi/static_encoder.py", "hochoi/ranking/translation.py", "training"},
    "tokenizers": {"hochoi/static_encoder.py", "training"},
    "sqlite3": {
        "hochoi/schema.py",
        "hochoi/sqlite_file.py",
        "hochoi/record/writing.py",
        "hochoi/record/backup.py",
    },
    "argon2": {"hochoi/people/passwords.py"},
    "langchain": {"hochoi/generator.py", "hochoi/chat_model/client.py"},
    "langchain_core": {
        "hochoi/generator.py",
        "hochoi/chat_model/client.py",
        "hochoi/langchain_retriever.py",
        "benchmarks/ingesting.py",
    },
    "openai": {"hochoi/chat_model/client.py"},
    "httpx2": {
        "hochoi/chat_model/client.py",
        "hochoi/chat_model/transport.py",
        "ui/door/sign_on.py",
    },
    "gradio": {"ui"},
    "fastapi": {"ui"},
    "starlette": {"ui"},
    "uvicorn": {"ui"},
    "authlib": {"ui/door/sign_on.py"},
    "joserfc": {"ui/door/sign_on.py"},
    "httpx": {"benchmarks/ask_client.py", "benchmarks/load.py"},
    "tqdm": {"ui"},
    "docx": {"ui/conversations/word_file.py", "ingest", "benchmarks/ingesting.py"},
    "resiliparse": {"ingest"},
    "pypdfium2": {"ingest/readers"},
    "pypdf": {"ingest/readers"},
    "openpyxl": {"ingest/readers"},
    "striprtf": {"ingest/readers"},
    "PIL": {"ingest/readers"},
    "markdown_it": {"ingest"},
    "yaml": {"ingest"},
    "ir_measures": {"evaluation"},
    "underthesea": {"training"},
    "pysbd": {"training"},
    "hochoi.settings": {
        "hochoi/workspace.py",
        "hochoi/encoder.py",
        "hochoi/ranking/reranking.py",
        "evaluation",
        "ui",
        "benchmarks",
        "training",
    },
}
READS_ENVIRONMENT = {
    "app.py",
    "ui/cli.py",
    "hochoi/settings.py",
    "ingest/sandbox.py",  # empties it, but for a few names
}
# These may turn any error into a sentence: the loop over files, whose readers hand theirs over
# from another process, and the outermost shells.
CATCHES_EVERYTHING = {
    "ingest/pipeline.py",
    "ingest/batch.py",
    "ingest/workers.py",
    "ingest/jobs.py",
    "ui/cli.py",
    "ui/ask/exchange.py",
}


def product_files() -> list[Path]:
    inner = [p for package in PACKAGES for p in (ROOT / package).rglob("*.py")]
    return sorted([ROOT / "app.py", *inner])


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


EVERY_FILE = pytest.mark.parametrize("path", product_files(), ids=name_of)


@lru_cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Return every dotted module name that a file imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: relative imports hide the direction"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def own_modules(path: Path) -> set[str]:
    """Return the modules of this house that a file imports, as `package.module`."""
    own = (name for name in imported(path) if name.split(".")[0] in (*PACKAGES, "app", "tests"))
    return {module_of(name) for name in own}


def module_of(name: str) -> str:
    """Return the module that an imported name lives in: the longest part that is a file."""
    if not (ROOT / name.replace(".", "/")).with_suffix(".py").exists() and "." in name:
        return module_of(name.rpartition(".")[0])
    return name


def module_name(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")


def modules_of(package: str) -> list[Path]:
    return sorted(p for p in (ROOT / package).rglob("*.py") if p.name != "__init__.py")


@EVERY_FILE
def test_package_imports_only_packages_below(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    allowed = MAY_IMPORT.get(package, {"ui"})  # app.py
    assert {name.split(".")[0] for name in own_modules(path)} <= allowed


@pytest.mark.parametrize("path", modules_of("hochoi"), ids=name_of)
def test_hochoi_imports_only_downwards(path: Path) -> None:
    here = module_name(path).removeprefix("hochoi.")
    for name in own_modules(path):
        below = name.removeprefix("hochoi.")
        assert RANK[below] < RANK[here], f"{here} must not import {below}"


def test_rows_name_each_module_once_and_no_other() -> None:
    listed = [name for row in ROWS for name in row.split()]
    there = [module_name(p).removeprefix("hochoi.") for p in modules_of("hochoi")]
    assert sorted(listed) == sorted(there)


@pytest.mark.parametrize("package", PACKAGES)
def test_package_has_no_import_cycle(package: str) -> None:
    imports = {module_name(path): own_modules(path) for path in modules_of(package)}
    while leaves := [m for m, below in imports.items() if not below & imports.keys() - {m}]:
        for module in leaves:
            del imports[module]
    assert imports == {}


@EVERY_FILE
def test_library_is_imported_at_its_home_only(path: Path) -> None:
    here = name_of(path)
    for name in imported(path):
        for library, homes in HOMES.items():
            if name == library or name.startswith(f"{library}."):
                assert homes & {here, *map(str, Path(here).parents)}, f"{library} in {here}"


def touches_environment(node: ast.AST) -> bool:
    """Whether a node reads the process environment; setting a variable does not count."""
    if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv"):
        return isinstance(node.value, ast.Name) and node.value.id == "os"
    return False


@EVERY_FILE
def test_environment_is_read_in_few_places(path: Path) -> None:
    written = {
        id(target.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Subscript)
    }
    reads = [n for n in ast.walk(tree(path)) if touches_environment(n) and id(n) not in written]
    names = imported(path) & {"os.environ", "os.getenv"}
    assert name_of(path) in READS_ENVIRONMENT or not (reads or names)


@EVERY_FILE
def test_nothing_is_printed(path: Path) -> None:
    if path.parent.name in ("training", "benchmarks"):  # scripts report on standard output
        return
    calls = [n.func for n in ast.walk(tree(path)) if isinstance(n, ast.Call)]
    assert "print" not in {f.id for f in calls if isinstance(f, ast.Name)}


def broad_handlers(path: Path) -> Iterator[ast.ExceptHandler]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {k.id for k in kinds if isinstance(k, ast.Name)}
            if node.type is None or names & {"Exception", "BaseException"}:
                yield node


@EVERY_FILE
def test_error_of_any_kind_is_raised_again_or_met_in_a_shell(path: Path) -> None:
    for handler in broad_handlers(path):
        assert not all(isinstance(step, ast.Pass) for step in handler.body)
        if name_of(path) not in CATCHES_EVERYTHING:
            assert any(isinstance(step, ast.Raise) for step in handler.body), handler.lineno


@pytest.mark.parametrize(
    "path", [*product_files(), *sorted((ROOT / "tests").rglob("*.py"))], ids=name_of
)
def test_file_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@EVERY_FILE
def test_file_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path)), f"{name_of(path)} has no docstring"
