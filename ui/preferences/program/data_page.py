"""Where everything is kept and how large it is; its backups; and the end of all of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar
from shiboken6 import isValid

from app import paths, store
from app.settings import MIB
from ui import wording
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.program.backup_list import BackupList
from ui.preferences.program.backup_run import BackupRun
from ui.preferences.program.settings_page import SettingsPage, button, form, muted, number, row, title
from ui.theme import UNIT
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick

if TYPE_CHECKING:
    from app.store.upkeep.backup import Backup

_STEPS = 1_000
_ABOUT = (
    "A backup is a whole store, written while the engine works, and checked after that. Clients do not wait "
    "for it. It is as large as the store."
)
_CLEAR = "Deletes every issue and event. It can be undone for a day."


class _Found(Struct, frozen=True):
    """How large the folder's store is, and which backups there are."""

    store_bytes: int
    other_bytes: int
    backups: "tuple[Backup, ...]"


class DataPage(SettingsPage):
    """What it shows of the disk is read when it is shown, and after each backup."""

    def __init__(self, access: PreferencesAccess) -> None:
        super().__init__(access)
        self.folder = PlainLabel(str(access.data_dir), wordWrap=True)
        self.bytes = muted("")
        self.open_folder = button("Open the folder", self._open_folder)
        self.back_up = button("Back up now", self._back_up)
        self.back_up_to = button("Back up to …", self._choose_and_back_up)
        self.cancel = button("Cancel", self._cancel)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(UNIT)
        self.progress.setRange(0, _STEPS)
        self.progress.setAccessibleName("How far the backup is")
        self.outcome = muted("")
        self.backups = BackupList()
        self.daily = Tick("Back up once a day")
        self.kept = number("Daily backups that are kept", 1, 365)
        self.backup_folder = muted("")
        self.choose_folder = button("Choose where …", self._choose_folder)
        self.clear = button("Clear everything …", lambda: self._ask_to_clear(True))
        self.clear_now = button("Delete everything", self._clear, "primary")
        self.keep = button("Cancel", lambda: self._ask_to_clear(False))
        self._run = BackupRun(access.data_dir, self)
        self._lay_out()
        self._connect()
        self._rest("")
        self.end()

    def _lay_out(self) -> None:
        column = self.column
        column.addWidget(title("Data"))
        column.addWidget(self.folder)
        column.addWidget(self.bytes)
        column.addLayout(row(self.open_folder))
        column.addSpacing(UNIT)
        column.addWidget(title("Backups"))
        column.addWidget(muted(_ABOUT))
        column.addLayout(row(self.back_up, self.back_up_to, self.cancel))
        column.addWidget(self.progress)
        column.addWidget(self.outcome)
        column.addWidget(self.backups)
        column.addSpacing(UNIT)
        column.addWidget(self.daily)
        column.addLayout(form(("Keep the newest", self.kept)))
        column.addWidget(self.backup_folder)
        column.addLayout(row(self.choose_folder))
        column.addSpacing(UNIT)
        column.addWidget(title("Everything"))
        column.addWidget(muted(_CLEAR))
        column.addLayout(row(self.clear, self.clear_now, self.keep))
        self._ask_to_clear(False)

    def _connect(self) -> None:
        self._run.progressed.connect(self._show_progress)
        self._run.ended.connect(self._show_outcome)
        self.backups.restore_requested.connect(self._restore)
        self.daily.clicked.connect(lambda on: self.settings.change("daily backups", {"backup.daily": on}))
        self.kept.valueChanged.connect(self._keep)
        self.settings.changed.connect(self._look)
        self.settings.answered.connect(self._show_answer)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def show_settings(self) -> None:
        policy = self.settings.chosen.backup
        self.daily.setChecked(policy.daily)
        self.kept.blockSignals(True)
        self.kept.setValue(policy.kept)
        self.kept.blockSignals(False)
        self.kept.setEnabled(policy.daily)
        self.backup_folder.setText(f"Backups go to {self._folder()}.")

    def _folder(self) -> Path:
        # The name is written out: the module that knows it loads the library for the store.
        return self.settings.chosen.backup.folder or self.access.data_dir / "backups"

    def _keep(self, kept: int) -> None:
        if kept != self.settings.chosen.backup.kept:
            self.settings.change("daily backups that are kept", {"backup.kept": kept})

    def _look(self) -> None:
        if not (isValid(self) and self.isVisible()):
            return
        data_dir, folder = self.access.data_dir, self._folder()
        self.access.background.run(lambda: _look_at(data_dir, folder), self._show_found)

    def _show_found(self, found: _Found) -> None:
        if not isValid(self):
            return
        others = f", and {wording.size(found.other_bytes)} besides" if found.other_bytes >= MIB else ""
        self.bytes.setText(f"The store takes {wording.size(found.store_bytes)}{others}.")
        self.backups.show_backups(found.backups)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.access.data_dir)))

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Where backups go", str(self._folder()))
        if folder:
            self.settings.change("folder of backups", {"backup.folder": folder})

    def _choose_and_back_up(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Back up to", str(self._folder()))
        if folder:
            self._begin(Path(folder))

    def _back_up(self) -> None:
        self._begin(self._folder())

    def _begin(self, folder: Path) -> None:
        for each in (self.back_up, self.back_up_to):
            each.hide()
        self.cancel.show()
        self.cancel.setFocus()
        self.progress.setValue(0)
        self.progress.show()
        self.outcome.setText("Copying the store …")
        self.outcome.show()
        self._run.begin(folder)

    def _cancel(self) -> None:
        self._run.cancel()

    def _show_progress(self, part: float, is_checked: bool) -> None:
        self.progress.setValue(round(part * _STEPS))
        self.outcome.setText("Checking the copy …" if is_checked else f"Copying the store … {part:.0%}")

    def _rest(self, said: str) -> None:
        for each in (self.back_up, self.back_up_to):
            each.show()
        if self.cancel.hasFocus():
            self.back_up.setFocus()
        self.cancel.hide()
        self.progress.hide()
        self.outcome.setText(said)
        self.outcome.setVisible(bool(said))

    def _show_outcome(self, outcome: "Backup | str") -> None:
        if isinstance(outcome, str):
            self._rest(outcome)
            return
        self._rest(f"Backed up and checked: {outcome.file}, {wording.size(outcome.size)}.")
        self._look()

    def _show_answer(self, sentence: str) -> None:
        if isValid(self):
            self._rest(sentence)
            self._look()

    def _ask_to_clear(self, asks: bool) -> None:
        had_focus = self.clear.hasFocus() or self.clear_now.hasFocus() or self.keep.hasFocus()
        self.clear.setVisible(not asks)
        self.clear_now.setVisible(asks)
        self.keep.setVisible(asks)
        if had_focus:
            (self.keep if asks else self.clear).setFocus()

    def _clear(self) -> None:
        self._ask_to_clear(False)
        self.settings.asked.emit("clear", None)

    def _restore(self, file: Path) -> None:
        self.outcome.setText("Restoring: the engine checks the backup first …")
        self.outcome.show()
        self.settings.asked.emit("restore", file)


def _look_at(data_dir: Path, folder: Path) -> _Found:
    database = paths.DATABASE
    sizes = {file.name: file.stat().st_size for file in data_dir.iterdir() if file.is_file()}
    own = sum(size for name, size in sizes.items() if name.startswith(database))
    backup = store.backup
    return _Found(own, sum(sizes.values()) - own, (*backup.listed(folder), *backup.set_aside(data_dir)))
