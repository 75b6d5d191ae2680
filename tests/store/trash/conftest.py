"""A shop from whose store issues are deleted."""

from pathlib import Path

import pytest

from app.store.database import Database
from tests.regrouping.shop import Shop


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    """A store that receives real reports."""
    return Shop(database, tmp_path)
