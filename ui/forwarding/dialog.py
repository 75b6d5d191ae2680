"""“Passed on”: to which servers reports are passed on, how that goes, and a form for another one.

The dialog blocks nothing.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.clock import now_micros
from app.forwarding.words import WARNING, WHAT_GOES
from app.model import from_micros
from app.plain_text import plural
from ui.theme import UNIT
from ui.widgets.enter_key import press_with_enter
from ui.widgets.fields import line_field
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import ROW, ListRow, RowList

if TYPE_CHECKING:
    from app.store.forwarding.forwards import Forward

_SIZE = (720, 560)
_NONE = "Nothing is passed on. What arrives stays on this machine."
_HINT = "A DSN, as Sentry, GlitchTip or Bugsink shows it: https://KEY@HOST/PROJECT"


class ForwardingDialog(QDialog):
    """`add_requested(project, dsn)`: a new target. The others are about one by its number.

    `switch_requested` carries whether it is to send.
    """

    add_requested = Signal(str, str)
    switch_requested = Signal(int, bool)
    remove_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Passed on to other servers")
        self.setMinimumSize(560, 480)
        self.resize(*_SIZE)
        self.found: dict[int, Forward] = {}
        self.list = RowList("Where reports are passed on to")
        self.none = PlainLabel(_NONE, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.switch, self.remove = QPushButton("Pause"), QPushButton("Remove")
        self.project = line_field("Project")
        self.dsn = line_field("DSN of the other server", "", "https://KEY@HOST/PROJECT")
        self.add_button = QPushButton("Pass on")
        self.message = PlainLabel(_HINT, wordWrap=True)
        self._pages = QStackedWidget()
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._judge)
        self.project.textChanged.connect(self._judge)
        self.dsn.textChanged.connect(self._judge)
        self.switch.clicked.connect(self._switch)
        self.remove.clicked.connect(self._remove)
        self.add_button.clicked.connect(self._add)
        self._judge()

    def open_for(self, project: str) -> None:
        """Come to the front, with this project in the form."""
        self.project.setText(project)
        self.message.setText(_HINT)
        self.show()
        self.raise_()
        self.activateWindow()
        (self.dsn if project else self.project).setFocus()

    def show_targets(self, found: "Sequence[Forward]") -> None:
        """Show these."""
        self.found = {each.id: each for each in found}
        self.list.rows.show_rows(tuple(_row(each) for each in found))
        self._pages.setCurrentWidget(self.list if found else self.none)
        if found and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.rows.index(0))
        self._judge()

    def show_added(self, project: str) -> None:
        """What was asked for is done."""
        self.dsn.clear()
        self.message.setText(f"What arrives for {project} from now on is passed on.")

    def show_refusal(self, sentence: str) -> None:
        """What was asked for cannot be done."""
        self.message.setText(sentence)

    @property
    def selected(self) -> "Forward | None":
        """The target that the buttons are about."""
        row: ListRow | None = self.list.currentIndex().data(ROW)
        return None if row is None else self.found.get(int(row.key[0]))

    def _lay_out(self) -> None:
        for label in (self.none, self.message):
            label.setObjectName("muted")
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.none)
        for button in (self.switch, self.remove):
            button.setObjectName("secondary")
            button.setAutoDefault(False)
            press_with_enter(button)
        self.add_button.setObjectName("primary")
        self.add_button.setDefault(True)
        acts = QHBoxLayout()
        acts.setContentsMargins(3 * UNIT, 0, 3 * UNIT, 0)
        acts.setSpacing(UNIT)
        acts.addStretch(1)
        acts.addWidget(self.remove)
        acts.addWidget(self.switch)
        form = QVBoxLayout()
        form.setContentsMargins(*(4 * (3 * UNIT,)))
        form.setSpacing(UNIT)
        form.addWidget(_label("Pass on the reports of the project", "caption"))
        form.addWidget(self.project)
        form.addWidget(_label("to", "caption"))
        form.addWidget(self.dsn)
        form.addWidget(_label(WARNING, "strong"))
        form.addWidget(_label(WHAT_GOES, "muted"))
        foot = QHBoxLayout()
        foot.setSpacing(2 * UNIT)
        foot.addWidget(self.message, 1)
        foot.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        form.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, UNIT, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self._pages, 1)
        column.addLayout(acts)
        column.addLayout(form)

    def _judge(self) -> None:
        self.add_button.setEnabled(bool(self.project.text().strip() and self.dsn.text().strip()))
        selected = self.selected
        for button in (self.switch, self.remove):
            button.setVisible(selected is not None)
        if selected is not None:
            self.switch.setText("Pause" if selected.enabled else "Resume")

    def _add(self) -> None:
        if self.add_button.isEnabled():
            self.message.setText("Looking …")
            self.add_requested.emit(self.project.text().strip(), self.dsn.text().strip())

    def _switch(self) -> None:
        if (selected := self.selected) is not None:
            self.switch_requested.emit(selected.id, not selected.enabled)

    def _remove(self) -> None:
        if (selected := self.selected) is not None:
            self.remove_requested.emit(selected.id)


def _row(each: "Forward") -> ListRow:
    if not each.enabled:
        state, token = "paused: what arrives waits", "level_debug"
    elif each.failures and each.next_try_at > now_micros():
        at = from_micros(each.next_try_at).astimezone()
        state, token = f"next try at {at:%H:%M:%S}", "level_error"
    else:
        state, token = ("failing", "level_error") if each.failures else ("on", "level_info")
    parts = [state, f"{each.sent:,} sent", f"{each.waiting:,} waiting"]
    if each.not_sent:
        parts.append(f"{plural(each.not_sent, 'report')} not sent")
    if each.last_error:
        parts.append(each.last_error)
    title = f"{each.project} → {each.where}"
    return ListRow(
        key=(each.id,),
        title=title,
        where=" · ".join(parts),
        at=None if each.last_sent is None else from_micros(each.last_sent),
        token=token,
        text=title,
    )


def _label(text: str, name: str) -> PlainLabel:
    label = PlainLabel(text, wordWrap=True)
    label.setObjectName(name)
    return label
