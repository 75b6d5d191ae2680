"""Copies and exports of many issues: by key, in parts, and cancelled."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.regrouping.shop import Shop
from ui.issues.pane import IssuesPane
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.places import Place
from ui.sharing import issue_controller as module
from ui.sharing.issue_controller import IssueSharing
from ui.undo import UndoStack


@pytest.fixture
def pane(shop: Shop, access: StoreAccess, undo: UndoStack, qtbot: QtBot) -> IssuesPane:
    made = IssuesPane(access, undo)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.feed.settled):
        made.show_place(Place())
    made.feed.stop()
    return made


@pytest.fixture
def sharing(
    pane: IssuesPane,
    access: StoreAccess,
    background: Background,
    chosen: PreferencesAccess,
    monkeypatch: pytest.MonkeyPatch,
) -> IssueSharing:
    """Reads two issues at a time."""
    monkeypatch.setattr(module, "READ_AT_ONCE", 2)
    monkeypatch.setattr(module, "EVENTS_AT_ONCE", 2)
    monkeypatch.setattr(module, "SHOWN_EVERY_SECONDS", -1.0)
    return IssueSharing(pane, access, background, chosen, pane)


def test_they_are_copied_in_a_form_chosen_by_key(
    pane: IssuesPane, sharing: IssueSharing, qtbot: QtBot
) -> None:
    pane.view.selectAll()
    sharing.ask_form(pane.selection, QPoint(0, 0))
    menu = next(menu for menu in pane.findChildren(QMenu) if menu.isVisible())
    with qtbot.waitSignal(sharing.message) as said:
        QTest.keyClick(menu, Qt.Key.Key_T)
    assert said.args == ["9 issues copied"]
    assert len(QApplication.clipboard().text().splitlines()) == 9


@pytest.mark.parametrize(("name", "begins"), [("all.html", "<!doctype html>"), ("all.jsonl", '{"id":')])
def test_everything_is_exported_with_progress(
    pane: IssuesPane, sharing: IssueSharing, tmp_path: Path, qtbot: QtBot, name: str, begins: str
) -> None:
    pane.selection.select_by_rule()
    progress: list[str] = []
    sharing.progressed.connect(progress.append)
    with qtbot.waitSignal(sharing.message) as said:
        sharing.export(pane.selection, tmp_path / name)
    assert said.args == [f"9 issues exported to {tmp_path / name}"]
    assert (tmp_path / name).read_text("utf-8").startswith(begins)
    assert "2 of 9 issues read …" in progress


def test_a_cancelled_export_writes_nothing(
    pane: IssuesPane, sharing: IssueSharing, tmp_path: Path, qtbot: QtBot
) -> None:
    pane.selection.select_by_rule()
    sharing.progressed.connect(lambda _sentence: sharing.cancel())
    with qtbot.waitSignal(sharing.message) as said:
        sharing.export(pane.selection, tmp_path / "all.html")
    assert said.args == ["The export was cancelled"]
    assert not (tmp_path / "all.html").exists()


def test_what_cannot_be_written_is_said(
    pane: IssuesPane, sharing: IssueSharing, tmp_path: Path, qtbot: QtBot
) -> None:
    pane.view.select_row(0)
    with qtbot.waitSignal(sharing.message) as said:
        sharing.export(pane.selection, tmp_path / "no folder" / "all.md")
    assert said.args is not None
    assert str(said.args[0]).startswith("all.md cannot be written")


def test_too_many_are_not_copied(
    pane: IssuesPane, sharing: IssueSharing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sharing.issue_list.MOST_COPIED", 3)
    pane.selection.select_by_rule()
    with qtbot.waitSignal(sharing.message) as said:
        sharing.copy(pane.selection, "titles")
    assert said.args is not None
    assert str(said.args[0]).startswith("At most 3 issues")
