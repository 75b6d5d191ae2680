"""The question before an address is opened."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from ui.detail.link_dialog import LinkDialog
from ui.detail.pane import DetailPane
from ui.widgets.plain_label import PlainLabel


class Browser:
    """Takes the addresses instead of a browser."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open(self, url: QUrl) -> bool:
        self.opened.append(url.toString())
        return True


def shown_text(dialog: LinkDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(PlainLabel))


def test_the_whole_address_and_its_host_are_shown_and_opened_after_yes(
    pane: DetailPane, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    browser = Browser()
    monkeypatch.setattr(QDesktopServices, "openUrl", browser.open)
    dialog = pane.ask_to_open("https://bank.com@evil.org/a?b=<c>")
    assert dialog is not None
    assert dialog.host.text() == "evil.org"
    assert dialog.whole.toPlainText() == "https://bank.com@evil.org/a?b=%3Cc%3E"
    assert "bank.com@" in shown_text(dialog)
    assert browser.opened == []
    with qtbot.waitSignal(dialog.agreed):
        dialog.open_button.click()
    assert browser.opened == ["https://bank.com@evil.org/a?b=%3Cc%3E"]


def test_after_no_nothing_is_opened(pane: DetailPane, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    monkeypatch.setattr(QDesktopServices, "openUrl", browser.open)
    dialog = pane.ask_to_open("https://example.com")
    assert dialog is not None
    dialog.reject()
    assert browser.opened == []


def test_an_address_of_no_site_is_only_copied(pane: DetailPane) -> None:
    assert pane.ask_to_open("javascript:alert(1)") is None
    assert QGuiApplication.clipboard().text() == "javascript:alert(1)"
    assert "copied" in pane.jump_bar.message.text()


def test_where_no_browser_opens_it_the_address_is_copied(
    pane: DetailPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    dialog = pane.ask_to_open("https://example.com/x")
    assert dialog is not None
    dialog.open_button.click()
    assert QGuiApplication.clipboard().text() == "https://example.com/x"
