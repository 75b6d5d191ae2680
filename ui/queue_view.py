"""The queue, for people: what waits for its next try, what is dead and why, what was refused at the door.

The engine retries by itself; a dead report stays in the store with the traceback of its last try.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme as look
from ui.background import Ticket
from ui.hint import Hint
from ui.issues.describing import age, one_line, plural
from ui.store_access import StoreAccess
from ui.theme import appearance, theme

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.store.queue import QueueStatus, Refusal, Setback

ROW_HEIGHT = 56
ROW = Qt.ItemDataRole.UserRole
AnyIndex = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class QueueRow(Struct, frozen=True):
    """One thing that went wrong. `token` names the colour of its mark, `text` is all there is to read."""

    key: tuple[str, int]
    title: str
    where: str
    at: datetime
    token: str
    text: str


class Snapshot(Struct, frozen=True):
    """The queue at one moment."""

    status: "QueueStatus"
    rows: tuple[QueueRow, ...]


def read(connection: "Connection") -> Snapshot:
    """Everything that the view shows; run it beside the UI thread."""
    from app.store import queue  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

    rows = [_setback_row(setback) for setback in queue.setbacks(connection)]
    rows += [_refusal_row(refusal) for refusal in queue.refusals(connection)]
    rows.sort(key=lambda row: row.at, reverse=True)
    return Snapshot(queue.status(connection), tuple(rows))


def _setback_row(setback: "Setback") -> QueueRow:
    tried = plural(setback.attempts, "try").replace("trys", "tries")
    state = f"dead after {tried}" if setback.dead else f"waits for its next try, after {tried}"
    return QueueRow(
        ("setback", setback.report_id),
        one_line(setback.error),
        f"{setback.project} · {state}",
        setback.received_at,
        "level_error" if setback.dead else "level_warning",
        f"Report {setback.report_id}, {setback.protocol}, {state}.\n\n{setback.traceback}",
    )


def _refusal_row(refusal: "Refusal") -> QueueRow:
    request = one_line(refusal.head.partition("\n")[0])
    body = refusal.body.decode("utf-8", "backslashreplace")
    return QueueRow(
        ("refusal", refusal.id),
        f"{refusal.status}  {one_line(refusal.reason)}",
        f"refused · {refusal.remote} · {request}",
        refusal.at,
        "level_info",
        f"Answered {refusal.status}: {refusal.reason}\n\n{refusal.head}\n\n{body}",
    )


class QueueModel(QAbstractListModel):
    """The rows, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[QueueRow, ...] = ()

    def rowCount(self, parent: AnyIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}, {row.where}"
        return None

    def become(self, rows: tuple[QueueRow, ...]) -> None:
        """Show these rows; those that stay keep their place in the selection."""
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.rows[index.row()].key for index in before]
        self.rows = rows
        place = {row.key: number for number, row in enumerate(rows)}
        after = [self.index(place[key]) if key in place else QModelIndex() for key in keys]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: QueueRow = index.data(ROW)
        colours, rect = theme(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            active = chosen and option.widget.hasFocus()
            painter.setBrush(
                colours.selected if active else colours.selected_inactive if chosen else colours.hover
            )
            painter.drawRoundedRect(QRectF(rect).adjusted(8, 1, -8, -1), look.radius, look.radius)
        painter.setBrush(getattr(colours, row.token))
        painter.drawEllipse(QRectF(rect.left() + 20, rect.top() + 15, 8, 8))
        since = age(row.at, datetime.now(UTC))
        small = look.font_small()
        width = QFontMetrics(small).horizontalAdvance(since)
        self._line(painter, since, rect.right() - 20 - width, rect.top() + 9, width + 1, small, "text_faint")
        room = rect.width() - 60
        self._line(
            painter, row.title, rect.left() + 40, rect.top() + 9, room - width - 12, look.font_body(), "text"
        )
        self._line(painter, row.where, rect.left() + 40, rect.top() + 29, room, small, "text_faint")
        painter.restore()

    def _line(
        self, painter: QPainter, text: str, left: int, top: int, width: int, font: QFont, token: str
    ) -> None:
        painter.setFont(font)
        painter.setPen(getattr(theme(), token))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRectF(left, top, width + 1, 20), int(Qt.AlignmentFlag.AlignVCenter), shown)


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
        self.model = QueueModel(self)
        self.summary = QLabel()
        self.summary.setObjectName("muted")
        self.list = QListView()
        self.list.setAccessibleName("Setbacks and refusals")
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName("What happened")
        self._stack = QStackedWidget()
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._show_text)
        appearance().themeChanged.connect(self.list.viewport().update)

    def _lay_out(self) -> None:
        title = QLabel("Queue")
        title.setFont(look.font_title())
        line = QHBoxLayout()
        line.setContentsMargins(look.unit * 2 + 4, look.unit * 2, look.unit * 2 + 4, look.unit)
        line.setSpacing(look.unit * 2)
        line.addWidget(title)
        line.addWidget(self.summary, 1)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
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
        self.model.become(found.rows)
        self._stack.setCurrentIndex(int(bool(found.rows)))
        if found.rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    def _fail(self, error: BaseException) -> None:
        self._ticket = None
        self._store.complain(error)

    def _show_text(self, current: QModelIndex) -> None:
        row = current.data(ROW)
        self.text.setPlainText(row.text if isinstance(row, QueueRow) else "")
