"""“Runs”: all runs of commands that are remembered, how each ended, and what came in it.

The dialog blocks nothing.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app import store
from app.model import from_micros
from app.plain_text import compact_line
from ui.link.background import Ticket
from ui.link.counters import is_alive
from ui.link.store_access import StoreAccess
from ui.sidebar import run_wording
from ui.theme import UNIT
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import ROW, ListRow, RowList
from ui.widgets.tooltip import set_tooltip

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.places.run_numbers import ListedRun, ListedRuns

_SIZE = (720, 520)
_NONE = (
    "No command has been run yet.\n\narecibo run -- your command\n\n"
    "runs it as it is, and turns its crashes into errors here, whatever its language, without any client."
)


class RunsDialog(QDialog):
    """Lists the runs, the newest first.

    `chosen(run, is_new)`: show what came in a run, or only what is new in it. `forget_requested` carries a
    run. Both are of `ListedRun`.
    """

    chosen = Signal(object, bool)
    forget_requested = Signal(object)

    def __init__(self, access: StoreAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Runs")
        self.setMinimumSize(480, 320)
        self.resize(*_SIZE)
        self._access = access
        self._ticket: Ticket | None = None
        self._is_stale = False
        self._runs: dict[int, ListedRun] = {}
        self.list = RowList("Runs of commands")
        self.none = PlainLabel(_NONE, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.show_button = QPushButton("What came since it began")
        self.new_button = QPushButton("New against the run before")
        self.forget_button = QPushButton("Forget")
        self._pages = QStackedWidget()
        self._lay_out()
        self.show_button.clicked.connect(lambda: self._choose(is_new=False))
        self.new_button.clicked.connect(lambda: self._choose(is_new=True))
        self.forget_button.clicked.connect(self._forget)
        self.list.doubleClicked.connect(lambda _index: self._choose(is_new=False))
        self.list.selectionModel().currentChanged.connect(self._fit)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(key), self, lambda: self._choose(is_new=False))
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self, self._forget)

    def _lay_out(self) -> None:
        self.none.setObjectName("muted")
        self.show_button.setObjectName("primary")
        set_tooltip(self.show_button, "Show the errors that came while it ran (Enter)")
        set_tooltip(self.new_button, "Show the errors that the run before did not have")
        set_tooltip(self.forget_button, "Take the run off the list; its errors stay (Del)")
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.none)
        foot = QHBoxLayout()
        foot.setContentsMargins(*(4 * (2 * UNIT,)))
        foot.setSpacing(UNIT)
        foot.addWidget(self.forget_button)
        foot.addStretch(1)
        for button in (self.new_button, self.show_button):
            foot.addWidget(button)
        for button in (self.forget_button, self.new_button):
            button.setObjectName("secondary")
        for button in (self.forget_button, self.new_button, self.show_button):
            button.setAutoDefault(False)
            button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

    def open(self) -> None:
        """Come to the front."""
        self.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def refresh(self) -> None:
        """Read the runs; calls that come while they are read become one more reading."""
        if self._ticket is not None:
            self._is_stale = True
            return

        def read(connection: "Connection") -> "ListedRuns":
            return store.run_numbers.RunNumbers(is_alive).all(connection)

        self._ticket = self._access.read(read, self._show, self._fail)

    def _show(self, listed: "ListedRuns") -> None:
        self._ticket = None
        self._runs = {run.id: run for run in listed.runs}
        self.list.rows.show_rows(tuple(map(_row, listed.runs)))
        self._show_whether_any(bool(listed.runs))
        if listed.runs and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.rows.index(0))
        self._fit()
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def _show_whether_any(self, has_any: bool) -> None:
        self._pages.setCurrentWidget(self.list if has_any else self.none)
        for button in (self.forget_button, self.new_button, self.show_button):
            button.setVisible(has_any)

    def _fail(self, error: BaseException) -> None:
        # Before the engine has made the store there can be none.
        self._ticket = None
        self._show_whether_any(False)
        self._access.report_problem(error)

    def _current(self) -> "ListedRun | None":
        row: ListRow | None = self.list.currentIndex().data(ROW)
        return None if row is None else self._runs.get(int(row.key[0]))

    def _fit(self) -> None:
        run = self._current()
        self.new_button.setEnabled(run is not None and run.before is not None)

    def _choose(self, *, is_new: bool) -> None:
        run = self._current()
        if run is not None:
            self.chosen.emit(run, is_new)

    def _forget(self) -> None:
        run = self._current()
        if run is not None:
            self.forget_requested.emit(run)


def _row(run: "ListedRun") -> ListRow:
    over = "" if run.ended_at is None else f" · {run_wording.took(run.ended_at - run.started_at)}"
    where = f"{run.words} · {run_wording.errors(run.errors)} · {compact_line(run.project)}{over}"
    return ListRow(
        key=(run.id,),
        title=compact_line(run.command),
        where=f"Run {run.id} · {where}",
        at=from_micros(run.started_at),
        token=run_wording.TOKENS[run.state],
        text=run_wording.explained(run),
    )
