"""“Connect an assistant”: each one's lines, with this program's command, copied and tested."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.assistants.trial import Trial
from ui.connect.assistant_dialog import AssistantDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> AssistantDialog:
    made = AssistantDialog(lambda read_only: ("/opt/my arecibo", "mcp", *["--read-only"] * read_only))
    qtbot.addWidget(made)
    made.open_it()
    return made


def test_the_first_is_shown_with_the_command(dialog: AssistantDialog) -> None:
    assert not dialog.isModal()
    assert dialog.command.text() == "'/opt/my arecibo' mcp"
    assert dialog.lines.name.text() == "Claude Code"
    assert dialog.lines.install.text() == "claude mcp add --scope user arecibo -- '/opt/my arecibo' mcp"
    assert json.loads(dialog.lines.code.text())["mcpServers"]["arecibo"]["command"] == "/opt/my arecibo"


def test_the_arrows_choose_and_enter_copies_what_there_is(dialog: AssistantDialog) -> None:
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == dialog.lines.install.text()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.lines.name.text() == "Cursor"
    assert dialog.lines.install.isHidden()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == dialog.lines.code.text()


def test_only_reading_is_in_every_line(dialog: AssistantDialog) -> None:
    dialog.read_only.click()
    assert dialog.command.text().endswith("mcp --read-only")
    assert dialog.lines.install.text().endswith("mcp --read-only")
    assert "--read-only" in dialog.lines.code.text()
    dialog.read_only.click()
    assert "--read-only" not in dialog.lines.code.text()


def test_a_test_is_asked_for_once_and_told(dialog: AssistantDialog, qtbot: QtBot) -> None:
    dialog.read_only.click()
    with qtbot.waitSignal(dialog.test_requested) as asked:
        dialog.test.click()
    assert asked.args == [True]
    assert not dialog.test.isEnabled()
    dialog.answer(Trial("It works: the server has 2 tools.", ("list_issues", "doctor")))
    assert dialog.test.isEnabled()
    assert dialog.message.text() == "It works: the server has 2 tools. list_issues, doctor."
    dialog.open_it()
    assert dialog.message.text() == ""


def test_enter_on_a_button_presses_it(dialog: AssistantDialog, qtbot: QtBot) -> None:
    dialog.test.setFocus()
    with qtbot.waitSignal(dialog.test_requested):
        QTest.keyClick(dialog.test, Qt.Key.Key_Return)
