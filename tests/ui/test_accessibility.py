"""Every control of every window has a name and is reached by keyboard; dialogs have one order of buttons."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

import ui
from tests.ui import all_windows
from tests.ui.all_windows import WINDOWS, Made
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.undo import UndoStack


@pytest.fixture
def made(
    access: StoreAccess, background: Background, chosen: PreferencesAccess, undo: UndoStack, tmp_path: Path
) -> Made:
    return Made(access, background, chosen, undo, tmp_path, [])


@pytest.fixture(params=WINDOWS)
def window(request: pytest.FixtureRequest, made: Made, qtbot: QtBot) -> QWidget:
    shown = WINDOWS[request.param](made)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    for each in (shown, *made.kept):
        qtbot.addWidget(each)
    shown.show()
    return shown


def controls(window: QWidget) -> list[QWidget]:
    """What a person can act on: all that takes the focus, and all buttons."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if (widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QAbstractButton))
        and not widget.objectName().startswith("qt_")
        and widget.focusProxy() is None
        and not _is_qts_own(widget)
    ]


def _is_qts_own(widget: QWidget) -> bool:
    """The list that drops from a combo box, and the mark that clears a field: they are their owner's."""
    parent = widget.parentWidget()
    dropped = any(each.metaObject().className() == "QComboBoxPrivateContainer" for each in _above(widget))
    return dropped or (isinstance(widget, QToolButton) and isinstance(parent, QLineEdit))


def _above(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def described(widget: QWidget) -> str:
    parents = []
    parent: QWidget | None = widget
    while parent is not None:
        parents.append(f"{type(parent).__name__}#{parent.objectName()}")
        parent = parent.parentWidget()
    return " in ".join(parents[:3])


def test_every_control_has_a_name(window: QWidget) -> None:
    assert "\n".join(described(widget) for widget in controls(window) if not name(widget)) == ""


def test_every_button_is_reached_by_keyboard(window: QWidget) -> None:
    unreachable = [
        f"{described(button)} {button.text()!r}"
        for button in window.findChildren(QAbstractButton)
        if not button.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not button.objectName().startswith("qt_")
        and not _is_qts_own(button)
        # Of those that exclude each other, Tab goes to the chosen one, and arrows to the others.
        and not isinstance(button, QRadioButton)
    ]
    assert unreachable == []


def test_the_act_that_is_meant_stands_at_the_right(window: QWidget) -> None:
    if not isinstance(window, QDialog):
        return
    for primary in window.findChildren(QPushButton, "primary"):
        beside = [
            button.text()
            for button in window.findChildren(QPushButton)
            if button.parentWidget() is primary.parentWidget()
            and button.isVisible()
            and primary.isVisible()
            and abs(button.geometry().center().y() - primary.geometry().center().y()) < 4
            and button.x() > primary.x()
        ]
        assert beside == [], f"at the right of {primary.text()!r}"


def test_every_dialog_of_the_program_is_among_them() -> None:
    walked = Path(all_windows.__file__).read_text("utf-8")
    defined = set()
    for file in Path(ui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "QDialog" for base in node.bases):
                defined.add(node.name)
    assert {each for each in defined if f"{each}(" not in walked} == set()
