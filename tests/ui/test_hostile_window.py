"""The real window over a store full of hostile text: each page and dialog shows text, and opens no file."""

import ctypes
import os
import re
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.store.database import open_for_engine
from tests.hostile import TEXTS, UNSHOWN, fill
from tests.ui.program.conftest import PATIENCE_MS
from tests.ui.program.conftest import running as running
from ui.application import Application
from ui.detail.pane import DetailPane
from ui.places import Page, Place
from ui.widgets.plain_label import MarkedUpLabel
from ui.widgets.tooltip import as_tooltip

OPENED = 0x20 | 0x1  # IN_OPEN, IN_ACCESS
MARKUP = re.compile("<(?:img|b|a|script)[ >]")


class Watched:
    """A file that detects whether it was opened (inotify, Linux)."""

    def __init__(self, path: Path) -> None:
        self._c = ctypes.CDLL(None, use_errno=True)
        self._queue = self._c.inotify_init1(os.O_NONBLOCK)
        assert self._c.inotify_add_watch(self._queue, os.fsencode(path), OPENED) >= 0

    def was_opened(self) -> bool:
        try:
            return bool(os.read(self._queue, 4096))
        except BlockingIOError:
            return False


@pytest.fixture
def bait(tmp_path_factory: pytest.TempPathFactory) -> Path:
    image = tmp_path_factory.mktemp("bait") / "bait.png"
    image.write_bytes(b"\x89PNG\r\n\x1a\n")
    return image


@pytest.fixture
def texts(bait: Path) -> tuple[str, ...]:
    tagged = f"<img src={bait}> <img src=file://{bait}> <b>bold</b> &copy; a & b &File <a href=x>y</a>"
    return (*TEXTS, tagged, f"<html><body background='{bait}'>{tagged}")


@pytest.fixture(autouse=True)
def filled(tmp_path: Path, texts: tuple[str, ...]) -> None:
    database = open_for_engine(tmp_path).database
    fill(database, tmp_path, texts)
    database.close()


def faults_of(root: QObject) -> Iterator[str]:
    """The widgets that may interpret text as more than text, or hide some of it."""
    for widget in [root, *root.findChildren(QObject)]:
        if isinstance(widget, QLabel):
            shown = QLabel.text(widget)
            if isinstance(widget, MarkedUpLabel):
                if MARKUP.search(shown):
                    yield f"marked up: {shown[:200]!r}"
            elif widget.textFormat() is not Qt.TextFormat.PlainText and widget.pixmap().isNull():
                yield f"{widget.textFormat()}: {shown[:200]!r}"
            if UNSHOWN.search(shown.replace("\u200b", "")):
                yield f"hidden characters in a label: {shown[:200]!a}"
        if isinstance(widget, QWidget | QAction):
            tooltip = widget.toolTip()
            if GuiQt.mightBeRichText(tooltip) and MARKUP.search(tooltip):
                yield f"a tooltip: {tooltip[:200]!r}"
        if isinstance(widget, QAbstractButton | QAction) and re.search("(?<!&)&(?!&| )File", widget.text()):
            yield f"a mnemonic: {widget.text()[:200]!r}"
        if isinstance(widget, QComboBox):
            for row in range(widget.count()):
                if UNSHOWN.search(widget.itemText(row)):
                    yield f"hidden characters in a box: {widget.itemText(row)[:200]!a}"


def check_everything_open(qtbot: QtBot) -> None:
    """Paint all open windows, and check that they hold text alone."""
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            top.grab()
        assert list(faults_of(top)) == []


def is_shown(pane: DetailPane, issue_id: int) -> bool:
    return pane.detail is not None and pane.detail.issue.id == issue_id


@pytest.mark.skipif(sys.platform != "linux", reason="inotify tells who opens a file")
def test_hostile_text_is_shown_and_nothing_else_happens(
    running: Application, qtbot: QtBot, bait: Path, texts: tuple[str, ...]
) -> None:
    watched = Watched(bait)
    window, issues = running.window, running.window.issues
    qtbot.waitUntil(lambda: issues.model.rowCount() == len(texts), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: running.detail is not None, timeout=PATIENCE_MS)
    assert running.detail is not None
    for row in range(len(texts)):
        issue_id = issues.model.issue(row).id
        issues.view.select_row(row)
        qtbot.waitUntil(partial(is_shown, running.detail, issue_id), timeout=PATIENCE_MS)
        running.controllers.correct()
        dialog = running.controllers.grouping.dialog
        assert dialog is not None
        for number in range(dialog.what.count()):
            dialog.what.setCurrentIndex(number)
        issues.prompts.note(issue_id, issues.model.issue(row).title)
        issues.prompts.resolve_in([issue_id], [issues.model.issue(row).title], window.pos())
        check_everything_open(qtbot)
        for top in QApplication.topLevelWidgets():
            if top is not window and top.isVisible():
                top.close()
    for text in texts:
        running.parts.wayfinder.go_to(Place("inbox", text))
        window.issues.feed.show(Place("everything", text), text)
        qtbot.wait(20)
        window.undo_bar.show_message(f"resolved in {text}")
        window.notices.show_message(text)
        window.status.show_failing((text,))
        running.controllers.notifier.tray._show(text, text, "error", 1)  # type: ignore[arg-type]
        check_everything_open(qtbot)
        assert window.width() <= 1_600, "a long word does not widen the window"
    with qtbot.waitSignal(window.doctor.examined, timeout=PATIENCE_MS):
        running.doers.commands.actions["doctor"].trigger()
    running.controllers.notifier.open()
    running.controllers.grouping.show_made()
    check_everything_open(qtbot)
    window.sidebar.go_to(Page.QUEUE)
    qtbot.wait(200)
    check_everything_open(qtbot)
    assert not watched.was_opened()


@pytest.mark.skipif(sys.platform != "linux", reason="inotify tells who opens a file")
def test_the_file_watch_detects_what_a_plain_qlabel_opens(
    qtbot: QtBot, bait: Path, texts: tuple[str, ...]
) -> None:
    watched = Watched(bait)
    bare = QLabel(texts[-1])
    qtbot.addWidget(bare)
    bare.grab()
    assert watched.was_opened()
    assert list(faults_of(bare))


def test_a_menu_shows_every_ampersand(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("&File")
    assert list(faults_of(menu))
    assert not GuiQt.mightBeRichText(as_tooltip("a < b")) or "&lt;" in as_tooltip("a < b")
