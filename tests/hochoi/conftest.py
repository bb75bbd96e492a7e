"""The library of three visits, with a model behind it for one test at a time."""

from collections.abc import Iterator

import pytest

from hochoi.workspace import Workspace
from tests.answering_library import open_library


@pytest.fixture(scope="module")
def answering_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The library, open for a module; answers from it are extractive."""
    with open_library(tmp_path_factory.mktemp("answering")) as opened:
        yield opened


@pytest.fixture
def ws(answering_library: Workspace) -> Iterator[Workspace]:
    """The library for one test, which may give it a model."""
    yield answering_library
    answering_library.generator = None
