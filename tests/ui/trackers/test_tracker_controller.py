"""An issue made in a tracker: created once, linked in the timeline, the token in the keyring."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.store.database import Database
from app.store.inbox.triage import history
from app.trackers import tokens
from tests.trackers.conftest import MemoryKeyring
from tests.trackers.conftest import fake as fake  # a fixture
from tests.trackers.conftest import tokens_in_memory as tokens_in_memory  # a fixture
from tests.trackers.fake_tracker import TOKEN, FakeTracker
from tests.ui.detail.arrivals import Arrivals
from ui.detail.pane import DetailPane
from ui.detail.requests import CreateTrackerIssue
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.trackers.dialog import TrackerDialog
from ui.trackers.tracker_controller import TrackerController


@pytest.fixture
def dialog(
    database: Database,
    access: StoreAccess,
    background: Background,
    chosen: PreferencesAccess,
    fake: FakeTracker,
    tokens_in_memory: MemoryKeyring,
    qtbot: QtBot,
) -> TrackerDialog:
    """The dialog, opened on an event of a project whose issues go to the tracker of this test."""
    Arrivals(database).send("PaymentError", "card declined")
    pane = DetailPane(access, background, chosen)
    qtbot.addWidget(pane)
    window = QWidget()
    qtbot.addWidget(window)
    controller = TrackerController(window, access, background, chosen, pane)
    chosen.change(trackers={"shop": fake.tracker()})
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    pane.page.request(CreateTrackerIssue())
    assert controller.dialog is not None
    return controller.dialog


def test_it_is_created_linked_and_its_token_stored(
    dialog: TrackerDialog, fake: FakeTracker, database: Database, qtbot: QtBot
) -> None:
    assert dialog.title.text() == "PaymentError: card declined"
    assert "card declined" in dialog.body.toPlainText()
    dialog.token.setText(TOKEN)
    dialog.create_button.click()
    qtbot.waitUntil(lambda: dialog.message.text().startswith("Created as #7"))
    assert len(fake.received) == 1
    assert tokens.read(fake.address) == TOKEN

    def linked() -> list[str]:
        with database.reading() as connection:
            return [line.text for line in history.timeline(connection, 1) if line.kind == "tracked"]

    qtbot.waitUntil(lambda: linked() == ["http://x/acme/shop/issues/7"])


def test_without_a_token_it_asks_for_one(dialog: TrackerDialog, fake: FakeTracker, qtbot: QtBot) -> None:
    dialog.create_button.click()
    qtbot.waitUntil(lambda: "enter one" in dialog.message.text())
    assert fake.received == []
    assert dialog.create_button.isEnabled()


def test_a_refusal_is_said_and_nothing_is_stored(
    dialog: TrackerDialog, fake: FakeTracker, qtbot: QtBot
) -> None:
    dialog.token.setText("wrong")
    dialog.create_button.click()
    qtbot.waitUntil(lambda: "token is not valid" in dialog.message.text())
    assert tokens.read(fake.address) is None


def test_what_is_wrong_is_said_while_it_is_typed(dialog: TrackerDialog) -> None:
    dialog.repository.setText("shop")
    assert "owner/name" in dialog.message.text()
    assert not dialog.create_button.isEnabled()
