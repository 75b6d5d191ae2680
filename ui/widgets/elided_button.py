"""A button whose text gives way where there is no room for it: its end is cut, and is in the tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from ui.widgets.mnemonic import without_mnemonic
from ui.widgets.tooltip import set_tooltip


class ElidedButton(QPushButton):
    """`label()` is the whole text. Qt would cut a text that is too long at both of its ends."""

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ""
        self.set_label(label)

    def label(self) -> str:
        """The whole text."""
        return self._label

    def set_label(self, label: str) -> None:
        """Show this text, whatever is in it."""
        self._label = label
        self.setAccessibleName(label)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        shown = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        whole = self.fontMetrics().horizontalAdvance(self._label)
        return super().sizeHint() + QSize(whole - shown + 1, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        cut = self.fontMetrics().elidedText(self._label, Qt.TextElideMode.ElideRight, max(inside.width(), 0))
        shown = without_mnemonic(cut if self.isVisible() else self._label)
        if shown != self.text():
            self.setText(shown)
        set_tooltip(self, self._label if self.isVisible() and cut != self._label else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
