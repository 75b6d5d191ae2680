"""What an examination found, on one scrolling page, and the text of what is chosen there.

The text is at the right where there is room for both, else below.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.plain_text import plain
from ui.doctor.caller_rows import caller_row
from ui.doctor.findings import Findings
from ui.doctor.first_steps import FirstSteps
from ui.queue.rows import refusal_row
from ui.theme import UNIT, font_code, font_strong
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import ROW, ROW_HEIGHT, ListRow, RowList
from ui.widgets.tooltip import set_tooltip

if TYPE_CHECKING:
    from app.doctor.examination import Examination

_WIDE = 900


class RowsSection(QWidget):
    """A heading, and a list as high as its rows."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = RowList(title)
        heading = PlainLabel(title)
        heading.setFont(font_strong())
        heading.setContentsMargins(UNIT * 2 + 4, 0, UNIT * 2 + 4, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(heading)
        column.addWidget(self.list)

    def show_rows(self, rows: tuple[ListRow, ...]) -> None:
        """Show these rows; nothing at all without any."""
        self.list.rows.show_rows(rows)
        self.list.setFixedHeight(len(rows) * ROW_HEIGHT)
        self.setVisible(bool(rows))


class DoctorPage(QSplitter):
    """Findings, callers, refusals. Esc hides the text again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.findings = Findings()
        self.callers = RowsSection("Clients that sent reports")
        self.refused = RowsSection("Turned away")
        self.first_steps = FirstSteps()
        self.sheet = QScrollArea()
        self.pane = _Pane()
        self._chosen: RowList | None = None
        self._lay_out()
        for section in (self.callers, self.refused):
            self._connect(section.list)
        self.pane.close_requested.connect(self.close_text)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, UNIT, 0, UNIT * 3)
        column.setSpacing(UNIT * 4)
        for narrow in (self.findings, self.first_steps):
            line = QHBoxLayout()
            line.addWidget(narrow, 100)
            line.addStretch(1)
            column.addLayout(line)
        for wide in (self.callers, self.refused):
            column.addWidget(wide)
        column.addStretch(1)
        self.sheet.setObjectName("page")
        self.sheet.setAccessibleName("What the doctor found")
        self.sheet.setFrameShape(QScrollArea.Shape.NoFrame)
        self.sheet.setWidgetResizable(True)
        self.sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setWidget(inner)
        self.sheet.setMinimumSize(200, 120)
        self.pane.setMinimumSize(200, 120)
        self.pane.hide()
        self.addWidget(self.sheet)
        self.addWidget(self.pane)
        self.setSizes([520, 480])
        self.setFocusProxy(self.sheet)

    def _connect(self, rows: RowList) -> None:
        chooser = rows.selectionModel()
        chooser.selectionChanged.connect(lambda selected, _gone: self._choose(rows, selected))
        chooser.currentChanged.connect(lambda *_: self._keep_in_sight(rows))
        rows.activated.connect(rows.setCurrentIndex)

    def show_examination(self, found: "Examination") -> None:
        """Show what was found; what is chosen stays so."""
        is_empty = not found.callers and not found.refusals
        self.findings.show_findings(found.findings)
        self.first_steps.setVisible(is_empty)
        self.callers.show_rows(tuple(map(caller_row, found.callers)))
        self.refused.show_rows(tuple(map(refusal_row, found.refusals)))
        self._renew_text()

    def close_text(self) -> None:
        """Hide the text, and choose nothing."""
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.pane.isAncestorOf(focused)
        rows, self._chosen = self._chosen, None
        self.pane.hide()
        if rows is not None:
            rows.clearSelection()
            if had_focus:
                rows.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.pane.isVisible():
            self.close_text()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side_by_side = self.width() >= _WIDE
        self.setOrientation(Qt.Orientation.Horizontal if side_by_side else Qt.Orientation.Vertical)

    def _choose(self, rows: RowList, selected: QItemSelection) -> None:
        if not selected.indexes():
            return
        other, self._chosen = self._chosen, rows
        if other is not None and other is not rows:
            other.clearSelection()
        self._renew_text()
        self._keep_in_sight(rows)

    def _renew_text(self) -> None:
        rows = self._chosen
        chosen = rows.selectionModel().selectedIndexes() if rows is not None else []
        if not chosen:
            self.close_text()
            return
        row = chosen[0].data(ROW)
        assert isinstance(row, ListRow)
        self.pane.show_row(row)
        self.pane.show()

    def _keep_in_sight(self, rows: RowList) -> None:
        # Showing the text changes the page's layout and moves its rows: scroll after that.
        QTimer.singleShot(0, rows, lambda: self._scroll_to(rows))

    def _scroll_to(self, rows: RowList) -> None:
        inner = self.sheet.widget()
        if rows.currentIndex().isValid() and inner is not None:
            middle = rows.mapTo(inner, rows.visualRect(rows.currentIndex()).center())
            self.sheet.ensureVisible(0, middle.y(), 0, ROW_HEIGHT // 2 + UNIT)


class _Pane(QWidget):
    """The text of a row."""

    close_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.title = PlainLabel(wordWrap=True)
        self.title.setFont(font_strong())
        close = QPushButton("Close")
        close.setObjectName("flat")
        set_tooltip(close, "Close (Esc)")
        close.setCursor(Qt.CursorShape.PointingHandCursor)
        close.clicked.connect(self.close_requested)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setObjectName("plain")
        self.text.setAccessibleName("What it said")
        self.text.setFont(font_code())
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.document().setDocumentMargin(UNIT * 2)
        top = QHBoxLayout()
        top.setContentsMargins(UNIT * 2, UNIT, UNIT, 0)
        top.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.text, 1)

    def show_row(self, row: ListRow) -> None:
        """Show the text of a row; the row that is shown already stays at its scroll position."""
        self.title.setText(row.title)
        if self.text.toPlainText() != row.text:
            self.text.setPlainText(plain(row.text))
