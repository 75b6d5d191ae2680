"""Fixtures: pages, panes, and a store that real reports have been digested into."""

import pytest
from pytestqt.qtbot import QtBot

from app.store.database import Database
from tests.ui.detail.arrivals import Arrivals
from tests.ui.detail.read_page import ReadPage
from ui.detail.pane import DetailPane
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess


@pytest.fixture
def page(qtbot: QtBot, chosen: PreferencesAccess) -> ReadPage:
    """An empty page, 760 pixels wide."""
    page = ReadPage(chosen)
    qtbot.addWidget(page)
    return page


@pytest.fixture
def store_page(qtbot: QtBot, chosen: PreferencesAccess, database: Database) -> ReadPage:
    """An empty page that can read the store of this test."""
    page = ReadPage(chosen, database)
    qtbot.addWidget(page)
    return page


@pytest.fixture
def arrivals(database: Database) -> Arrivals:
    return Arrivals(database)


@pytest.fixture
def pane(qtbot: QtBot, access: StoreAccess, background: Background, chosen: PreferencesAccess) -> DetailPane:
    """A detail pane on the screen."""
    pane = DetailPane(access, background, chosen)
    qtbot.addWidget(pane)
    pane.resize(760, 900)
    pane.show()
    qtbot.waitExposed(pane)
    return pane
