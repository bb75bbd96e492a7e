"""What every test can rely on: no network but loopback, no file outside a temporary folder.

Sockets are closed by pytest-socket and warnings are errors (both in pyproject.toml). Here the
home and data folders are redirected, so that no test can touch those of the person who runs it.
"""

import os
import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("HOCHOI_")]:
            patch.delenv(name)
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("HOCHOI_VAR", str(tmp_path_factory.mktemp("var")))
        yield


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Let threads interrupt each other thousands of times more often than they usually do."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)
