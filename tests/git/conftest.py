from pathlib import Path

import pytest

from tests.git.a_repository import ARepository


@pytest.fixture
def shop(tmp_path: Path) -> ARepository:
    """An empty repository."""
    return ARepository(tmp_path / "shop")
