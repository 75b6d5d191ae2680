"""Saving: asked by a dialog, written beside the UI thread, its failures in words."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.detail.requests import SaveFile
from ui.link.background import Background
from ui.saving import Saving


def test_a_file_is_saved_where_it_was_chosen(qtbot: QtBot, background: Background, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    saving = Saving(window, background)
    request = SaveFile("report.txt", lambda: b"content")
    dialog = saving.dialog(request)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert Path(dialog.selectedFiles()[0]).name == "report.txt"
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.reject()
    with qtbot.waitSignal(saving.message) as said:
        saving.save(request, tmp_path / "report.txt")
    assert said.args == [f"report.txt was saved in {tmp_path}."]
    assert (tmp_path / "report.txt").read_bytes() == b"content"


def test_a_failure_says_what_to_do(qtbot: QtBot, background: Background, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    saving = Saving(window, background)
    with qtbot.waitSignal(saving.message) as said:
        saving.save(SaveFile("a", lambda: b""), tmp_path / "missing" / "a")
    assert said.args == ["a could not be saved: No such file or directory. Choose another folder."]
