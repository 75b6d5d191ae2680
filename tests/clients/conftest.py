"""One engine for all clients: each test looks only at what arrives during its own run."""

import os
from collections.abc import Iterator

import pytest

from tests.end2end.engine_process import EngineProcess


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineProcess]:
    """The real engine on a free port; it must stop cleanly, and write nothing to stderr."""
    process = EngineProcess(tmp_path_factory.mktemp("engine"))
    yield process
    assert process.stop() == os.EX_OK
    assert process.errors == ""
