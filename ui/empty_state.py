"""What is to be seen before the first error: the DSN, how to use it, and a way to try it right here.

The page goes away by itself when the first error arrives; nothing has to be clicked.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import address
from ui import icons
from ui import theme as look
from ui.address_button import DEFAULT_PROJECT
from ui.snippets import Snippet, snippets
from ui.theme import appearance, theme

WIDTH = 80 * look.unit
_CODE_LINES = 8


class CopyField(QWidget):
    """A piece of code on a ground of its own, and a button that copies it."""

    def __init__(self, name: str, lines: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copyfield")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setObjectName("code")
        self._text.setFont(look.font_code())
        self._text.setAccessibleName(name)
        self._text.setTabChangesFocus(True)
        self._text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._text.document().setDocumentMargin(0)
        line = QFontMetrics(look.font_code()).lineSpacing()
        self._text.setFixedHeight(line * lines + 2)
        self._copy = QPushButton("Copy")
        self._copy.setObjectName("flat")
        self._copy.setAccessibleName(f"Copy {name}")
        self._copy.setCursor(Qt.CursorShape.PointingHandCursor)
        self._copy.clicked.connect(self._to_clipboard)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.unit * 2, look.unit + 4, look.unit, look.unit + 4)
        row.addWidget(self._text, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._text.setPlainText(text)
        self._copy.setText("Copy")

    def text(self) -> str:
        """What is shown, and copied."""
        return self._text.toPlainText()

    def _to_clipboard(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._copy.setText("Copied")


class EmptyState(QScrollArea):
    """The page. `test_wanted`: somebody wants a test error to be sent."""

    test_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._snippets: tuple[Snippet, ...] = ()
        self._title = QLabel("Waiting for the first error")
        self._title.setFont(look.font_large())
        self._lead = QLabel(wordWrap=True)
        self._lead.setObjectName("muted")
        self._dsn = CopyField("the DSN")
        self._install = CopyField("the command")
        self._code = CopyField("the code", _CODE_LINES)
        self._tabs = QHBoxLayout()
        self._choice = QButtonGroup(self)
        self._send = QPushButton("Send a test error")
        self._send.setObjectName("primary")
        self._send.setCursor(Qt.CursorShape.PointingHandCursor)
        self._send.clicked.connect(self._send_test)
        self._answer = QLabel(wordWrap=True)
        self._answer.setObjectName("muted")
        self._lay_out()
        self.show_url(None)
        appearance().themeChanged.connect(self.show_icons)

    def _lay_out(self) -> None:
        self._tabs.setSpacing(4)
        self._tabs.setContentsMargins(0, look.unit * 2, 0, 0)
        sending = QHBoxLayout()
        sending.setSpacing(look.unit * 2)
        sending.addWidget(self._send)
        sending.addWidget(self._answer, 1)
        column = QVBoxLayout()
        column.setSpacing(look.unit)
        for widget in (self._title, self._lead):
            column.addWidget(widget)
        column.addSpacing(look.unit)
        column.addWidget(self._dsn)
        column.addLayout(self._tabs)
        column.addWidget(self._install)
        column.addWidget(self._code)
        column.addSpacing(look.unit * 2)
        column.addLayout(sending)
        page = QWidget()
        page.setObjectName("page")
        inner = QWidget(page)
        inner.setMaximumWidth(WIDTH)
        inner.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner, 100)
        across.addStretch(1)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(look.unit * 4, look.unit * 4, look.unit * 4, look.unit * 4)
        whole.addStretch(2)
        whole.addLayout(across)
        whole.addStretch(3)
        self.setWidget(page)

    def show_icons(self) -> None:
        """The icons can be had now, or have another colour."""
        if icons.ready():
            self._send.setIcon(icons.icon("send", theme().accent_text))

    def show_url(self, url: str | None) -> None:
        """Fill in the address; with None there is none yet."""
        self._send.setEnabled(url is not None)
        self._lead.setText(
            "Point an app at this DSN, and every error that it throws lands here. "
            "The name before the @ is up to you: it becomes the project."
            if url
            else "The engine is starting. Its address will stand here in a moment."
        )
        self._dsn.show_text(address.dsn(url, DEFAULT_PROJECT) if url else "")
        chosen = max(0, self._choice.checkedId())
        self._snippets = snippets(url) if url else ()
        if url and not self._choice.buttons():
            self._make_tabs()
        if self._snippets:
            self._show_snippet(chosen)

    def answer(self, text: str) -> None:
        """Say what came of the test error."""
        self._answer.setText(text)
        self._send.setEnabled(bool(self._snippets))

    def _make_tabs(self) -> None:
        for number, snippet in enumerate(self._snippets):
            tab = QPushButton(snippet.name)
            tab.setObjectName("tab")
            tab.setCheckable(True)
            tab.setCursor(Qt.CursorShape.PointingHandCursor)
            self._choice.addButton(tab, number)
            self._tabs.addWidget(tab)
        self._tabs.addStretch(1)
        self._choice.button(0).setChecked(True)
        self._choice.idClicked.connect(self._show_snippet)

    def _show_snippet(self, number: int) -> None:
        snippet = self._snippets[number]
        self._install.setVisible(bool(snippet.install))
        self._install.show_text(snippet.install)
        self._code.show_text(snippet.code)

    def _send_test(self) -> None:
        self._send.setEnabled(False)
        self._answer.setText("Sending …")
        self.test_wanted.emit()
