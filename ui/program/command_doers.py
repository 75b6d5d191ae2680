"""What each command of the table does, and the palette and the page of keys, which list the commands."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractItemView, QApplication

from ui import availability, going, keyboard, palette
from ui.commands import ON_THE_EVENT, Commands
from ui.issues.actions import Verb
from ui.issues.selection.offers import why_not_merged
from ui.places import Page
from ui.program.controllers import Controllers
from ui.program.parts import Parts

if TYPE_CHECKING:
    from ui.keyboard.keys_help import KeysHelp
    from ui.palette.controller import PaletteController

MENU = (
    "open",
    "resolve",
    "resolve_in",
    "resolve_at",
    "mute",
    "reopen",
    "note",
    "merge",
    "correct",
    "corrections",
    "toggle_read",
    "pin",
    "copy_issues",
    "export_issues",
    "delete",
    "delete_event",
)


class CommandDoers(QObject):
    """Makes the window's `commands`, and the menu of the list from them."""

    def __init__(self, parts: Parts, controllers: Controllers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._controllers = controllers
        self._palette: PaletteController | None = None
        self._keys_help: KeysHelp | None = None
        window = parts.window
        doers = {
            **self._on_the_list(),
            **self._on_the_event(),
            **self._elsewhere(),
            **going.doers(window),
        }
        reasons = availability.reasons(window, parts.undo, lambda: parts.detail) | {
            "go_run": controllers.runs.why_none,
            "new_in_run": controllers.runs.why_not_new,
        }
        self.commands = Commands(window, doers, reasons)
        self.commands.refused.connect(parts.undo_bars.show_message)
        self.chord_hint = keyboard.chord_hint.ChordHint(window)
        window.issues.set_commands(self.commands.actions, MENU)

    def warm_up(self) -> None:
        """Make the palette, which then opens at once."""
        self._opened_palette().warm_up()

    def _on_the_list(self) -> dict[str, Callable[[], None]]:
        issues, controllers = self._parts.window.issues, self._controllers

        def act(verb: Verb) -> Callable[[], None]:
            return lambda: issues.act(verb)

        return {
            "next": lambda: issues.view.step(1),
            "previous": lambda: issues.view.step(-1),
            "resolve": act("resolve"),
            "mute": issues.ask_mute,
            "reopen": act("reopen"),
            "note": issues.ask_note,
            "merge": self._merge,
            "toggle_read": issues.toggle_read,
            "arrivals": issues.show_arrivals,
            "search": issues.filter_bar.focus,
            "save_view": controllers.sidebar.save_view,
            "new_session": controllers.sessions.begin,
            "new_in_run": controllers.runs.flip_new,
            "sort": issues.tools.open_menu,
            "density": issues.tools.change_density,
            "facets": issues.survey.toggle_facets,
            "select": issues.selection.marking.toggle,
            "select_all": self._select_all,
            "pin": issues.toggle_pin,
            "delete": self._delete,
            "clear": controllers.trash.actions.delete_all,
            "copy_issues": lambda: controllers.issue_sharing.ask_form(
                issues.selection, issues.place_of("copy_issues")
            ),
            "export_issues": lambda: controllers.issue_sharing.ask_file(issues.selection),
        }

    def _on_the_event(self) -> dict[str, Callable[[], None]]:
        controllers, flip = self._controllers, self._parts.preferences.flip
        return {
            "correct": controllers.correct,
            "delete_event": self._delete_event,
            "in_app": lambda: flip("only_in_app"),
            "frame_order": lambda: flip("newest_first"),
            "copy_as": controllers.sharing.open_copy_menu,
            "export": controllers.sharing.export,
            **{name: self._in_detail(name) for name in ON_THE_EVENT},
        }

    def _elsewhere(self) -> dict[str, Callable[[], None]]:
        parts, controllers = self._parts, self._controllers
        return {
            "undo": parts.undo.undo,
            "redo": parts.undo.redo,
            "corrections": controllers.grouping.show_made,
            "deleted": controllers.trash.open,
            "runs": controllers.runs.open,
            "go_run": controllers.runs.show_newest,
            "connect": controllers.connect_an_app,
            "connect_assistant": controllers.assistants.open,
            "doctor": self._ask_the_doctor,
            "notifications": controllers.notifier.open,
            "again": self._again,
            "again_all": self._retry_all,
            "discard": self._delete_or_discard,
            "import": controllers.sharing.choose_files,
            "preferences": controllers.preferences.open,
            "pause": controllers.desktop.toggle_pause,
            "forward": lambda: controllers.forwarding.open(parts.window.issues.feed.place.project or ""),
            "fault": lambda: controllers.faults.open(parts.window.issues.feed.place.project or ""),
            "help": self._show_keys,
            "palette": lambda: self._opened_palette().open(),
            "go_project": lambda: self._opened_palette().open_projects(),
            "quit": parts.window.leave,
        }

    def _opened_palette(self) -> "PaletteController":
        """The palette; it is made when it is first asked for."""
        parts = self._parts
        if self._palette is None:
            self._palette = palette.controller.PaletteController(
                parts.window,
                parts.store,
                parts.preferences,
                self.commands,
                parts.wayfinder.show_issue,
                self._controllers.preferences.open,
                self,
            )
        return self._palette

    def _show_keys(self) -> None:
        if self._keys_help is None:
            self._keys_help = keyboard.keys_help.KeysHelp(self._parts.window)
            self._keys_help.change_requested.connect(self._change_keys)
        self._keys_help.filter.clear()
        self._keys_help.open()

    def _change_keys(self) -> None:
        if self._keys_help is not None:
            self._keys_help.close()
        self._controllers.preferences.open("Keys")

    def _in_detail(self, command: str) -> Callable[[], None]:
        """Runs a command that acts on the shown event; nothing before there can be one."""
        parts = self._parts
        return lambda: None if parts.services is None else parts.services.run(command)

    def _merge(self) -> None:
        selected = self._parts.window.issues.selection.selected
        reason = why_not_merged(selected)
        if reason is None:
            self._controllers.grouping.merge([issue.id for issue in selected.issues])
        else:
            self._parts.undo.report(reason)

    def _ask_the_doctor(self) -> None:
        window = self._parts.window
        window.sidebar.go_to(Page.DOCTOR)
        window.doctor.setFocus()

    def _again(self) -> None:
        """Check, retry or run again: only the visible page does it."""
        self._parts.window.doctor.check_again()
        self._parts.window.queue.retry_or_run_selected()

    def _retry_all(self) -> None:
        self._parts.window.queue.retry_all()

    def _select_all(self) -> None:
        focused, issues = QApplication.focusWidget(), self._parts.window.issues
        if issues.isVisible():
            issues.selection.select_all()
        elif isinstance(focused, QAbstractItemView):
            focused.selectAll()

    def _delete(self) -> None:
        self._controllers.trash.delete(self._parts.window.issues.selection)

    def _delete_or_discard(self) -> None:
        """Del: in the queue it discards, in the list it deletes."""
        if self._parts.window.issues.isVisible():
            self._delete()
        else:
            self._parts.window.queue.discard_selected()

    def _delete_event(self) -> None:
        pane = self._parts.detail
        self._controllers.trash.delete_event(None if pane is None else pane.detail)
