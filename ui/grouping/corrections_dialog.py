"""“Corrections of the grouping”: every merge, split and rule, how far it is, and its undo.

The dialog blocks nothing. A rule is in force as long as its correction is.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app import store
from app.plain_text import plural
from ui.commands.keymap import with_key
from ui.grouping.actions import GroupingActions
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess
from ui.theme import UNIT
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import ROW, ListRow, RowList
from ui.widgets.tooltip import set_tooltip

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.grouping.corrections import Regrouping

_SIZE = (680, 480)
_KINDS = {"merge": "Merge", "split": "Split", "rule": "Rule"}
_TOKENS = {"running": "accent", "undoing": "accent", "done": "success", "undone": "level_debug"}
_HINT = "What is built upon another correction is undone before it."


class CorrectionsDialog(QDialog):
    """Lists the corrections, the newest first; `actions` undoes the selected one."""

    def __init__(self, store: StoreAccess, actions: GroupingActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Corrections of the grouping")
        self.setMinimumSize(480, 320)
        self.resize(*_SIZE)
        self._store = store
        self._actions = actions
        self._listed: dict[int, Regrouping] = {}
        self._ticket: Ticket | None = None
        self._is_stale = False
        self.list = RowList("Corrections of the grouping")
        self.none = PlainLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.message = PlainLabel(_HINT, wordWrap=True)
        self.undo = QPushButton("Undo")
        self._pages = QStackedWidget()
        self._lay_out()
        self.undo.clicked.connect(self._undo)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self, self._undo)
        self.list.selectionModel().currentChanged.connect(self._choose)
        actions.refused.connect(self._refuse)
        actions.committed.connect(lambda: self.message.setText(_HINT))
        store.troubled.connect(lambda _sentence: self._choose())

    def _lay_out(self) -> None:
        self.none.setObjectName("muted")
        self.message.setObjectName("muted")
        set_tooltip(self.undo, "Undo the selected correction (Del)")
        self.undo.setObjectName("secondary")
        self.undo.setAutoDefault(False)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.none)
        foot = QHBoxLayout()
        foot.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        foot.setSpacing(2 * UNIT)
        foot.addWidget(self.message, 1)
        foot.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

    def open(self) -> None:
        """Come to the front."""
        # The keys may be others since the last time.
        self.none.setText(_nothing())
        self.message.setText(_HINT)
        self.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def refresh(self) -> None:
        """Read the corrections; calls that come while they are read become one more reading."""
        if self._ticket is not None:
            self._is_stale = True
            return

        def read(connection: "Connection") -> "list[Regrouping]":
            return store.corrections.listed(connection)

        self._ticket = self._store.read(read, self._show, self._fail)

    def _show(self, listed: "list[Regrouping]") -> None:
        self._ticket = None
        self._listed = {one.id: one for one in listed}
        self.list.rows.show_rows(tuple(_row(one) for one in listed))
        self._pages.setCurrentWidget(self.list if listed else self.none)
        self.undo.setVisible(bool(listed))
        self.message.setVisible(bool(listed))
        if listed and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.rows.index(0))
        self._choose()
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def _fail(self, error: BaseException) -> None:
        self._ticket = None
        self._store.report_problem(error)

    def _chosen(self) -> "Regrouping | None":
        row: ListRow | None = self.list.currentIndex().data(ROW)
        return None if row is None else self._listed.get(int(row.key[0]))

    def _choose(self) -> None:
        chosen = self._chosen()
        self.undo.setText("Cancel" if chosen is not None and chosen.state == "running" else "Undo")
        self.undo.setEnabled(chosen is not None and chosen.state in ("running", "done"))

    def _refuse(self, sentence: str) -> None:
        self.message.setText(sentence)
        self._choose()

    def _undo(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self.undo.isEnabled():
            self.undo.setEnabled(False)
            self._actions.take_back(chosen.id, chosen.title)


def _nothing() -> str:
    merge = with_key("Select several issues and merge them", "merge")
    correct = with_key("Open an event and correct its grouping", "correct")
    return f"Nothing has been corrected yet.\n\n{merge}.\n{correct}: split its issue, or make a rule."


def _row(regrouping: "Regrouping") -> ListRow:
    return ListRow(
        key=(regrouping.id,),
        title=regrouping.title,
        where=f"{_KINDS.get(regrouping.kind, regrouping.kind)} · {_state(regrouping)}",
        at=regrouping.created_at,
        token=_TOKENS[regrouping.state],
        text=regrouping.title,
    )


def _state(regrouping: "Regrouping") -> str:
    so_far = f"{regrouping.done:,} of {plural(regrouping.total, 'event')}"
    match regrouping.state:
        case "running":
            return f"moving {so_far}"
        case "undoing":
            return f"being undone: {so_far} moved back"
        case "undone":
            return "undone"
        case _:
            return f"in force · {plural(regrouping.total, 'event')} moved"
