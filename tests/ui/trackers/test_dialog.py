"""Title and body are shown before they go, and what is wrong with the address keeps them here."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.trackers.tracker import Service, Tracker
from ui.trackers.dialog import TrackerDialog

SHOP = Tracker(repository="acme/shop")


@pytest.fixture
def dialog(qtbot: QtBot) -> TrackerDialog:
    made = TrackerDialog()
    qtbot.addWidget(made)
    made.open_with(SHOP, "KeyError: 'card'", "# body")
    return made


def test_what_stands_in_the_fields_is_created(dialog: TrackerDialog, qtbot: QtBot) -> None:
    dialog.title.setText("Mended title")
    dialog.token.setText("abc")
    with qtbot.waitSignal(dialog.create_requested) as created:
        dialog.create_button.click()
    assert created.args == [SHOP, "abc", True, "Mended title", "# body"]


def test_a_problem_keeps_it_here(dialog: TrackerDialog) -> None:
    dialog.show_problem("The repository is written as owner/name.")
    assert not dialog.create_button.isEnabled()
    dialog.show_problem("")
    assert dialog.create_button.isEnabled()


def test_the_other_service_brings_its_address_but_leaves_an_own_one(dialog: TrackerDialog) -> None:
    dialog.service.setCurrentText("GitLab")
    assert dialog.tracker() == Tracker(
        service=Service.GITLAB, address="https://gitlab.com", repository="acme/shop"
    )
    dialog.address.setText("https://git.acme.example")
    dialog.service.setCurrentText("GitHub")
    assert dialog.tracker().address == "https://git.acme.example"


def test_once_created_it_is_not_created_again(dialog: TrackerDialog, qtbot: QtBot) -> None:
    dialog.show_creating()
    assert not dialog.create_button.isEnabled()
    dialog.show_result("Created as #7", "https://x/7")
    assert not dialog.create_button.isEnabled()
    with qtbot.waitSignal(dialog.link_requested) as wanted:
        dialog.show_issue.click()
    assert wanted.args == ["https://x/7"]


def test_escape_stops_waiting_and_then_closes(dialog: TrackerDialog, qtbot: QtBot) -> None:
    dialog.show_creating()
    with qtbot.waitSignal(dialog.cancel_requested):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.show_result("Not waited for")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_whether_a_token_is_stored_is_seen(dialog: TrackerDialog) -> None:
    dialog.show_token(is_stored=True)
    assert dialog.token.placeholderText() == "from the keyring"
