"""An engine for one test, or one that the tests of a file share: each looks at its own project."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end2end.engine_process import EngineProcess


@pytest.fixture
def engine(empty_store: Path, tmp_path: Path) -> Iterator[EngineProcess]:
    """The real engine, for one test."""
    shutil.copy(empty_store, tmp_path)
    yield from _quiet(EngineProcess(tmp_path))


@pytest.fixture(scope="module")
def shared_engine(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    """The real engine on an empty store and a free port."""
    folder = tmp_path_factory.mktemp("engine")
    shutil.copy(empty_store, folder)
    yield from _quiet(EngineProcess(folder))


def _quiet(process: EngineProcess) -> Iterator[EngineProcess]:
    yield process
    assert process.stop() == 0
    assert process.errors == ""
