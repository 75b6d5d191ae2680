"""The backups that there are, and the stores that were set aside for one, with age and size."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from ui import wording
from ui.preferences.program.settings_page import button, muted, row
from ui.theme import UNIT

if TYPE_CHECKING:
    from app.store.upkeep.backup import Backup

_HEIGHT = 15 * UNIT
_ASK = (
    "The store of {at} takes the place of the present one, which is set aside and stays in this list: it can "
    "be had back. What waits to be digested is carried over. Errors are taken meanwhile, but for a moment."
)


class BackupList(QWidget):
    """`restore_requested` carries the file that a person has confirmed."""

    restore_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backups: tuple[Backup, ...] = ()
        self._asked: Backup | None = None
        self.table = QListWidget()
        self.table.setObjectName("choices")
        self.table.setAccessibleName("Backups")
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setFixedHeight(_HEIGHT)
        self.none = muted("There is no backup yet.")
        self.restore = button("Restore …", self._ask)
        self.question = muted("")
        self.confirm = button("Restore", self._restore, "primary")
        self.cancel = button("Cancel", self._withdraw)
        self._asking = QWidget()
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(UNIT)
        asking.addWidget(self.question)
        asking.addLayout(row(self.confirm, self.cancel))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        layout.addWidget(self.none)
        layout.addWidget(self.table)
        layout.addLayout(row(self.restore))
        layout.addWidget(self._asking)
        self.table.currentRowChanged.connect(lambda _row: self._judge())
        self.table.itemActivated.connect(lambda _item: self._ask())
        self.show_backups(())

    def show_backups(self, backups: "tuple[Backup, ...]") -> None:
        """Show these; the one that was chosen stays so."""
        before = self._chosen()
        self._backups = backups
        self.table.clear()
        now = datetime.now(UTC)
        for backup in backups:
            kind = "set aside for a backup" if backup.is_aside else "daily" if backup.is_daily else "by hand"
            made = backup.at.astimezone().strftime("%Y-%m-%d %H:%M")
            parts = (made, wording.ago(backup.at, now), wording.size(backup.size), kind)
            self.table.addItem("   ·   ".join(parts))
        files = [backup.file for backup in backups]
        self.table.setCurrentRow(files.index(before.file) if before and before.file in files else 0)
        self.none.setVisible(not backups)
        self.table.setVisible(bool(backups))
        self.restore.setVisible(bool(backups))
        self._withdraw()

    def _chosen(self) -> "Backup | None":
        number = self.table.currentRow()
        return self._backups[number] if 0 <= number < len(self._backups) else None

    def _judge(self) -> None:
        self.restore.setEnabled(self._chosen() is not None)
        if self._asked is not None and self._asked != self._chosen():
            self._withdraw()

    def _ask(self) -> None:
        self._asked = self._chosen()
        if self._asked is None:
            return
        self.question.setText(_ASK.format(at=self._asked.at.astimezone().strftime("%Y-%m-%d %H:%M")))
        self._asking.show()
        self.restore.hide()
        self.confirm.setFocus()

    def _withdraw(self) -> None:
        self._asked = None
        self._asking.hide()
        self.restore.setVisible(bool(self._backups))
        self.restore.setEnabled(self._chosen() is not None)

    def _restore(self) -> None:
        asked = self._asked
        self._withdraw()
        if asked is not None:
            self.restore_requested.emit(asked.file)
