"""The lines of one client."""

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.clients import Client
from ui.connect.instructions import Instructions, as_html

CLIENT = Client(
    name="Sentry for Python",
    group="Sentry",
    language="shell",
    package="",
    install="",
    code="curl http://localhost",
    when_nobody_listens="`capture()` <waits>.",
)


@pytest.fixture
def instructions(qtbot: QtBot) -> Instructions:
    made = Instructions()
    qtbot.addWidget(made)
    return made


def test_only_the_lines_that_a_client_has_are_shown(instructions: Instructions) -> None:
    instructions.show_client(CLIENT, address_is_known=True)
    assert instructions.code.text() == "curl http://localhost"
    assert instructions.install.isHidden()
    assert instructions.note.isHidden()
    assert "&lt;waits&gt;" in instructions.without.text()
    assert "In the terminal" in [label.text() for label in instructions.findChildren(QLabel)]


def test_without_an_address_nothing_wrong_can_be_copied(instructions: Instructions) -> None:
    instructions.show_client(CLIENT, address_is_known=False)
    assert instructions.code.text() == ""
    assert instructions.code.isHidden()
    assert not instructions.unknown.isHidden()


def test_code_has_its_own_font_and_markup_is_escaped(qtbot: QtBot) -> None:
    sentence = "Call `Sentry.init(<options> && 1)` before <b>anything</b> else."
    html = as_html(sentence)
    page = QTextDocument()
    page.setHtml(html)
    assert page.toPlainText() == sentence.replace("`", "")
    assert html.count("<span") == 1
    assert "<b>" not in html
