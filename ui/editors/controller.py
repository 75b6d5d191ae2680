"""Opens frames in the person's editor: finds the file, asks what must be asked, starts the editor, says so.

Everything that touches the disk or starts a process runs beside the UI thread. The chosen editor is looked up
beforehand, so that between a key and the started command there are only the file's own look-up and the start.
"""

from collections.abc import Callable
from pathlib import Path
from threading import Event as StopSign

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from app.editors import discovery, opening
from app.editors.launch import EditorFailed, Started
from app.editors.opening import ChosenEditor
from app.editors.template import TemplateError
from app.local_files import learn_map, locate, names, projects
from app.local_files.learn_map import Proposal
from app.local_files.locate import LocalFile
from app.model import Event, Frame
from app.plain_text import elided
from app.preferences import PathMap, Preferences
from ui.detail.pane import DetailPane
from ui.detail.requests import OpenFrame
from ui.editors import shown_frame
from ui.editors.choose_dialog import ChooseEditorDialog
from ui.editors.file_question import FileQuestion
from ui.editors.map_dialog import MapDialog
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess

CHECK_MS = 1_000
_MOST_REMEMBERED = 50
_LONGEST_NAME = 48


class _Asked(Struct, frozen=True):
    """A frame that is to be opened, and its event."""

    frame: Frame
    event: Event


class _Place(Struct, frozen=True, kw_only=True):
    """What was found: the file, its project's folder where a person must be asked, the editor where it
    started; `why_none` says why the chosen one cannot be used.
    """

    file: LocalFile | None
    project: Path | None = None
    editor: ChosenEditor | None = None
    started: Started | None = None
    why_none: str = ""


class EditorController(QObject):
    """Serves `OpenFrame` for the pane, and its button. `show_message` shows a sentence about what went
    wrong.
    """

    def __init__(
        self,
        window: QWidget,
        pane: DetailPane,
        preferences: PreferencesAccess,
        lookups: Background,
        show_message: Callable[[str], None],
    ) -> None:
        super().__init__(pane)
        self._window = window
        self._pane = pane
        self._preferences = preferences
        self._lookups = lookups
        self._show_message = show_message
        self._editor: ChosenEditor | None = None
        self._looked_up: tuple[str, str, bool] | None = None
        self._search = StopSign()
        self.dialog: QDialog | None = None
        pane.handle(OpenFrame, lambda request: self.open(request.frame))
        pane.actions_bar.open_requested.connect(self.open_meant)
        preferences.changed.connect(self.prepare)
        self.prepare()

    def prepare(self) -> None:
        """Find the chosen editor on this machine, before it is needed."""
        chosen = self._preferences.chosen
        choice = (chosen.editor, chosen.editor_command, chosen.editor_in_terminal)
        if choice != self._looked_up:
            self._looked_up = choice
            self._lookups.run(lambda: opening.chosen_editor(chosen), self._take_editor, self._lack_editor)

    @property
    def editor_name(self) -> str:
        """The name of the editor that files open in; empty when a person is still to be asked."""
        return "" if self._editor is None else self._editor.name

    def _take_editor(self, editor: ChosenEditor | None) -> None:
        self._editor = editor

    def _lack_editor(self, error: BaseException) -> None:
        if not isinstance(error, (EditorFailed, TemplateError)):
            raise error  # ours: it belongs into the log
        self._editor = None  # it is said when a file is to be opened

    def close(self) -> None:
        """End a search, and close what is open."""
        self._search.set()
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.close()

    def open_meant(self) -> None:
        """Open the frame that has the focus, else the one that failed."""
        if self._pane.detail is None:
            return
        frame = shown_frame.meant(self._pane)
        if frame is None:
            self._pane.jump_bar.show_message("No stack trace, so no line to open")
        else:
            self.open(frame)

    def open(self, frame: Frame) -> None:
        """Open a frame of the shown event."""
        if self._pane.detail is None:
            return
        if any(names.canonical(name) for name in (frame.abs_path, frame.filename) if name):
            self._open(_Asked(frame, self._pane.detail.event))
        else:
            self._pane.jump_bar.show_message("This frame names no file")

    def _open(self, asked: _Asked) -> None:
        chosen, editor = self._preferences.chosen, self._editor
        self._lookups.run(
            lambda: _find_and_start(asked, chosen, editor),
            lambda found: self._found(asked, found),
            self._fail,
        )

    def _found(self, asked: _Asked, found: _Place) -> None:
        if found.file is None:
            self._find_map(asked)
        elif found.file.root is None:
            self._confirm(found.file, found.project)
        else:
            self._opened(found.file, found)

    def _opened(self, file: LocalFile, found: _Place) -> None:
        """Say what was opened, or ask for an editor."""
        if found.started is None or found.editor is None:
            self._ask_editor(file, found.why_none)
        else:
            self._announce(file, found.editor, found.started)

    def _confirm(self, file: LocalFile, project: Path | None) -> None:
        def once() -> None:
            if project is not None:
                known = self._preferences.chosen.known_projects
                remembered = dict.fromkeys((str(project), *known))
                self._preferences.change(known_projects=tuple(remembered)[:_MOST_REMEMBERED])
            self._start(file)

        def always(root: Path) -> None:
            self._preferences.change(source_roots=(*self._preferences.chosen.source_roots, str(root)))
            self._start(file)

        self._show(FileQuestion(file.path, project, once, always, self._window))

    def _start(self, file: LocalFile, editor: ChosenEditor | None = None) -> None:
        """Start the editor for a file that may be opened."""
        chosen, known = self._preferences.chosen, editor or self._editor
        self._lookups.run(
            lambda: _start_in(file, chosen, known), lambda found: self._opened(file, found), self._fail
        )

    def _ask_editor(self, file: LocalFile, why: str) -> None:
        def choose(editor: ChosenEditor, fields: dict[str, object]) -> None:
            if fields:
                self._editor = editor
                self._preferences.change(**fields)
            self._start(file, editor)

        if why:
            self._show_message(why)
        dialog = ChooseEditorDialog(opening.described(file), choose, self._window)
        self._show(dialog)
        chosen = self._preferences.chosen
        self._lookups.run(
            discovery.find_all, lambda found: dialog.show_found(found, chosen) if isValid(dialog) else None
        )

    def _announce(self, file: LocalFile, editor: ChosenEditor, started: Started) -> None:
        self._pane.jump_bar.show_message(f"{opening.described(file)} opened in {editor.name}")
        # What fails does so at once; a second look costs nothing, and no thread waits meanwhile.
        QTimer.singleShot(
            CHECK_MS, self, lambda: self._lookups.run(lambda: started.check(0), lambda _: None, self._fail)
        )

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, (EditorFailed, TemplateError)):
            raise error  # ours: it belongs into the log
        self._pane.jump_bar.show_message("Not opened")
        self._show_message(str(error))
        self._looked_up = None
        self.prepare()

    def _find_map(self, asked: _Asked) -> None:
        """Look for the file in known projects; the dialog proposes what was found."""
        name = asked.frame.abs_path or asked.frame.filename or ""
        dialog = MapDialog(elided(name, 10 * _LONGEST_NAME), self._window)
        dialog.used.connect(lambda path_map: self._use_map(asked, path_map))
        dialog.declined.connect(self._decline_map)
        dialog.folder_chosen.connect(lambda folder: self._search_in(asked, dialog, folder))
        self._show(dialog)
        self._search_in(asked, dialog, None)

    def _search_in(self, asked: _Asked, dialog: MapDialog, folder: Path | None) -> None:
        self._search.set()
        stop = self._search = StopSign()
        dialog.finished.connect(lambda _result: stop.set())
        dialog.show_searching(folder)
        chosen = self._preferences.chosen

        def done(proposal: Proposal | None) -> None:
            if isValid(dialog) and not stop.is_set():
                is_declined = (
                    folder is None and proposal is not None and proposal.path_map in chosen.declined_maps
                )
                dialog.show_found(None if is_declined else proposal)

        self._lookups.run(lambda: _learn(asked, chosen, folder, stop), done)

    def _use_map(self, asked: _Asked, path_map: PathMap) -> None:
        self._preferences.change(path_maps=(*self._preferences.chosen.path_maps, path_map))
        self._open(asked)

    def _decline_map(self, path_map: PathMap) -> None:
        declined = (path_map, *self._preferences.chosen.declined_maps)
        self._preferences.change(declined_maps=declined[:_MOST_REMEMBERED])

    def _show(self, dialog: QDialog) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.close()
        self.dialog = dialog
        dialog.setModal(True)
        dialog.show()


def _find_and_start(asked: _Asked, chosen: Preferences, editor: ChosenEditor | None) -> _Place:
    """Find the file, and open it where nothing must be asked."""
    file = locate.find(asked.frame, asked.event.project, chosen)
    if file is None:
        return _Place(file=None)
    if file.root is None:
        return _Place(file=file, project=projects.root_of(file.path))
    return _start_in(file, chosen, editor)


def _start_in(file: LocalFile, chosen: Preferences, editor: ChosenEditor | None) -> _Place:
    """Open a file that may be opened, in `editor` or else the chosen one; where there is none, say why."""
    why = ""
    if editor is None:
        try:
            editor = opening.chosen_editor(chosen)
        except (EditorFailed, TemplateError) as error:
            why = str(error)
    started = None if editor is None else opening.start(editor, file)
    return _Place(file=file, editor=editor, started=started, why_none=why)


def _learn(asked: _Asked, chosen: Preferences, folder: Path | None, stop: StopSign) -> Proposal | None:
    folders = projects.candidates(chosen, stop.is_set) if folder is None else (folder,)
    frames = learn_map.all_frames(asked.event)
    return learn_map.learn(asked.frame, frames, asked.event.project, folders, stop.is_set)
