"""Settings and fixtures of all tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app import paths
from app.store.database import Database, open_for_engine
from tests.dead_workers import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler
from tests.factories import Store
from tests.query_plans import PLANS

# No deadlines: on a busy machine an example may take long without being wrong.
settings.register_profile("arecibo", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("arecibo")

PLANS.start()


def pytest_xdist_auto_num_workers() -> int:
    """Three workers more than there are cores: tests with real engines wait for most of their time."""
    return (os.cpu_count() or 1) + 3


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the files with real engines first: the small ones at the end use all workers to the last."""
    items.sort(key=lambda item: {"torture", "end2end"}.isdisjoint(item.path.parts))


@pytest.fixture(autouse=True, scope="session")
def spotlight_on_a_free_port() -> Iterator[None]:
    """Engines that tests start as processes do not use Spotlight's own port."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARECIBO_SPOTLIGHT_PORT", "0")
        yield


@pytest.fixture(autouse=True)
def plans_that_do_not_grow() -> Iterator[None]:
    """No statement that a test issues in its own process costs more in a larger store (`query_plans`)."""
    yield
    plans = PLANS.take()
    assert not plans, "\n\n".join(plans)


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store: copying it is faster than migrating one for each test."""
    folder = tmp_path_factory.mktemp("empty")
    open_for_engine(folder).database.close()
    return folder / paths.DATABASE


@pytest.fixture
def database(empty_store: Path, tmp_path: Path) -> Iterator[Database]:
    """A new, empty store."""
    shutil.copy(empty_store, tmp_path)
    opened = open_for_engine(tmp_path).database
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> Store:
    """A new store, wrapped so that a test can file events into it."""
    return Store(database)
