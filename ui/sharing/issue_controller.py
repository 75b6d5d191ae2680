"""Copies and exports the issues that are meant in the list, in the background, a part at a time."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from app import private_files, sharing
from app.plain_text import plural
from ui.issues.selection.selection import ListSelection
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.model import Issue
    from app.store.database import Connection

READ_AT_ONCE = 500
EVENTS_AT_ONCE = 50
SHOWN_EVERY_SECONDS = 0.5
_FILTER = "Page (*.html);;Markdown (*.md);;JSON lines (*.jsonl);;Titles (*.txt)"


class IssueSharing(QObject):
    """`message`: what was done. `progressed`: how far an export is, which can be cancelled."""

    message = Signal(str)
    progressed = Signal(str)

    def __init__(
        self,
        window: QWidget,
        store: StoreAccess,
        lookups: Background,
        preferences: PreferencesAccess,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._store = store
        self._lookups = lookups
        self._preferences = preferences
        self._is_cancelled = False
        self._shown_at = 0.0

    def ask_form(self, selection: ListSelection, at: QPoint) -> None:
        """Let the person choose in which form these issues are copied, in a menu at this place."""
        if selection.selected.is_nothing:
            return
        window = self._window
        menu = QMenu(window)
        menu.setAccessibleName("Copy the selected issues")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction("Copy as a &Markdown list", partial(self.copy, selection, "markdown"))
        menu.addAction("Copy the &titles", partial(self.copy, selection, "titles"))
        menu.addAction("Copy as &JSON lines", partial(self.copy, selection, "json"))
        menu.popup(at - QPoint(0, menu.sizeHint().height() if selection.is_many else 0))
        menu.setActiveAction(menu.actions()[0])

    def copy(self, selection: ListSelection, form: str) -> None:
        """Put the issues that are meant on the clipboard."""
        chosen = self._preferences.chosen

        def copied(issues: "list[Issue]") -> None:
            self._lookups.run(
                lambda: sharing.issue_list.as_text(issues, form, chosen), partial(put, len(issues))
            )

        def put(number: int, text: str) -> None:
            QApplication.clipboard().setText(text)
            self.message.emit(f"{plural(number, 'issue')} copied")

        def begin(issue_ids: list[int]) -> None:
            most = sharing.issue_list.MOST_COPIED
            if len(issue_ids) > most:
                self.message.emit(f"At most {most:,} issues are copied at once; more can be exported.")
            elif issue_ids:
                self._begin(issue_ids, copied)

        selection.collect(begin)

    def ask_file(self, selection: ListSelection) -> None:
        """Ask for a file, and export the issues that are meant into it."""
        suggested = str(Path.home() / "issues.html")
        name, _filter = QFileDialog.getSaveFileName(self._window, "Export", suggested, _FILTER)
        if name:
            self.export(selection, Path(name))

    def export(self, selection: ListSelection, path: Path) -> None:
        """Export the issues that are meant, in the form that the file's name says."""
        form = sharing.issue_list.SUFFIXES.get(path.suffix, sharing.issue_list.HTML)
        chosen = self._preferences.chosen

        def read(issues: "list[Issue]") -> None:
            if form == sharing.issue_list.HTML:
                self._read_events(issues, {}, partial(write_page, issues))
            else:
                write(len(issues), lambda: sharing.issue_list.as_text(issues, form, chosen))

        def write_page(issues: "list[Issue]", texts: dict[int, str]) -> None:
            write(len(issues), lambda: sharing.issue_list.as_page(issues, texts, chosen))

        def write(number: int, made: Callable[[], str]) -> None:
            self._lookups.run(partial(_written, path, made), partial(self._tell, path, number))

        selection.collect(lambda issue_ids: self._begin(issue_ids, read) if issue_ids else None)

    def cancel(self) -> None:
        """Read nothing more, and write nothing."""
        self._is_cancelled = True

    def _begin(self, issue_ids: list[int], done: "Callable[[list[Issue]], None]") -> None:
        self._is_cancelled = False
        self._shown_at = time.monotonic()
        found: list[Issue] = []

        def read(start: int) -> None:
            some = issue_ids[start : start + READ_AT_ONCE]
            if not some:
                done(sharing.issue_list.in_order(found))
                return
            self._store.read(
                lambda connection: sharing.issue_list.read(connection, some), partial(take, start)
            )

        def take(start: int, issues: "list[Issue]") -> None:
            found.extend(issues)
            if not self._has_ended(start, len(issue_ids)):
                read(start + READ_AT_ONCE)

        read(0)

    def _read_events(
        self, issues: "list[Issue]", texts: dict[int, str], done: Callable[[dict[int, str]], None]
    ) -> None:
        chosen, most = self._preferences.chosen, min(len(issues), sharing.issue_list.MOST_EVENTS)

        def read(start: int) -> None:
            some = issues[start : min(start + EVENTS_AT_ONCE, most)]
            if not some:
                done(texts)
                return

            def work(connection: "Connection") -> dict[int, str]:
                return sharing.issue_list.event_texts(connection, some, chosen)

            self._store.read(work, partial(take, start))

        def take(start: int, found: dict[int, str]) -> None:
            texts.update(found)
            if not self._has_ended(start, most):
                read(start + EVENTS_AT_ONCE)

        read(0)

    def _has_ended(self, done: int, of: int) -> bool:
        """Show how far it is; whether it was cancelled."""
        if not self._is_cancelled and time.monotonic() - self._shown_at > SHOWN_EVERY_SECONDS:
            self._shown_at = time.monotonic()
            self.progressed.emit(f"{done:,} of {plural(of, 'issue')} read …")
        if self._is_cancelled:
            self.message.emit("The export was cancelled")
        return self._is_cancelled

    def _tell(self, path: Path, number: int, error: OSError | None) -> None:
        if error is None:
            self.message.emit(f"{plural(number, 'issue')} exported to {path}")
        else:
            self.message.emit(f"{path.name} cannot be written: {error.strerror or error}.")


def _written(path: Path, made: Callable[[], str]) -> OSError | None:
    data = made().encode("utf-8", "replace")
    try:
        private_files.write(path, data)
    except OSError as error:
        return error
    return None
