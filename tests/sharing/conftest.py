"""A real engine that digests within the request."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.engine.engine import Engine
from app.settings import Settings


class Running:
    """An engine with its settings."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.settings = Settings(data_dir=folder, port=0, spotlight_port=0, digest_inline=True)
        self.engine = Engine(self.settings)
        self.url = self.engine.start()


Begin = Callable[[str], Running]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Starts an engine on a folder of this name."""
    started: list[Running] = []

    def start(name: str) -> Running:
        started.append(Running(tmp_path / name))
        return started[-1]

    yield start
    for each in started:
        each.engine.stop()
