"""“Recently deleted”: what was deleted within a day, when it goes for good, and its way back.

The dialog blocks nothing.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app import store
from app.plain_text import plural
from ui.commands.keymap import with_key
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess
from ui.theme import UNIT
from ui.trash.actions import TrashActions
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import ROW, ListRow, RowList
from ui.widgets.tooltip import set_tooltip

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.trash.deletions import Deletion

_SIZE = (680, 480)
_NONE = "Nothing was deleted in the last day."
_HINT = "What came meanwhile for the same errors is merged with what is restored."


class DeletedDialog(QDialog):
    """Lists the deletions, the newest first; `actions` restores the selected one."""

    def __init__(self, access: StoreAccess, actions: TrashActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Recently deleted")
        self.setMinimumSize(480, 320)
        self.resize(*_SIZE)
        self._access = access
        self._actions = actions
        self._ticket: Ticket | None = None
        self._is_stale = False
        self.list = RowList("Recently deleted")
        self.none = PlainLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.message = PlainLabel(_HINT, wordWrap=True)
        self.restore = QPushButton("Restore")
        self._pages = QStackedWidget()
        self._lay_out()
        self.restore.clicked.connect(self._restore)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(key), self, self._restore)
        actions.refused.connect(self.message.setText)
        actions.committed.connect(lambda: self.message.setText(_HINT))

    def _lay_out(self) -> None:
        self.none.setObjectName("muted")
        self.message.setObjectName("muted")
        self.restore.setObjectName("primary")
        self.restore.setAutoDefault(False)
        set_tooltip(self.restore, "Restore what is selected (Enter)")
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.none)
        foot = QHBoxLayout()
        foot.setContentsMargins(*(4 * (2 * UNIT,)))
        foot.setSpacing(2 * UNIT)
        foot.addWidget(self.message, 1)
        foot.addWidget(self.restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

    def open(self) -> None:
        """Come to the front."""
        # The key may be another since the last time.
        self.none.setText(f"{_NONE}\n\n{with_key('Select issues and delete them', 'delete')}.")
        self.message.setText(_HINT)
        self.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def refresh(self) -> None:
        """Read the deletions; calls that come while they are read become one more reading."""
        if self._ticket is not None:
            self._is_stale = True
            return

        def read(connection: "Connection") -> "list[Deletion]":
            return store.deletions.listed(connection)

        self._ticket = self._access.read(read, self._show, self._fail)

    def _show(self, listed: "list[Deletion]") -> None:
        self._ticket = None
        self.list.rows.show_rows(tuple(_row(each) for each in listed))
        self._pages.setCurrentWidget(self.list if listed else self.none)
        self.restore.setVisible(bool(listed))
        self.message.setVisible(bool(listed))
        if listed and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.rows.index(0))
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def _fail(self, error: BaseException) -> None:
        self._ticket = None
        self._access.report_problem(error)

    def _restore(self) -> None:
        row: ListRow | None = self.list.currentIndex().data(ROW)
        if row is not None:
            self._actions.restore(int(row.key[0]), row.title)


def _row(deletion: "Deletion") -> ListRow:
    goes = deletion.goes_at.astimezone()
    return ListRow(
        key=(deletion.id,),
        title=deletion.title,
        where=f"{plural(deletion.issues, 'issue')} · goes for good on {goes:%d %B at %H:%M}",
        at=deletion.at,
        token="level_debug",
        text=deletion.title,
    )
