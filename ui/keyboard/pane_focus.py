"""F6 and Shift+F6: from pane to pane, as desktops have it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget


class PaneFocus(QObject):
    """`panes` are what can have the focus now, in order; each takes it as a whole, or by its proxy."""

    def __init__(self, panes: Callable[[], Sequence[QWidget]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panes = panes

    def step(self, direction: int) -> None:
        """Give the focus to the next pane that is visible, or with -1 to the one before."""
        panes = [pane for pane in self._panes() if pane.isVisible() and pane.isEnabled()]
        if not panes:
            return
        focused = QApplication.focusWidget()
        here = next((n for n, pane in enumerate(panes) if _holds(pane, focused)), None)
        back = direction < 0
        first = len(panes) - 1 if back else 0
        place = first if here is None else (here + direction) % len(panes)
        reason = Qt.FocusReason.BacktabFocusReason if back else Qt.FocusReason.ShortcutFocusReason
        panes[place].setFocus(reason)


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))
