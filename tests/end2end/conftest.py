"""A running engine for each test that asks for one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end2end.engine_process import EngineProcess


@pytest.fixture
def engine(empty_store: Path, tmp_path: Path) -> Iterator[EngineProcess]:
    """The real engine on an empty store and a free port; stopped cleanly, and it must have been quiet."""
    shutil.copy(empty_store, tmp_path)
    process = EngineProcess(tmp_path)
    yield process
    assert process.stop() == 0
    assert process.errors == ""
