"""The editors that were found, and a command of one's own."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.editors import opening, table
from app.editors.editor import Found
from app.editors.template import TemplateError
from app.preferences import Preferences
from ui.editors.editor_chooser import EditorChooser


def found(key: str, *command: str) -> Found:
    editor = table.named(key)
    assert editor is not None
    return Found(editor=editor, command=command, why="runs now")


CODE = found("code", "/usr/bin/code")
KATE = found("kate", "/opt/my kate/kate")


@pytest.fixture
def chooser(qtbot: QtBot) -> EditorChooser:
    made = EditorChooser()
    qtbot.addWidget(made)
    return made


def texts(chooser: EditorChooser) -> list[str]:
    return [chooser.list.item(row).text() for row in range(chooser.list.count())]


def test_before_they_are_known_nothing_can_be_chosen(chooser: EditorChooser) -> None:
    assert texts(chooser) == ["Looking for editors …"]
    assert not chooser.is_complete()


def test_the_likeliest_is_chosen_and_its_command_shown(chooser: EditorChooser) -> None:
    chooser.show_found([KATE, CODE], Preferences())
    assert texts(chooser) == ["Kate  ·  runs now", "Visual Studio Code  ·  runs now", "Another command …"]
    assert chooser.command.text() == "'/opt/my kate/kate' --line {line} --column {column} {file}"
    assert chooser.command.isReadOnly()
    assert chooser.choice() == opening.of_found(KATE)
    assert chooser.fields() == {"editor": "kate", "editor_command": ""}


def test_what_was_chosen_before_is_shown(chooser: EditorChooser) -> None:
    chooser.show_found([KATE, CODE], Preferences(editor="code"))
    assert chooser.choice() == opening.of_found(CODE)
    chooser.show_found([KATE, CODE], Preferences(editor_command="ed {file}", editor_in_terminal=True))
    assert chooser.found is None
    assert (chooser.command.text(), chooser.in_terminal.isChecked()) == ("ed {file}", True)


def test_a_command_of_ones_own_says_what_is_wrong_with_it(chooser: EditorChooser, qtbot: QtBot) -> None:
    chooser.show_found([CODE], Preferences())
    chooser.list.setCurrentRow(1)
    assert not chooser.is_complete()
    assert chooser.trouble.text().startswith("{file}, {line}")
    QTest.keyClicks(chooser.command, "ed '")
    assert "quote" in chooser.trouble.text()
    with pytest.raises(TemplateError):
        chooser.choice()
    with qtbot.waitSignal(chooser.changed):
        QTest.keyClicks(chooser.command, "-p'")
    assert chooser.is_complete()
    assert chooser.choice() == opening.of_template("ed '-p'")
    assert chooser.fields() == {"editor": "", "editor_command": "ed '-p'", "editor_in_terminal": False}
    chooser.list.setCurrentRow(0)
    chooser.list.setCurrentRow(1)
    assert chooser.command.text() == "ed '-p'", "what was written is still there"
