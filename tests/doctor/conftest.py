"""Settings of an engine on a free port, and the store of one that runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.engine.engine import Engine
from app.settings import Settings
from tests.factories import Store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, port=0, spotlight_port=0, digest_inline=True)


@pytest.fixture
def running(settings: Settings) -> Iterator[Store]:
    """The store of a running engine, whose digest starts no jobs by itself."""
    engine = Engine(settings)
    engine.start()
    yield Store(engine.database)
    engine.stop()
