"""What the scrub rules hide in the newest events, counted off the UI thread; it can be cancelled."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app import sharing, store
from app.plain_text import one_line, plural
from app.preferences import ScrubPattern
from app.store.errors import StoreError
from ui.link.background import Ticket
from ui.link.preferences_access import PreferencesAccess
from ui.theme import UNIT
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from app.sharing.scrub_preview import ScrubPreview

POLL_MS = 100
_COLUMNS = ("Where", "Rule", "Values", "Events", "For instance")
_HEIGHT = 190


class _Looking:
    """How far the looking has come; `cancelled` ends it."""

    def __init__(self) -> None:
        self.so_far = (0, 0)
        self.cancelled = False

    def report(self, done: int, total: int) -> bool:
        self.so_far = (done, total)
        return not self.cancelled


class ScrubPreviewBox(QWidget):
    """A button that looks, a bar while it does, and a table of what it found."""

    def __init__(self, access: PreferencesAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._looking: _Looking | None = None
        self._ticket: Ticket | None = None
        self.look = QPushButton("See what is hidden in the newest events")
        self.cancel = QPushButton("Cancel")
        self.progress = QProgressBar(textVisible=False)
        self.message = PlainLabel(wordWrap=True)
        self.table = QTreeWidget()
        self._clock = QTimer(self)
        self._clock.setInterval(POLL_MS)
        self._clock.timeout.connect(self._show_progress)
        self._lay_out()
        self.look.clicked.connect(self.begin)
        self.cancel.clicked.connect(self.stop)

    def _lay_out(self) -> None:
        self.table.setHeaderLabels(_COLUMNS)
        self.table.setRootIsDecorated(False)
        self.table.setAccessibleName("What is hidden")
        self.table.setFixedHeight(_HEIGHT)
        self.table.setUniformRowHeights(True)
        header = self.table.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.progress.setFixedHeight(UNIT)
        self.message.setObjectName("muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        for button in (self.look, self.cancel):
            button.setAutoDefault(False)
            button.setObjectName("secondary")
            buttons.addWidget(button)
        buttons.addWidget(self.progress, 1)
        buttons.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addLayout(buttons)
        column.addWidget(self.message)
        column.addWidget(self.table)
        for widget in (self.cancel, self.progress, self.message, self.table):
            widget.hide()

    def begin(self) -> None:
        """Look through the newest events by the rules of now."""
        self.stop()
        looking = self._looking = _Looking()
        folder, patterns = self._access.data_dir, self._access.chosen.scrub_patterns
        self.look.hide()
        self.cancel.show()
        self.progress.show()
        self._show_progress()
        self._clock.start()

        def work() -> "ScrubPreview | str | None":
            return _looked(folder, patterns, looking)

        self._ticket = self._access.background.run(work, self._show_found)

    def stop(self) -> None:
        """End the looking; what was found before stays."""
        if self._looking is not None:
            self._looking.cancelled = True
        if self._ticket is not None:
            self._ticket.cancel()
        self._rest()

    def _rest(self) -> None:
        self._looking = self._ticket = None
        self._clock.stop()
        self.cancel.hide()
        self.progress.hide()
        self.look.show()

    def _show_progress(self) -> None:
        done, total = (0, 0) if self._looking is None else self._looking.so_far
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)

    def _show_found(self, found: "ScrubPreview | str | None") -> None:
        self._rest()
        self.table.clear()
        if found is None:
            return
        self.message.show()
        if isinstance(found, str):
            self.message.setText(found)
            self.table.hide()
            return
        looked = f"Looked through {plural(found.events, 'event')}"
        said = f"{looked}: this is hidden." if found.findings else f"{looked}: nothing is hidden."
        self.message.setText(" ".join((said, *found.problems)))
        self.table.setVisible(bool(found.findings))
        for finding in found.findings:
            cells = (finding.place, one_line(finding.rule, 60), f"{finding.values:,}", f"{finding.events:,}")
            self.table.addTopLevelItem(QTreeWidgetItem([*cells, finding.sample]))


def _looked(
    folder: Path, patterns: tuple[ScrubPattern, ...], looking: _Looking
) -> "ScrubPreview | str | None":
    try:
        with closing(store.database.open_existing(folder)) as database, database.reading() as connection:
            return sharing.scrub_preview.over_newest(connection, patterns, progress=looking.report)
    except StoreError as error:
        return str(error)
