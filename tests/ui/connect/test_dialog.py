"""“Connect an app”: found by typing, copied by Enter, filled in with the real address and the project."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.clients import clients
from ui.connect.dialog import ConnectDialog
from ui.theme import Theme

URL = "http://127.0.0.1:4711"


@pytest.fixture
def dialog(qtbot: QtBot) -> ConnectDialog:
    made = ConnectDialog(clients)
    qtbot.addWidget(made)
    made.show_url(URL)
    made.open_for("shop")
    return made


def lines_of(name: str, url: str = URL, project: str = "shop") -> str:
    return next(client.code for client in clients(url, project) if client.name == name)


def type_into_search(dialog: ConnectDialog, text: str) -> None:
    QTest.keyClicks(dialog.chooser.search, text)


def test_the_dialog_is_modeless(dialog: ConnectDialog) -> None:
    assert dialog.isVisible()
    assert not dialog.isModal()


def test_typing_finds_and_enter_copies(dialog: ConnectDialog) -> None:
    type_into_search(dialog, "django sentry")
    assert dialog.lines.name.text() == "Sentry for Django"
    QTest.keyClick(dialog.chooser.search, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == lines_of("Sentry for Django")
    assert "http://shop@127.0.0.1:4711/1" in QGuiApplication.clipboard().text()


def test_the_arrows_skip_headings_while_the_search_has_the_focus(dialog: ConnectDialog) -> None:
    type_into_search(dialog, "rollbar")
    assert dialog.lines.name.text() == "Rollbar for Python"
    for expected in ("Rollbar for Node", "Rollbar in browsers", "Rollbar in browsers"):
        QTest.keyClick(dialog.chooser.search, Qt.Key.Key_Down)
        assert dialog.lines.name.text() == expected
    QTest.keyClick(dialog.chooser.search, Qt.Key.Key_Up)
    assert dialog.lines.name.text() == "Rollbar for Node"


def test_typing_in_the_list_goes_into_the_search(dialog: ConnectDialog, qtbot: QtBot) -> None:
    dialog.chooser.list.setFocus()
    QTest.keyClicks(dialog.chooser.list, "ru")
    assert dialog.chooser.search.text() == "ru"
    QTest.keyClick(dialog.chooser.list, Qt.Key.Key_Backspace)
    assert dialog.chooser.search.text() == "r"
    QTest.keyClick(dialog.chooser.list, Qt.Key.Key_Down)
    assert dialog.chooser.search.text() == "r"


def test_the_chosen_client_stays_so_while_the_search_changes(dialog: ConnectDialog) -> None:
    type_into_search(dialog, "sentry for ruby")
    assert dialog.lines.name.text() == "Sentry for Ruby"
    QTest.keyClick(dialog.chooser.search, Qt.Key.Key_Escape)
    assert dialog.chooser.search.text() == ""
    assert dialog.lines.name.text() == "Sentry for Ruby"
    assert dialog.isVisible(), "the first Esc only clears the search"
    QTest.keyClick(dialog.chooser.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_search_without_hits_is_reported(dialog: ConnectDialog) -> None:
    type_into_search(dialog, "cobol")
    assert not dialog.chooser.list.isVisible()
    assert dialog.lines.name.text() == "Sentry for Python", "what was shown stays"


def test_the_project_fills_the_code_in_as_it_is_typed(dialog: ConnectDialog) -> None:
    dialog.project.clear()
    QTest.keyClicks(dialog.project, "my shop/")
    QGuiApplication.clipboard().setText("ü2")
    dialog.project.paste()
    assert dialog.project.text() == "my_shop__2"
    assert dialog.lines.code.text() == lines_of("Sentry for Python", project="my_shop__2")
    dialog.project.selectAll()
    QTest.keyClick(dialog.project, Qt.Key.Key_Delete)
    assert dialog.lines.code.text() == lines_of("Sentry for Python", project="my_app")


def test_characters_that_no_address_can_hold_are_replaced_on_opening(dialog: ConnectDialog) -> None:
    dialog.open_for("the shop: ü")
    assert dialog.project.text() == "the_shop_"


def test_the_real_address_is_shown_and_follows_the_engine(dialog: ConnectDialog) -> None:
    assert dialog.address.text() == URL
    dialog.show_url("http://127.0.0.1:9")
    assert dialog.address.text() == "http://127.0.0.1:9"
    assert dialog.lines.code.text() == lines_of("Sentry for Python", "http://127.0.0.1:9")


def test_without_an_address_nothing_wrong_can_be_copied(dialog: ConnectDialog) -> None:
    QGuiApplication.clipboard().setText("before")
    dialog.show_url(None)
    assert dialog.lines.unknown.isVisible()
    assert "not known yet" in dialog.lines.unknown.text()
    assert not dialog.lines.code.isVisible()
    assert not dialog.address.isEnabled()
    assert not dialog.send.isEnabled()
    QTest.keyClick(dialog.chooser.search, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "before"
    dialog.show_url(URL)
    assert not dialog.lines.unknown.isVisible()
    assert dialog.lines.code.isVisible()


def test_every_client_shows_the_lines_that_it_has(dialog: ConnectDialog) -> None:
    for number, client in enumerate(clients(URL, "shop")):
        dialog.chooser.chosen.emit(number)
        assert dialog.lines.name.text() == client.name
        assert dialog.lines.code.text() == client.code
        assert dialog.lines.install.isVisible() == bool(client.install)
        assert dialog.lines.note.isVisible() == bool(client.note)
        assert dialog.lines.without.text()


def test_a_test_error_is_requested_once_and_its_outcome_is_shown(dialog: ConnectDialog, qtbot: QtBot) -> None:
    dialog.send.setFocus()
    with qtbot.waitSignal(dialog.test_requested):
        QTest.keyClick(dialog.send, Qt.Key.Key_Return)
    assert not dialog.send.isEnabled()
    dialog.answer("Nobody took it.")
    assert dialog.send.isEnabled()
    assert dialog.message.text() == "Nobody took it."


def test_enter_on_a_button_is_that_button(dialog: ConnectDialog) -> None:
    buttons = [child for child in dialog.address.children() if isinstance(child, QWidget)]
    copy = next(child for child in buttons if child.accessibleName() == "Copy the address")
    copy.setFocus()
    QTest.keyClick(copy, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == URL


def test_it_is_not_larger_than_the_window_that_it_belongs_to(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    dialog = ConnectDialog(clients, window)
    dialog.open_for("shop")
    assert dialog.width() < 900
    assert dialog.height() < 600


@pytest.mark.parametrize("size", [(680, 440), (940, 640), (1_800, 1_200)])
def test_it_is_painted_at_any_size_in_both_themes(
    dialog: ConnectDialog, size: tuple[int, int], dressed: Theme, qtbot: QtBot
) -> None:
    dialog.resize(*size)
    qtbot.waitUntil(lambda: dialog.size() == QSize(*size))
    picture = dialog.grab().toImage()
    assert picture.pixelColor(2, 2) == dressed.window
    assert picture.pixelColor(size[0] - 3, 3) == dressed.window
    page = dialog.lines.widget()
    assert page is not None
    assert page.width() <= dialog.lines.viewport().width(), "nothing is cut at the right"
    assert dialog.address.width() > 230, "the address stands on one line"


def test_everything_that_takes_the_keyboard_has_a_name(dialog: ConnectDialog) -> None:
    stops = [
        child
        for child in dialog.findChildren(QWidget)
        if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(stops) > 5
    assert [child for child in stops if not (child.accessibleName() or getattr(child, "text", str)())] == []


def test_a_button_leads_to_the_assistants(dialog: ConnectDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.assistant_requested):
        dialog.assistant.click()
