"""A window with a detail pane that shows an event, and the controller that shares it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.store.database import Database
from tests.ui.detail.arrivals import Arrivals
from ui.detail.pane import DetailPane
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.sharing.controller import SharingController

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)
PATIENCE_MS = 20_000


class Shared:
    """Everything that a test of sharing needs."""

    def __init__(self, window: QWidget, pane: DetailPane, controller: SharingController) -> None:
        self.window = window
        self.pane = pane
        self.controller = controller
        self.messages: list[str] = []
        controller.message.connect(self.messages.append)


@pytest.fixture
def shared(
    database: Database,
    access: StoreAccess,
    background: Background,
    chosen: PreferencesAccess,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[Shared]:
    """An event is shown, which has a secret and a header that names a browser."""
    arrivals = Arrivals(database)
    headers = {"User-Agent": IPHONE, "Cookie": "a=b"}
    arrivals.send(request={"url": "http://localhost/x", "headers": headers, "data": {"n": "K-7"}})
    window = QWidget()
    qtbot.addWidget(window)
    pane = DetailPane(access, background, chosen, window)
    controller = SharingController(window, access, background, chosen, Settings(data_dir=tmp_path, port=0))
    controller.attach(pane)
    window.show()
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    yield Shared(window, pane, controller)
    controller.close()
