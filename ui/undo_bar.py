"""A quiet line with the last act done or undone, which a click undoes or redoes; it cancels a long act."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from ui.theme import UNIT
from ui.undo import UndoStack
from ui.widgets.plain_label import OneLineLabel
from ui.widgets.tooltip import set_tooltip

SHOWN_MS = 8_000
MESSAGE_MS = 2_500
READ_MS = 40  # a character
# What it does not cover: the object's name of `ui.issues.selection.bar`.
SELECTION_BAR = "selectionbar"


class UndoBar(QWidget):
    """Floats at the bottom of its parent, and goes away by itself; undo works by key all the same.

    `undo_requested` and `redo_requested` carry the id of the act that was offered.
    """

    undo_requested = Signal(int)
    redo_requested = Signal(int)
    cancel_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._act: int | None = None
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = OneLineLabel()
        self.undo, self.redo = QPushButton("Undo"), QPushButton("Redo")
        set_tooltip(self.undo, "Undo", "undo")
        set_tooltip(self.redo, "Redo", "redo")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(UNIT)
        self._row.addWidget(self.text)
        self.cancel = QPushButton("Cancel")
        self.undo.clicked.connect(lambda: self.undo_requested.emit(self._act))
        self.redo.clicked.connect(lambda: self.redo_requested.emit(self._act))
        self.cancel.clicked.connect(self.cancel_requested)
        self._buttons = (self.undo, self.redo, self.cancel)
        for button in self._buttons:
            button.setObjectName("flat")
            button.setAutoDefault(False)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._row.addWidget(button)
        self._away = QTimer(self, singleShot=True)
        self._away.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def offered(self) -> int | None:
        """The act whose undo or redo is offered."""
        return self._act if self.isVisible() else None

    def withdraw(self, act: int) -> None:
        """Go away, if this act is offered: its object has changed or is gone."""
        if self.offered == act:
            self.hide()

    def offer_undo(self, act: int, sentence: str) -> None:
        """Show what was done; a click undoes it."""
        self._show(sentence, act, self.undo, SHOWN_MS)

    def offer_redo(self, act: int, sentence: str) -> None:
        """Show what was undone; a click does it again."""
        self._show(f"Undone: {sentence}", act, self.redo, SHOWN_MS)

    def offer_cancel(self, sentence: str) -> None:
        """Show how far a long act is; a click ends it."""
        self._show(sentence, None, self.cancel, SHOWN_MS)

    def show_message(self, sentence: str) -> None:
        """Say something that has no undo."""
        self._show(sentence, None, None, max(MESSAGE_MS, READ_MS * len(sentence)))

    def _show(self, sentence: str, act: int | None, offered: QPushButton | None, milliseconds: int) -> None:
        self._act = act
        self.text.setText(sentence)
        for button in self._buttons:
            button.setVisible(button is offered)
        right = 2 * UNIT if offered is None else UNIT  # a button has a margin of its own
        self._row.setContentsMargins(2 * UNIT, UNIT, right, UNIT)
        self.show()
        self._place()
        self._away.start(milliseconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        left = (self._over.width() - self.width()) // 2
        below = self._over.findChild(QWidget, SELECTION_BAR)
        lift = below.height() if below is not None and below.isVisible() else 0
        self.move(left, self._over.height() - self.height() - 6 * UNIT - lift)
        self.raise_()


class UndoBars(QObject):
    """Shows what the `UndoStack` does, in the bar of the window or dialog where the person is."""

    def __init__(self, stack: UndoStack, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._window = window
        self._last: UndoBar | None = None
        self._cancel: Callable[[], None] = stack.cancel
        self._focused: QWidget | None = None
        self._adopt(window)
        stack.acted.connect(lambda act, sentence: self._bar().offer_undo(act, sentence))
        stack.undone.connect(lambda act, sentence: self._bar().offer_redo(act, sentence))
        stack.message.connect(self.show_message)
        stack.outdated.connect(lambda act: self._bar().withdraw(act))
        stack.progressed.connect(lambda sentence: self.show_progress(sentence, stack.cancel))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def show_message(self, sentence: str) -> None:
        """Say something that has no undo."""
        self._bar().show_message(sentence)

    def show_progress(self, sentence: str, cancel: Callable[[], None]) -> None:
        """Show how far something is that is no act; a click ends it."""
        self._cancel = cancel
        self._bar().offer_cancel(sentence)

    def look_again(self) -> None:
        """The store has changed: what is offered may make no sense any more."""
        last = self._last
        if last is not None and isValid(last) and last.offered is not None:
            self._stack.check(last.offered)

    def _bar(self) -> UndoBar:
        over = self._over()
        bar = _bar_of(over) or self._adopt(over)
        if self._last is not None and self._last is not bar and isValid(self._last):
            self._last.hide()
        self._last = bar
        return bar

    def _adopt(self, over: QWidget) -> UndoBar:
        bar = _bar_of(over) or UndoBar(over)
        bar.undo_requested.connect(self._stack.undo)
        bar.redo_requested.connect(self._stack.redo)
        bar.cancel_requested.connect(self._cancel_what_runs)
        return bar

    def _cancel_what_runs(self) -> None:
        self._cancel()

    def _over(self) -> QWidget:
        """The main window, or its dialog that has the focus or had it last."""
        active = QApplication.activeWindow()
        if active is not None:
            return self._owner_of(active)
        # Between two windows, none is active: a form has just closed.
        last = self._focused
        return last if last is not None and isValid(last) and last.isVisible() else self._window

    def _owner_of(self, window: QWidget) -> QWidget:
        """`window`, if it is a dialog that blocks nothing; for a modal one, the window that it blocks."""
        over: QWidget | None = window
        while isinstance(over, QDialog):
            if not over.isModal():
                return over
            under = over.parentWidget()
            over = None if under is None else under.window()
        return self._window

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            self._focused = self._owner_of(now.window())


def _bar_of(over: QWidget) -> UndoBar | None:
    return over.findChild(UndoBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
