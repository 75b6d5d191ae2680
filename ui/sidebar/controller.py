"""Carries out what a person does in the sidebar: saved views, projects, what is dropped, what is read."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from app import store
from app.plain_text import compact_line
from ui import sidebar as room
from ui.issues import question_dialog
from ui.issues.pane import IssuesPane
from ui.link.store_access import StoreAccess
from ui.places import BY_TIME, Place
from ui.sidebar import dropping
from ui.sidebar.entries import Kind, SidebarEntry
from ui.sidebar.project_actions import ProjectActions
from ui.sidebar.sidebar import Sidebar
from ui.sidebar.view_actions import ViewActions
from ui.sidebar.view_counter import ViewCounter
from ui.undo import UndoStack
from ui.widgets.mnemonic import add_action

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.places.project_acts import ProjectLook
    from app.store.places.saved_views import SavedView

# A view of the day loses issues without anything being stored.
TICK_MS = 60_000
# A menu with more is none; of these projects the others are reached by their own menus.
MOST_LISTED = 40
# As `saved_views` has it.
LONGEST_NAME = 60


class SidebarController(QObject):
    """Connects the sidebar with the store and the list of issues.

    `changed`: the numbers of places are others, though the store may have told nobody. `renamed`: what was
    chosen for a project of the one name holds for the one of the other name, too. `clear_requested`: the
    issues of the project of this name are to be deleted. `forward_requested`, `fault_requested`: the reports
    of that project are to be passed on, its clients are to meet a fault. `new_in_run_requested` and
    `forget_run_requested` carry the entry of a run, `runs_requested`: all of them are to be listed.
    """

    changed = Signal()
    forward_requested = Signal(str)
    fault_requested = Signal(str)
    clear_requested = Signal(str)
    renamed = Signal(str, str)
    new_in_run_requested = Signal(object)
    forget_run_requested = Signal(object)
    runs_requested = Signal()

    def __init__(
        self,
        sidebar: Sidebar,
        issues: IssuesPane,
        access: StoreAccess,
        undo: UndoStack,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sidebar, self._issues, self._store = sidebar, issues, access
        self.views = ViewActions(access, undo, self)
        self.projects = ProjectActions(access, undo, self)
        self.counter = ViewCounter(access, self)
        self._saved: tuple[SavedView, ...] = ()
        places = sidebar.list
        places.dropped.connect(self.drop)
        places.moved.connect(self._move)
        places.menu_requested.connect(self.open_menu)
        places.rename_requested.connect(self.rename)
        places.delete_requested.connect(self._delete)
        places.opened.connect(self._open)
        self.counter.changed.connect(sidebar.model.update_saved_numbers)
        self.projects.renamed.connect(self.renamed)
        for acts in (self.views, self.projects):
            acts.committed.connect(self.changed)
        self.projects.committed.connect(issues.feed.reload)
        self.projects.committed.connect(self.counter.begin_again)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._pass_time)
        self._tick.start()

    def take_views(self, saved: "Sequence[SavedView]") -> None:
        """The saved views are these now."""
        if tuple(saved) != self._saved:
            self._saved = tuple(saved)
            self.counter.count(self._saved)
        else:
            self.counter.ring()

    # -- views ----------------------------------------------------------------------------------------------

    def save_view(self) -> None:
        """Save the search of the list as a view; one that is shown gets it as its new search."""
        place, text = self._issues.feed.place, self._issues.feed.text
        if place.saved is not None:
            if text != place.saved.text:
                self._change_search(place)
            return
        dialog = self._ask_name("Save this search as a view", "Save", text or place.title)
        dialog.answered.connect(partial(self._save, place, text))
        dialog.open()

    def _save(self, place: Place, text: str, name: str) -> None:
        view = store.saved_views.SavedView(
            name=name,
            text=text,
            view=store.issues.View(place.view),
            project=place.project,
            sort=self._issues.sort,
        )
        self.views.save(view)

    def _change_search(self, place: Place) -> None:
        known = self._view(place.saved.id if place.saved else 0)
        if known is not None:
            changed = {"text": self._issues.feed.text, "sort": self._issues.sort}
            self.views.change(replace(known, **changed))

    def _rename_view(self, view: "SavedView") -> None:
        dialog = self._ask_name("Rename the view", "Rename", view.name)
        dialog.answered.connect(lambda name: self.views.change(replace(view, name=name), is_renaming=True))
        dialog.open()

    def _ask_name(self, title: str, button: str, suggested: str) -> question_dialog.QuestionDialog:
        dialog = question_dialog.QuestionDialog(title, "Name of the view:", button, self._window())
        dialog.field.setMaxLength(LONGEST_NAME)
        dialog.field.setText(compact_line(suggested, LONGEST_NAME))
        dialog.field.selectAll()
        return dialog

    def _move(self, number: int, to: int) -> None:
        view = self._view(number)
        if view is not None:
            self.views.move(number, view.name, to)

    def _delete(self, entry: SidebarEntry) -> None:
        if entry.kind is Kind.RUN:
            self.forget_run_requested.emit(entry)
        else:
            self.views.delete(entry.id, entry.label)

    def _view(self, number: int) -> "SavedView | None":
        return next((view for view in self._saved if view.id == number), None)

    # -- projects -------------------------------------------------------------------------------------------

    def open_project(self, number: int) -> None:
        """Ask how a project is to be shown."""

        def read(connection: "Connection") -> "tuple[ProjectLook | None, list[str], list[str]]":
            acts = store.project_acts
            own = [each.name for each in acts.merged(connection, number)]
            others = [each.shown for each in acts.listed(connection) if each.id != number]
            return acts.get(connection, number), own, others

        def show(found: "tuple[ProjectLook | None, list[str], list[str]]") -> None:
            look, own, others = found
            if look is not None:
                dialog = room.project_dialog.ProjectDialog(look, own, others, self._window())
                dialog.wished.connect(partial(self.projects.show_as, look))
                dialog.open()

        self._store.read(read, show)

    def _merge_menu(self, menu: QMenu, entry: SidebarEntry) -> None:
        others = [
            each
            for each in self._sidebar.model.entries
            if each.kind is Kind.PROJECT and each.id and each.id != entry.id
        ]
        if others:
            under = menu.addMenu("Mer&ge into")
            for other in others[:MOST_LISTED]:
                act = partial(self.projects.merge, entry.id, entry.label, other.id, other.label)
                add_action(under, other.label, act)

    def _open_hidden(self, where: QPoint) -> None:
        """A menu of what is hidden: shown again, or only looked at."""

        def show(found: "list[ProjectLook]") -> None:
            menu = self._menu("Hidden projects")
            for look in [each for each in found if each.hidden][:MOST_LISTED]:
                act = partial(self.projects.set_hidden, {look.id: look.shown}, hidden=False)
                add_action(menu, f"Show {look.shown} again", act)
            hidden = {each.id: each.shown for each in found if each.hidden}
            if len(hidden) > 1:
                menu.addSeparator()
                menu.addAction("Show &all again", partial(self.projects.set_hidden, hidden, hidden=False))
            menu.popup(where)

        self._store.read(store.project_acts.listed, show)

    # -- what is done to places -----------------------------------------------------------------------------

    def rename(self, entry: SidebarEntry) -> None:
        """Give a saved view or a project another name."""
        view = self._view(entry.id) if entry.kind is Kind.SAVED else None
        if view is not None:
            self._rename_view(view)
        elif entry.kind is Kind.PROJECT and entry.id:
            self.open_project(entry.id)

    def open_menu(self, entry: SidebarEntry, where: QPoint) -> None:
        """What can be done to a place."""
        menu = self._menu(compact_line(entry.label))
        if entry.kind in (Kind.HIDDEN, Kind.RUNS):
            menu.deleteLater()
            self._open(entry, where)
            return
        place = entry.place
        if isinstance(place, Place):
            read = menu.addAction("&Mark all as read", partial(self.mark_read, place))
            read.setEnabled(entry.number > 0 or entry.kind is Kind.SAVED)
        if entry.kind is Kind.RUN:
            self._add_run(menu, entry)
        if entry.kind is Kind.SAVED:
            self._add_view(menu, entry)
        if entry.kind is Kind.PROJECT and entry.id:
            menu.addSeparator()
            menu.addAction("&Project …", partial(self.open_project, entry.id))
            self._merge_menu(menu, entry)
            menu.addAction("Pass its reports &on …", partial(self.forward_requested.emit, entry.label))
            menu.addAction("Answer with a &fault …", partial(self.fault_requested.emit, entry.label))
            menu.addAction("&Hide", partial(self.projects.set_hidden, {entry.id: entry.label}, hidden=True))
            if isinstance(place, Place) and place.project is not None:
                menu.addAction("&Delete all its issues", partial(self.clear_requested.emit, place.project))
        if isinstance(place, Place) and entry.kind is not Kind.SAVED:
            menu.addSeparator()
            menu.addAction("Save its list as a &view …", partial(self._save_place, place))
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(where)

    def _add_run(self, menu: QMenu, entry: SidebarEntry) -> None:
        new = menu.addAction("&New against the run before", partial(self.new_in_run_requested.emit, entry))
        new.setEnabled(entry.run is not None and entry.run.before is not None)
        menu.addSeparator()
        copied = entry.label if entry.run is None else entry.run.command
        menu.addAction("&Copy the command", partial(QGuiApplication.clipboard().setText, copied))
        menu.addAction("&Forget the run", partial(self.forget_run_requested.emit, entry))
        menu.addAction("&All runs …", self.runs_requested.emit)

    def _add_view(self, menu: QMenu, entry: SidebarEntry) -> None:
        view = self._view(entry.id)
        if view is None:
            return
        order = [each.id for each in self._saved]
        at = order.index(view.id)
        here = self._issues.feed
        menu.addSeparator()
        menu.addAction("&Rename …", partial(self._rename_view, view))
        save = menu.addAction("&Take over the search", partial(self._change_search, here.place))
        is_shown = here.place.saved is not None and here.place.saved.id == view.id
        save.setEnabled(is_shown and here.text != view.text)
        up = menu.addAction("Move &up", partial(self.views.move, view.id, view.name, at - 1))
        up.setEnabled(at > 0)
        down = menu.addAction("Move &down", partial(self.views.move, view.id, view.name, at + 1))
        down.setEnabled(at < len(order) - 1)
        menu.addSeparator()
        menu.addAction("&Delete", partial(self.views.delete, view.id, view.name))

    def _save_place(self, place: Place) -> None:
        dialog = self._ask_name("Save as a view", "Save", place.title)
        dialog.answered.connect(partial(self._save, place, place.text))
        dialog.open()

    def mark_read(self, place: Place) -> None:
        """Mark all unread issues of a place as read: one act, in steps."""
        text = place.text

        def read(connection: "Connection") -> list[int]:
            return store.matching_ids.read(connection, replace(place.filter(text), is_unread=True))

        self._store.read(read, partial(self._issues.actions_done.act, "read"))

    def drop(self, place: Place, issue_ids: Sequence[int], where: QPoint) -> None:
        """Do to issues what dropping them on a view means."""
        verb = dropping.verb_for(place)
        if verb == "mute":
            self._issues.prompts.mute(issue_ids, where)
        elif verb == "pin":
            self._issues.actions_done.pin(issue_ids, True)
        elif verb is not None:
            self._issues.actions_done.act(verb, list(issue_ids))

    def _open(self, entry: SidebarEntry, where: QPoint) -> None:
        if entry.kind is Kind.HIDDEN:
            self._open_hidden(where)
        elif entry.kind is Kind.RUNS:
            self.runs_requested.emit()

    def _pass_time(self) -> None:
        if self._issues.feed.place.view in BY_TIME:
            self._issues.feed.reload()
        self.changed.emit()

    def _menu(self, title: str) -> QMenu:
        window = self._window()
        menu = QMenu(window)
        menu.setAccessibleName(title)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _window(self) -> QWidget:
        return self._sidebar.window()
