"""The context menu: what applies, by the selection, and with its keys."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.model import IssueState
from tests.ui.issues.factories import make_issue
from ui.issues.selection.menu import menu_of
from ui.issues.selection.offers import Selected

NAMES = ("open", "resolve", "resolve_in", "reopen", "merge", "delete", "unknown")


def test_the_menu_has_only_what_applies(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = {name: QAction(name.capitalize(), window) for name in NAMES[:-1]}

    def shown(*issues: IssueState) -> list[str]:
        chosen = tuple(make_issue(number, state=state) for number, state in enumerate(issues, 1))
        return [each.text() for each in menu_of(Selected(chosen), NAMES, actions, window).actions()]

    assert shown(IssueState.OPEN) == ["Open", "Resolve\tE", "Resolve_in", "Delete\t#"]
    assert shown(IssueState.RESOLVED) == ["Open", "Reopen\tShift+O", "Delete\t#"]
    assert shown(IssueState.OPEN, IssueState.OPEN) == ["Resolve\tE", "Merge …\tCtrl+M", "Delete\t#"]
    with qtbot.waitSignal(actions["resolve"].triggered):
        menu_of(Selected((make_issue(1),)), NAMES, actions, window).actions()[1].trigger()
