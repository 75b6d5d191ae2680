"""A running engine: for each test that asks for one, or for all of a file that look at their own project."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end2end.engine_process import EngineProcess


@pytest.fixture
def engine(empty_store: Path, tmp_path: Path) -> Iterator[EngineProcess]:
    """The real engine on an empty store and a free port; stopped cleanly, and it must have been quiet."""
    shutil.copy(empty_store, tmp_path)
    yield from _quiet(EngineProcess(tmp_path))


@pytest.fixture(scope="module")
def shared_engine(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    """The same for the tests of a file that do not mind what the others have sent."""
    folder = tmp_path_factory.mktemp("engine")
    shutil.copy(empty_store, folder)
    yield from _quiet(EngineProcess(folder))


def _quiet(process: EngineProcess) -> Iterator[EngineProcess]:
    yield process
    assert process.stop() == 0
    assert process.errors == ""
