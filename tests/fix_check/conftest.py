from pathlib import Path

import pytest

from tests.git.a_repository import ARepository


@pytest.fixture
def shop(tmp_path: Path) -> ARepository:
    """A repository with three commits, tagged 1.0, 1.1 and 1.2."""
    made = ARepository(tmp_path / "shop")
    for number in range(3):
        made.write("cart.py", f"version = {number}")
        made.commit(f"Number {number}")
        made.git("tag", f"1.{number}")
    return made
