"""A piece of code on its own background, and a button that copies it."""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QResizeEvent, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.theme import UNIT, font_body, font_code

_COPY_HEIGHT = 24
# Without these two pixels, the text can be scrolled by one.
_SLACK = 2


class CopyField(QWidget):
    """As high as its text needs. Long lines are wrapped to be seen, and copied as they are."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copyfield")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = _Code()
        self._text.setAccessibleName(name)
        self._copy = QPushButton("Copy")
        self._copy.setObjectName("flat")
        self._copy.setAutoDefault(False)
        self._copy.setAccessibleName(f"Copy {name}")
        self._copy.setCursor(Qt.CursorShape.PointingHandCursor)
        self._copy.clicked.connect(self.copy)
        # The widest of its two texts: nothing moves when it shows that it has copied.
        self._copy.setMinimumWidth(QFontMetrics(font_body()).horizontalAdvance("Copied") + 20)
        self._copy.setFixedHeight(_COPY_HEIGHT)
        # The first line is level with the button's text.
        above = (_COPY_HEIGHT - QFontMetrics(font_code()).lineSpacing() - _SLACK) // 2
        code = QVBoxLayout()
        code.setContentsMargins(0, above, 0, above)
        code.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT * 2, UNIT, UNIT - 2, UNIT)
        row.addLayout(code, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self._text.setPlainText(text)
            self._copy.setText("Copy")
            self._copy.setAccessibleDescription(text)

    def text(self) -> str:
        """What is shown, and copied."""
        return self._text.toPlainText()

    def copy(self) -> None:
        """Put the text on the clipboard, and confirm it."""
        QGuiApplication.clipboard().setText(self.text())
        self._copy.setText("Copied")


class _Code(QPlainTextEdit):
    def __init__(self) -> None:
        super().__init__(readOnly=True)
        self.setObjectName("code")
        self.setFont(font_code())
        # Tab goes from button to button; a part of the code is selected with the mouse.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # The layout of a plain text document counts its height in lines.
        lines = ceil(self.document().documentLayout().documentSize().height())
        self.setFixedHeight(max(1, lines) * QFontMetrics(self.font()).lineSpacing() + _SLACK)
