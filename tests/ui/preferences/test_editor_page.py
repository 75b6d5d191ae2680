"""The editor is chosen, changed and tried here."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.editors.recorder import Recorder
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.editor_page import EditorPage


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder with programs, and no desktop entries."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name in ("XDG_DATA_HOME", "XDG_DATA_DIRS", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    return tmp_path / "bin"


@pytest.fixture
def page(bin_folder: Path, chosen: PreferencesAccess, qtbot: QtBot) -> EditorPage:
    made = EditorPage(chosen)
    qtbot.addWidget(made)
    return made


def row_of(page: EditorPage, name: str) -> int:
    rows = range(page.chooser.list.count())
    return next((row for row in rows if page.chooser.list.item(row).text().startswith(name)), -1)


def test_a_choice_holds_at_once_and_showing_chooses_nothing(
    page: EditorPage, bin_folder: Path, chosen: PreferencesAccess, qtbot: QtBot
) -> None:
    for name in ("code", "hx"):
        Recorder(bin_folder, name)
    page.show()
    qtbot.waitUntil(lambda: row_of(page, "Helix") >= 0)
    assert chosen.chosen.editor == ""
    assert "None is chosen yet" in page.result.text()
    page.chooser.list.setCurrentRow(row_of(page, "Helix"))
    assert chosen.chosen.editor == "helix"
    page.chooser.list.setCurrentRow(row_of(page, "Another"))
    assert chosen.chosen.editor == "helix", "an empty command is none"
    page.chooser.command.setText("ed {file}")
    page.chooser.command.textEdited.emit("ed {file}")
    assert chosen.chosen.editor == "helix", "it is not written to its end"
    page.chooser.command.editingFinished.emit()
    assert (chosen.chosen.editor, chosen.chosen.editor_command) == ("", "ed {file}")


def test_it_can_be_tried(page: EditorPage, bin_folder: Path, chosen: PreferencesAccess, qtbot: QtBot) -> None:
    recorder = Recorder(bin_folder, "code")
    page.show()
    qtbot.waitUntil(lambda: row_of(page, "Visual Studio Code") >= 0)
    page.chooser.list.setCurrentRow(row_of(page, "Visual Studio Code"))
    page.try_button.click()
    qtbot.waitUntil(lambda: "should be open now" in page.result.text())
    assert recorder.arguments[1].endswith(b"arecibo-trial.txt:3:44")
    place = recorder.arguments[1].decode().rsplit(":", 2)[0]
    assert Path(place).read_text().splitlines()[2][43:] == "here"


def test_a_trial_that_fails_says_why(
    page: EditorPage, bin_folder: Path, chosen: PreferencesAccess, qtbot: QtBot
) -> None:
    Recorder(bin_folder, "code", then="sys.exit('no display')")
    page.show()
    qtbot.waitUntil(lambda: row_of(page, "Visual Studio Code") >= 0)
    page.chooser.list.setCurrentRow(row_of(page, "Visual Studio Code"))
    page.try_button.click()
    qtbot.waitUntil(lambda: "ended with 1: no display" in page.result.text())
    assert page.result.objectName() == "trouble"
