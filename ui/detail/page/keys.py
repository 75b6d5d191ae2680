"""The page's keyboard: moving from zone to zone, opening and folding, copying."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.detail.page.canvas import Canvas
from ui.detail.page.selection import Caret

_ACTIVATING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PageKeys:
    """Handles the page's keys. The focus ring shows only for people who use them."""

    def __init__(self, page: Canvas) -> None:
        self._page = page

    def entered(self, reason: Qt.FocusReason) -> None:
        """The page got the focus; by Tab, its first or last zone gets it."""
        self._page.shows_focus = reason in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        if self._page.shows_focus and self._page.zone_of(self._page.current) is None:
            backwards = reason is Qt.FocusReason.BacktabFocusReason
            self._page.focus_on(self._page.stacking.next_place(None, -1 if backwards else 1))
        self._page.viewport().update()

    def step(self, direction: int) -> bool:
        """Moves the focus to the next zone; False when there is none."""
        place = self._page.stacking.next_place(self._page.current, direction)
        if place is None:
            return False
        self._page.shows_focus = True
        self._page.focus_on(place)
        return True

    def handle(self, event: QKeyEvent) -> bool:
        key = event.key()
        bar = self._page.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif key in _ACTIVATING and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            return self._activate(by_enter=key != Qt.Key.Key_Space)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            return self._fold(opened=key == Qt.Key.Key_Right)
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif key == Qt.Key.Key_Escape and self._page.selection is not None:
            self._page.select_nothing()
        else:
            return False
        return True

    def _walk(self, direction: int) -> None:
        """Down and up go to the next zone where it is near, and scroll where it is not."""
        page = self._page
        place = page.stacking.next_place(page.current, direction)
        index = None if place is None else page.stacking.find(place)
        bar = page.verticalScrollBar()
        near = page.viewport().height() // 2
        if index is not None:
            distance = page.stacking.tops[index] - bar.value()
            if -near < distance < page.viewport().height() + near:
                self._page.shows_focus = True
                page.focus_on(place)
                return
        bar.setValue(bar.value() + direction * 3 * bar.singleStep())

    def _activate(self, *, by_enter: bool) -> bool:
        zone = self._page.zone_of(self._page.current)
        if zone is None:
            return False
        self._page.shows_focus = True
        (zone.enter if by_enter and zone.enter is not None else zone.activate)()
        return True

    def _fold(self, *, opened: bool) -> bool:
        zone = self._page.zone_of(self._page.current)
        if zone is None or zone.opened is None or zone.opened is opened:
            return False
        zone.activate()
        return True

    def _copy(self) -> None:
        page = self._page
        if selected := page.selected_text():
            page.copy(selected, "Selection")
            return
        index = None if page.current is None else page.stacking.find(page.current)
        if index is not None:
            page.copy(page.stacking.sheet(index).text(), "Line")

    def select_all(self) -> None:
        page = self._page
        if page.stacking.rows:
            page.select(Caret(0, 0, 0), Caret(len(page.stacking.rows), 0, 0))
