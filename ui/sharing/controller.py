"""Copies the shown event, exports it, and imports files: all work off the UI thread."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app import private_files, sharing, user_agent_process
from app.plain_text import one_line, plural
from app.settings import Settings
from ui import sharing as dialogs
from ui.link.background import Background, Ticket
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.sharing.drop_hint import DropHint
from ui.sharing.file_drop import FileDrop

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.detail import EventDetail
    from app.sharing.copies import Copy
    from app.sharing.exports import Export, Source
    from app.store.database import Connection
    from ui.detail.pane import DetailPane
    from ui.sharing.export_dialog import ExportDialog

_FILTER = "Exported reports and others (*.html *.arecibo *.json *.envelope *.txt *.log);;All files (*)"
_GONE = "This event is no longer stored: retention has removed it."


class SharingController(QObject):
    """`message` carries sentences about what was done. `further_lines` are asked for Markdown's history."""

    message = Signal(str)

    def __init__(
        self,
        window: QWidget,
        store: StoreAccess,
        lookups: Background,
        preferences: PreferencesAccess,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._store = store
        self._lookups = lookups
        self._preferences = preferences
        self._settings = settings
        self._pane: DetailPane | None = None
        self._source: Source | None = None
        self._preparing: Ticket | None = None
        self._is_importing = False
        self.further_lines: Callable[[EventDetail], Sequence[str]] = self._of_git
        self.dialog: ExportDialog | None = None
        self.drop = FileDrop(window)
        self.hint: DropHint | None = None
        self.drop.dropped.connect(self.import_files)
        self.drop.hovering.connect(self._show_hint)

    def attach(self, pane: "DetailPane") -> None:
        """Serve this detail pane."""
        self._pane = pane
        pane.copy_requested.connect(self.copy)
        pane.export_requested.connect(self.export)

    def _of_git(self, detail: "EventDetail") -> Sequence[str]:
        return sharing.history.lines(detail.event, self._preferences.chosen)

    def open_copy_menu(self) -> None:
        """Let the person choose the form of a copy, if an event is shown."""
        if self._pane is not None and self._pane.detail is not None:
            self._pane.actions_bar.open_copy_menu()

    def copy(self, form: str) -> None:
        """Put the shown event on the clipboard in this form, and remember the form."""
        pane = self._pane
        detail = None if pane is None else pane.detail
        if pane is None or detail is None:
            return
        chosen, further_lines = self._preferences.chosen, self.further_lines

        def made() -> "Copy":
            more = further_lines(detail) if form == sharing.forms.FIRST.name else ()
            return sharing.copies.made(_with_agent(detail), form, chosen, more)

        def copied(copy: "Copy") -> None:
            pane.page.copy(copy.text, copy.what)
            if form not in ("id", self._preferences.chosen.copy_form):
                self._preferences.change(copy_form=form)

        self._lookups.run(made, copied)

    def export(self) -> None:
        """Ask how the shown event is to be exported."""
        detail = None if self._pane is None else self._pane.detail
        if detail is None:
            return
        if self.dialog is None:
            # Most sessions never see it.
            self.dialog = dialogs.export_dialog.ExportDialog(self._window)
            self.dialog.changed.connect(self._prepare)
            self.dialog.save_requested.connect(self._choose_file)
            self.dialog.finished.connect(self._forget)
        self._source = None
        pk = detail.pk
        self._drop_preparing()
        self.dialog.open_for(one_line(detail.event.title))

        def read(connection: "Connection") -> "Source | None":
            return sharing.exports.read(connection, pk)

        self._preparing = self._store.read(read, self._take_source, self._cannot_prepare)

    def close(self) -> None:
        """Put the dialog away."""
        if self.dialog is not None:
            self.dialog.close()

    def choose_files(self) -> None:
        """Ask for files, and import them."""
        names, _filter = QFileDialog.getOpenFileNames(self._window, "Import", "", _FILTER)
        self.import_files([Path(name) for name in names])

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import files one after the other, and say how that went."""
        if not paths:
            return
        if self._is_importing:
            self.message.emit("Files are being imported; drop these again when that is done.")
            return
        self._is_importing = True
        most = sharing.import_files.MOST_FILES
        settings = self._settings
        self.message.emit(f"Importing {plural(min(len(paths), most), 'file')} …")

        def work() -> list[tuple[bool, str]]:
            return [_imported(settings, path) for path in paths[:most]]

        self._lookups.run(work, lambda results: self._tell(results, len(paths)), self._import_failed)

    def save(self, path: Path) -> None:
        """Save what the dialog shows at `path`."""
        dialog = self.dialog
        export = None if dialog is None else dialog.export
        if dialog is None or export is None:
            return

        def saved(error: OSError | None) -> None:
            if error is not None:
                dialog.show_failure(f"{path.name} cannot be written: {error.strerror or error}.")
                return
            dialog.accept()
            self.message.emit(f"Exported to {path}. {sharing.exports.hidden_text(export)}")

        self._lookups.run(lambda: _written(path, export.data), saved)

    def _take_source(self, source: "Source | None") -> None:
        self._preparing = None
        self._source = source
        if source is None and self.dialog is not None:
            self.dialog.show_failure(_GONE)
        else:
            self._prepare()

    def _prepare(self) -> None:
        source, dialog = self._source, self.dialog
        if source is None or dialog is None:
            return
        self._drop_preparing()
        form, parts, chosen = dialog.form, dialog.parts(), self._preferences.chosen

        def made() -> "Export":
            return sharing.exports.made(source, form, chosen, parts)

        self._preparing = self._lookups.run(made, dialog.show_export)

    def _cannot_prepare(self, error: BaseException) -> None:
        self._preparing = None
        if self.dialog is not None:
            self.dialog.show_failure(f"The event cannot be read: {error}")
        self._store.report_problem(error)

    def _choose_file(self) -> None:
        dialog = self.dialog
        if dialog is None or dialog.export is None:
            return
        suggested = str(Path.home() / dialog.export.name)
        name, _filter = QFileDialog.getSaveFileName(dialog, "Export", suggested)
        if name:
            self.save(Path(name))

    def _drop_preparing(self) -> None:
        if self._preparing is not None:
            self._preparing.cancel()
        self._preparing = None

    def _forget(self) -> None:
        """The dialog is closed: its event may be large."""
        self._drop_preparing()
        self._source = None
        if self.dialog is not None:
            self.dialog.export = None

    def _tell(self, results: list[tuple[bool, str]], wanted: int) -> None:
        self._is_importing = False
        failures = [sentence for ok, sentence in results if not ok]
        done = len(results) - len(failures)
        if wanted == 1:
            self.message.emit(results[0][1])
            return
        said = [f"{done:,} of {plural(wanted, 'file')} imported."]
        if wanted > len(results):
            said.append(f"At most {sharing.import_files.MOST_FILES} are imported at once.")
        self.message.emit(" ".join([*said, *failures[:2]]))

    def _import_failed(self, error: BaseException) -> None:
        self._is_importing = False
        raise error  # ours: it belongs into the log

    def _show_hint(self, is_over: bool) -> None:
        if self.hint is None:
            self.hint = DropHint(self._window)
        self.hint.show_over(is_over)


def _with_agent(detail: "EventDetail") -> "EventDetail":
    agent = detail.event.user_agent
    if agent is None:
        return detail
    return replace(detail, event=replace(detail.event, user_agent=user_agent_process.shared.complete(agent)))


def _imported(settings: Settings, path: Path) -> tuple[bool, str]:
    try:
        body = sharing.import_files.read(path)
    except sharing.import_files.CannotImport as error:
        return False, str(error)
    result = sharing.sending.send(settings, body, path.name)
    return result.ok, result.message


def _written(path: Path, data: bytes) -> OSError | None:
    try:
        private_files.write(path, data)
    except OSError as error:
        return error
    return None
