"""Motion is reduced when the person or the desktop wants it so; what is busy then stands still."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QProgressBar
from pytestqt.qtbot import QtBot

from ui.motion import desktop_animates, motion, show_busy


@pytest.mark.parametrize(
    ("content", "animates"),
    [
        ("[Settings]\ngtk-enable-animations=0\n", False),
        ("[Settings]\ngtk-enable-animations=true\n", True),
        ("[Settings]\ngtk-enable-animations=perhaps\n", True),
        ("gtk-enable-animations=0", True),
        ("[Settings]\ngtk-theme-name=%foo\n", True),
        ("\x00", True),
    ],
)
def test_the_desktops_setting_is_read(tmp_path: Path, content: str, animates: bool) -> None:
    (tmp_path / "gtk-3.0").mkdir()
    (tmp_path / "gtk-3.0" / "settings.ini").write_text(content)
    assert desktop_animates(tmp_path) is animates


def test_without_a_file_things_move(tmp_path: Path) -> None:
    assert desktop_animates(tmp_path)


def test_what_is_busy_stands_still_under_reduced_motion(qapp: QApplication, qtbot: QtBot) -> None:
    bar = QProgressBar()
    qtbot.addWidget(bar)
    flash = qapp.cursorFlashTime()
    motion().choose(qapp, reduced=True)
    show_busy(bar)
    assert (bar.minimum(), bar.maximum(), bar.value()) == (0, 1, 1)
    assert qapp.cursorFlashTime() == 0
    motion().choose(qapp, reduced=False)
    show_busy(bar)
    assert qapp.cursorFlashTime() == flash
    assert bar.maximum() == 0
