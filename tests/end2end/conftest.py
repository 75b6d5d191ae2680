"""Fixtures: a running engine for one test, or one that the tests of a file share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end2end.engine_process import EngineProcess


@pytest.fixture
def engine(empty_store: Path, tmp_path: Path) -> Iterator[EngineProcess]:
    """The real engine on an empty store and a free port; it must stop cleanly and silently."""
    shutil.copy(empty_store, tmp_path)
    yield from _quiet(EngineProcess(tmp_path))


@pytest.fixture(scope="module")
def shared_engine(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    """The same, shared by the tests of a file that look only at their own project."""
    folder = tmp_path_factory.mktemp("engine")
    shutil.copy(empty_store, folder)
    yield from _quiet(EngineProcess(folder))


def _quiet(process: EngineProcess) -> Iterator[EngineProcess]:
    yield process
    assert process.stop() == 0
    assert process.errors == ""
