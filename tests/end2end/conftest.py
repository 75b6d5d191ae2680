"""A running engine for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end2end.engine_process import EngineProcess


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EngineProcess]:
    """The real engine on a new store and a free port; stopped cleanly, and it must have been quiet."""
    process = EngineProcess(tmp_path)
    yield process
    assert process.stop() == 0
    assert process.errors == ""
