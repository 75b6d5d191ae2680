"""Files are taken, and nothing else that is dragged over the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.sharing.file_drop import FileDrop


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def enter(mime: QMimeData) -> QDragEnterEvent:
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDragEnterEvent(QPointF(1, 1).toPoint(), Qt.DropAction.CopyAction, mime, buttons, modifiers)


def drop(mime: QMimeData) -> QDropEvent:
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, mime, buttons, modifiers)


def test_files_are_taken(window: QWidget, tmp_path: Path) -> None:
    taken: list[object] = []
    over: list[bool] = []
    filter_ = FileDrop(window)
    filter_.dropped.connect(taken.append)
    filter_.hovering.connect(over.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.html")), QUrl("https://example.com/b.html")])
    entering = enter(mime)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    # Qt itself sends these only within a real drag.
    assert not filter_.eventFilter(window, QDragLeaveEvent())
    assert filter_.eventFilter(window, drop(mime))
    assert taken == [[tmp_path / "a.html"]]
    assert over == [True, False, False]


def test_text_and_addresses_are_not(window: QWidget) -> None:
    filter_ = FileDrop(window)
    filter_.dropped.connect(lambda _paths: pytest.fail("dropped"))
    mime = QMimeData()
    mime.setText("/etc/passwd")
    mime.setUrls([QUrl("https://example.com/b.html")])
    entering = enter(mime)
    QApplication.sendEvent(window, entering)
    assert not entering.isAccepted()
