"""The queue, for people: what waits for its next try, what is dead and why, what was refused at the door.

The engine retries by itself; a dead report stays in the store with the traceback of its last try.
"""

from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import theme as look
from ui.background import Ticket
from ui.hint import Hint
from ui.queue_rows import refusal_row, setback_row
from ui.row_list import ROW, Row, RowList
from ui.store_access import StoreAccess

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.store.queue import QueueStatus


class Snapshot(Struct, frozen=True):
    """The queue at one moment."""

    status: "QueueStatus"
    rows: tuple[Row, ...]


def read(connection: "Connection") -> Snapshot:
    """Everything that the view shows; run it beside the UI thread."""
    from app.store import queue  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

    rows = [setback_row(setback) for setback in queue.setbacks(connection)]
    rows += [refusal_row(refusal) for refusal in queue.refusals(connection)]
    rows.sort(key=lambda row: row.at, reverse=True)
    return Snapshot(queue.status(connection), tuple(rows))


class QueueView(QWidget):
    """Reads the queue while it is visible."""

    NOTHING: ClassVar = (
        "Nothing is stuck",
        "Reports that cannot be digested and requests that were refused are listed here, with the reason.",
    )

    def __init__(self, store: StoreAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._ticket: Ticket | None = None
        self.summary = QLabel()
        self.summary.setObjectName("muted")
        self.list = RowList("Setbacks and refusals")
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName("What happened")
        self._stack = QStackedWidget()
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._show_text)

    def _lay_out(self) -> None:
        title = QLabel("Queue")
        title.setFont(look.font_title())
        line = QHBoxLayout()
        line.setContentsMargins(look.unit * 2 + 4, look.unit * 2, look.unit * 2 + 4, look.unit)
        line.setSpacing(look.unit * 2)
        line.addWidget(title)
        line.addWidget(self.summary, 1)
        self.text.setObjectName("plain")
        self.text.setFont(look.font_code())
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.document().setDocumentMargin(look.unit * 2)
        panes = QSplitter()
        panes.setHandleWidth(1)
        panes.addWidget(self.list)
        panes.addWidget(self.text)
        panes.setSizes([440, 700])
        hint = Hint()
        hint.say(*self.NOTHING)
        self._stack.addWidget(hint)
        self._stack.addWidget(panes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self._stack, 1)

    def refresh(self) -> None:
        """Read the queue again, if anybody looks."""
        if self.isVisible() and self._ticket is None:
            self._ticket = self._store.read(read, self._arrive, self._fail)

    def showEvent(self, event: object) -> None:
        self.refresh()

    def _arrive(self, found: Snapshot) -> None:
        self._ticket = None
        status = found.status
        self.summary.setText(
            f"{status.pending:,} pending   {status.dead:,} dead   {status.rejected:,} refused   "
            f"{status.digested:,} digested"
        )
        self.list.rows.become(found.rows)
        self._stack.setCurrentIndex(int(bool(found.rows)))
        if found.rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.rows.index(0))

    def _fail(self, error: BaseException) -> None:
        self._ticket = None
        self._store.complain(error)

    def _show_text(self, current: QModelIndex) -> None:
        row = current.data(ROW)
        self.text.setPlainText(row.text if isinstance(row, Row) else "")
