"""What can follow a first key such as G: a small card that comes when the person hesitates."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.commands.keymap import key_text, keymap
from ui.commands.table import BY_NAME
from ui.keyboard.key_caps import key_cap
from ui.theme import UNIT
from ui.widgets.plain_label import PlainLabel

HESITATION_MS = 400
_ROWS = 8


class ChordHint(QWidget):
    """Floats over the bottom of `window` from the first key of a sequence until the next key.

    Qt itself waits for that key, and tells nobody. The first key is seen as it is offered to the window
    before it becomes a shortcut; of the next one only its release is.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over = window
        self._prefix = ""
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(HESITATION_MS)
        self._pause.timeout.connect(self._show)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        self._grid.setHorizontalSpacing(UNIT + UNIT // 2)
        self._grid.setVerticalSpacing(UNIT // 2)
        self.hide()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self._await(event)
        elif kind is QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            if self._prefix and not event.isAutoRepeat() and _key(event) != self._prefix:
                self._end()
        elif kind in (QEvent.Type.WindowDeactivate, QEvent.Type.Resize):
            self._end()
        return False

    def _await(self, event: QKeyEvent) -> None:
        self._end()
        key = _key(event)
        if key and any(keymap().following(key)):
            self._prefix = key
            self._pause.start()

    def _end(self) -> None:
        self._prefix = ""
        self._pause.stop()
        self.hide()

    def _show(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        follows = sorted(keymap().following(self._prefix))
        for number, (key, name) in enumerate(follows):
            column, row = divmod(number, _ROWS)
            self._grid.addWidget(key_cap(f"{key_text(self._prefix)} {key}"), row, 2 * column)
            label = PlainLabel(BY_NAME[name].label)
            self._grid.addWidget(label, row, 2 * column + 1, Qt.AlignmentFlag.AlignLeft)
        self._grid.activate()
        self.adjustSize()
        over = self._over.rect()
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - 5 * UNIT)
        self.show()
        self.raise_()


def _key(event: QKeyEvent) -> str:
    return QKeySequence(event.keyCombination()).toString()
