"""The window's program: builds everything, connects it, and shuts it down.

How it starts:

1. `run` launches the engine as a child, which opens its port while the window is still being made, gives Qt
   the theme and shows an empty `MainWindow`. Nothing that can wait is imported until it is on the screen:
   SQLAlchemy takes longer to load than the window takes to appear.
2. As soon as it has been painted, the first rows are read, off the UI thread and without SQLAlchemy, if
   there is a store from before. After them the other pages and the controllers of the dialogs are loaded,
   off the UI thread, and the keys are connected; then the detail pane is added, and one event is read, so
   that the first one that is opened waits for nothing.
3. The engine reports its address. It appears, and the store is opened again, as the engine may
   have made, upgraded or replaced it.
4. From then on its doorbell rings, and the feed and the counters read what has changed.

How it ends: the window closes and is gone at once; the engine is asked to stop and finishes what it took;
when it has ended, the threads are waited for and the event loop is left.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication

import ui
from app import paths, store
from app.clock import now_micros
from app.engine import address, reach
from app.engine.child_protocol import RestoreStore, WindowMessage
from app.preferences import PreferencesError
from app.preferences import read as read_preferences
from app.settings import Settings
from ui import (
    availability,
    connect,
    going,
    grouping,
    keyboard,
    notifications,
    palette,
    preferences,
    preloading,
    sessions,
    sharing,
    sidebar,
    trash,
)
from ui.commands import ON_THE_EVENT, Commands
from ui.commands.keymap import keymap
from ui.garbage import GarbageCollector
from ui.issues import search
from ui.issues.actions import Verb
from ui.issues.row.metrics import Density
from ui.issues.selection.offers import why_not_merged
from ui.link.background import Background
from ui.link.counters import Counters
from ui.link.engine_link import EngineLink, EngineState
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.motion import motion
from ui.places import Page, Place
from ui.theme import appearance
from ui.undo import UndoStack
from ui.undo_bar import UndoBars
from ui.wayfinder import Wayfinder

if TYPE_CHECKING:
    from app.desktop.app_link import AppLink
    from app.engine.child_protocol import StoreRestored, StoreTrouble
    from ui.connect.controller import ConnectController
    from ui.desktop_services import DesktopServices
    from ui.detail.pane import DetailPane
    from ui.detail_services import DetailServices
    from ui.grouping.controller import GroupingController
    from ui.keyboard.chord_hint import ChordHint
    from ui.keyboard.keys_help import KeysHelp
    from ui.link.engine_link import EngineFailure
    from ui.link.first_window import FirstWindow
    from ui.notifications.controller import NotificationController
    from ui.palette.controller import PaletteController
    from ui.preferences.controller import PreferencesController
    from ui.queue.view import QueueView
    from ui.sessions.controller import SessionController
    from ui.sharing.controller import SharingController
    from ui.sharing.issue_controller import IssueSharing
    from ui.sidebar.controller import SidebarController
    from ui.trash.controller import TrashController

# A worker that computes hands the interpreter over after this long: the window's next frame is not late.
SWITCH_SECONDS = 0.001
LATEST_START_MS = 1_000
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


def run(settings: Settings, link: "AppLink | None" = None) -> int:
    """Show the window until it is closed, at what `link` names; returns the exit code."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Arecibo")
    app.setDesktopFileName("arecibo")
    app.setQuitOnLastWindowClosed(False)
    _dress(app, settings.data_dir)
    application = Application(settings, link)
    application.ended.connect(app.quit)
    application.engine.launch()
    application.window.appeared.connect(application.begin)
    # One that is shown as an icon only is not painted, and has its work all the same.
    QTimer.singleShot(LATEST_START_MS, application, application.start)
    application.window.show()
    return app.exec()


class Application(QObject):
    """Everything there is in the window's process, connected. `ended`: all of it has stopped.

    The controllers of the dialogs exist once the window has been on the screen.
    """

    ended = Signal()
    notifier: "NotificationController"
    desktop: "DesktopServices"
    connect_controller: "ConnectController"
    grouping: "GroupingController"
    preferences_controller: "PreferencesController"
    sessions: "SessionController"
    sharing: "SharingController"
    issue_sharing: "IssueSharing"
    sidebar: "SidebarController"
    trash: "TrashController"
    chord_hint: "ChordHint"
    commands: Commands
    first_window: "FirstWindow"

    def __init__(self, settings: Settings, link: "AppLink | None" = None) -> None:
        super().__init__()
        self._link = link
        self.garbage = GarbageCollector(self)
        self.background = Background(self)
        self.lookups = Background(self)
        self.store = StoreAccess(settings.data_dir, self.background, self)
        self.preferences = PreferencesAccess(settings.data_dir, self.background, self)
        self.settings = self.preferences.settings
        self.settings.begin(settings)
        self.engine = EngineLink(settings, self)
        self.counters = Counters(self.store, self)
        self.undo = UndoStack(self.store, self)
        self.window = MainWindow(self.store, self.undo, settings.data_dir)
        self.undo_bars = UndoBars(self.undo, self.window, self)
        self.services: DetailServices | None = None
        self._palette: PaletteController | None = None
        self._keys_help: KeysHelp | None = None
        self._has_started = self._shows_a_place = False
        self._store_file: int | None = None
        self._settings = settings
        self.wayfinder = Wayfinder(self.window, self)
        self.window.closing.connect(self.stop)

    @property
    def detail(self) -> "DetailPane | None":
        """The detail pane; it exists once the window has been on the screen."""
        return None if self.services is None else self.services.pane

    def begin(self) -> None:
        """The window is on the screen: show its first rows, and `start` after them."""
        if self._has_started or not self.store.is_there():
            self.start()
            return
        # A timer fires after the paint that shows the rows.
        self.window.issues.feed.started.connect(lambda: QTimer.singleShot(0, self, self._prepare))
        self.store.troubled.connect(self.start)
        self._show_first_place()

    def _prepare(self) -> None:
        """Load what `start` makes off the UI thread, and `start`."""
        if not self._has_started:
            self.background.run(preloading.load_pages, lambda _nothing: self.start())

    def start(self) -> None:
        """Load and connect the rest, once."""
        if self._has_started:
            return
        self._has_started = True
        self._make_controllers()
        self._listen_for_second_starts()
        self.preferences.troubled.connect(self.undo_bars.show_message)
        self.preferences.changed.connect(self._follow_preferences)
        self.window.issues.density_chosen.connect(
            lambda density: self.preferences.change(density=density.value)
        )
        self.preferences.load()
        self.window.issues.survey.use(self.preferences)
        self._connect_store()
        self._connect_commands()
        self.window.add_pages(self.store, self._settings)
        self._connect_engine()
        self._connect_places()
        self._connect_desktop()
        self._connect_queue()
        # It was launched before: its messages since then are handled now, as everything is connected.
        self.engine.start()
        if not self.store.is_there():
            self.window.show_empty()
        self.background.run(preloading.load_detail, lambda _nothing: self._show_detail())
        self._show_first_place()
        self.counters.ring()

    def _show_first_place(self) -> None:
        if not self._shows_a_place:
            self._shows_a_place = True
            self.wayfinder.begin(self.window.first_spot)

    def stop(self) -> None:
        """Stop the engine, and then everything else."""
        if self._has_started:
            self.first_window.close()
            self.connect_controller.close()
            self.preferences_controller.close()
            self.sharing.close()
            self.notifier.stop()
            self.desktop.stop()
        if self.services is not None:
            self.services.close()
        self.window.issues.feed.stop()
        self.window.issues.survey.stop()
        self.engine.state_changed.connect(self._end_with)
        self.engine.stop()

    def _end_with(self, state: EngineState) -> None:
        if state is EngineState.STOPPED:
            self.lookups.stop()
            self.background.stop()
            self.store.close()
            self.garbage.stop()
            self.ended.emit()

    def _make_controllers(self) -> None:
        # None of them shows anything before it is opened.
        settings = self._settings
        self.desktop = ui.desktop_services.DesktopServices(
            self.window, self.store, self.engine, self.preferences, self.settings, self
        )
        self.notifier = notifications.controller.NotificationController(
            self.window,
            self.store,
            self.undo,
            settings.data_dir,
            self,
            icon=self.desktop.tray,
            chosen=lambda: self.settings.chosen.notifications,
        )
        self.connect_controller = connect.controller.ConnectController(
            self.window, self.background, settings.smtp_port, self, store=self.store
        )
        self.connect_controller.event_requested.connect(self._show_proof)
        self.grouping = grouping.controller.GroupingController(self.window, self.store, self.undo, self)
        self.trash = trash.controller.TrashController(self.window, self.store, self.undo, self)
        self.preferences_controller = preferences.controller.PreferencesController(
            self.window, self.preferences, self
        )
        self.sharing = sharing.controller.SharingController(
            self.window, self.store, self.lookups, self.preferences, settings, self
        )
        self.issue_sharing = sharing.issue_controller.IssueSharing(
            self.window, self.store, self.lookups, self.preferences, self
        )
        for shared in (self.sharing, self.issue_sharing):
            shared.message.connect(self.undo_bars.show_message)
        self.issue_sharing.progressed.connect(
            lambda sentence: self.undo_bars.show_progress(sentence, self.issue_sharing.cancel)
        )
        self.sidebar = sidebar.controller.SidebarController(
            self.window.sidebar, self.window.issues, self.store, self.undo, self
        )
        self.sidebar.clear_requested.connect(self.trash.actions.delete_all)
        self.sessions = sessions.controller.SessionController(self.window.issues, self.store, self)
        search.completing.Completing(self.window.issues.filter_bar.search, self.store, self.preferences)

    def _listen_for_second_starts(self) -> None:
        # The module for local sockets takes ten milliseconds to load: the first paint does not wait for it.
        self.first_window = ui.first_window.FirstWindow(self._settings.data_dir, self)
        self.first_window.raise_requested.connect(self.window.come_to_front)
        self.first_window.link_requested.connect(self.desktop.open_link)
        self.first_window.listen()

    def _connect_engine(self) -> None:
        engine, window = self.engine, self.window
        engine.listening.connect(self._begin)
        engine.rang.connect(lambda _revision: self._refresh())
        engine.upgrading.connect(window.show_upgrade)
        engine.noticed.connect(window.notices.show_message)
        engine.store_troubled.connect(self._show_store)
        self.store.found_damaged.connect(lambda: engine.send(WindowMessage.SUSPECT_STORE))
        window.notices.new_store_requested.connect(lambda: engine.send(WindowMessage.BEGIN_NEW_STORE))
        window.notices.restore_requested.connect(lambda file: engine.send(RestoreStore(file)))
        window.notices.store_check_requested.connect(lambda: engine.send(WindowMessage.EXAMINE_STORE))
        engine.restored.connect(self._show_restored)
        self.settings.engine_needed.connect(self._renew_engine)
        engine.failed.connect(self._fail)
        engine.state_changed.connect(self._show_state)
        window.notices.retry_requested.connect(engine.restart)
        window.notices.port_chosen.connect(engine.restart)

    def _connect_store(self) -> None:
        issues = self.window.issues
        self.store.troubled.connect(self._show_problem)
        self.counters.changed.connect(self.wayfinder.show_numbers)
        self.counters.changed.connect(self.desktop.show_numbers)
        issues.actions_done.committed.connect(self.counters.ring)
        for acts in (self.grouping.actions, self.trash.actions):
            acts.committed.connect(self.counters.ring)
            acts.committed.connect(issues.feed.ring)
        self.trash.actions.committed.connect(self.trash.ring)
        self.trash.actions.event_gone.connect(self._leave_event)
        self.undo.brought_back.connect(issues.select_if_listed)
        self.grouping.actions.merged.connect(issues.select_if_listed)

    def _connect_queue(self) -> None:
        acts = self.window.queue.acts
        acts.committed.connect(self.counters.ring)
        acts.message.connect(self.undo_bars.show_message)

    def _connect_places(self) -> None:
        window = self.window
        window.sidebar.place_chosen.connect(self.wayfinder.go_to)
        self.sidebar.changed.connect(self.counters.ring)
        self.sidebar.renamed.connect(self.preferences.follow_project)
        self.counters.changed.connect(lambda numbers: self.sidebar.take_views(numbers.saved))
        window.issues.filter_bar.save_requested.connect(self.sidebar.save_view)
        self.wayfinder.session_shown.connect(self.sessions.show_session)
        self.sessions.chosen.connect(self.wayfinder.show_session)
        self.sessions.show_session(self.wayfinder.session)
        window.issues.search_elsewhere.connect(self._search_in)
        for signal in (window.sidebar.notifications_requested, window.status.notifications_requested):
            signal.connect(self.notifier.open)
        self.notifier.failing.connect(window.status.show_failing)
        self.notifier.tray.issue_requested.connect(self.wayfinder.show_issue)
        window.status.corrections_requested.connect(self.grouping.show_made)
        window.status.queue_requested.connect(lambda: window.sidebar.go_to(Page.QUEUE))
        window.status.doctor_requested.connect(lambda: window.sidebar.go_to(Page.DOCTOR))
        for signal in (
            window.sidebar.connect_requested,
            window.empty.clients_requested,
            window.doctor.connect_requested,
        ):
            signal.connect(self._connect_an_app)
        for page in (window.empty, window.doctor):
            page.test_requested.connect(self.connect_controller.send_test)
            self.connect_controller.answered.connect(page.answer)

    def _search_in(self, place: Place, text: str) -> None:
        self.window.sidebar.go_to(place)
        self.window.issues.search_for(text)

    def _connect_desktop(self) -> None:
        desktop = self.desktop
        desktop.issue_requested.connect(self.wayfinder.show_issue)
        desktop.event_requested.connect(self._show_event)
        desktop.message.connect(self.undo_bars.show_message)
        desktop.tray.preferences_requested.connect(self._show_preferences)
        self.settings.asked.connect(self._do_for_page)
        desktop.tray.session.setVisible(True)
        desktop.tray.session_requested.connect(self._begin_session)
        desktop.show_tray()

    def _connect_commands(self) -> None:
        window, issues = self.window, self.window.issues

        def act(verb: Verb) -> Callable[[], None]:
            return lambda: issues.act(verb)

        self.commands = Commands(
            window,
            {
                "next": lambda: issues.view.step(1),
                "previous": lambda: issues.view.step(-1),
                "resolve": act("resolve"),
                "mute": issues.ask_mute,
                "reopen": act("reopen"),
                "note": issues.ask_note,
                "merge": self._merge,
                "correct": self._correct,
                "corrections": self.grouping.show_made,
                "toggle_read": issues.toggle_read,
                "undo": self.undo.undo,
                "redo": self.undo.redo,
                "arrivals": issues.show_arrivals,
                "search": issues.filter_bar.focus,
                "save_view": self.sidebar.save_view,
                "new_session": self.sessions.begin,
                "sort": issues.tools.open_menu,
                "density": issues.tools.change_density,
                "facets": issues.survey.toggle_facets,
                "connect": self._connect_an_app,
                "doctor": self._ask_the_doctor,
                "notifications": self.notifier.open,
                "again": self._again,
                "again_all": self._in_queue(lambda queue: queue.retry_all()),
                "discard": self._delete_or_discard,
                "select": issues.selection.marking.toggle,
                "select_all": self._select_all,
                "pin": issues.toggle_pin,
                "delete": self._delete,
                "delete_event": self._delete_event,
                "deleted": self.trash.open,
                "clear": self.trash.actions.delete_all,
                "copy_issues": lambda: self.issue_sharing.ask_form(
                    issues.selection, issues.place_of("copy_issues")
                ),
                "export_issues": lambda: self.issue_sharing.ask_file(issues.selection),
                "in_app": lambda: self.preferences.flip("only_in_app"),
                "frame_order": lambda: self.preferences.flip("newest_first"),
                "copy_as": self.sharing.open_copy_menu,
                "export": self.sharing.export,
                "import": self.sharing.choose_files,
                "preferences": self.preferences_controller.open,
                "pause": self.desktop.toggle_pause,
                "help": self._show_keys,
                "palette": lambda: self._opened_palette().open(),
                "go_project": lambda: self._opened_palette().open_projects(),
                "quit": window.leave,
                **going.doers(window),
                **{name: self._in_detail(name) for name in ON_THE_EVENT},
            },
            availability.reasons(window, self.undo, lambda: self.detail),
        )
        self.commands.refused.connect(self.undo_bars.show_message)
        self.chord_hint = keyboard.chord_hint.ChordHint(window)
        issues.set_commands(self.commands.actions, MENU)

    def _opened_palette(self) -> "PaletteController":
        """The palette; it is made when it is first asked for."""
        if self._palette is None:
            self._palette = palette.controller.PaletteController(
                self.window,
                self.store,
                self.preferences,
                self.commands,
                self.wayfinder.show_issue,
                self.preferences_controller.open,
                self,
            )
        return self._palette

    def _show_keys(self) -> None:
        if self._keys_help is None:
            self._keys_help = keyboard.keys_help.KeysHelp(self.window)
            self._keys_help.change_requested.connect(self._change_keys)
        self._keys_help.filter.clear()
        self._keys_help.open()

    def _change_keys(self) -> None:
        if self._keys_help is not None:
            self._keys_help.close()
        self.preferences_controller.open("Keys")

    def _follow_preferences(self) -> None:
        """Apply what of the preferences concerns the whole window."""
        chosen = self.preferences.chosen
        keymap().use(chosen.keys)
        self.window.issues.set_density(Density(chosen.density))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            appearance().choose(chosen.theme, chosen.text_size, app)
            motion().choose(app, reduced=chosen.reduced_motion)

    def _show_detail(self) -> None:
        """Add the detail pane and what serves it, as their modules are loaded."""
        self.services = ui.detail_services.DetailServices(
            self.window, self.store, self.lookups, self.preferences, self.undo_bars.show_message, self
        )
        self.sharing.attach(self.services.pane)
        self.services.issue_requested.connect(self.wayfinder.show_issue)
        if self._link is not None:
            self.desktop.open_link(self._link)
        self.services.pane.correct_requested.connect(lambda _issue_id: self._correct())
        # The first event that is opened then waits for nothing.
        QTimer.singleShot(0, self.services.pane, self.services.pane.warm_up)
        QTimer.singleShot(0, self.window, lambda: self._opened_palette().warm_up())
        self.store.read(preloading.read_an_event, lambda _read: self.garbage.settle(), self._settle_anyway)

    def _show_event(self, issue_id: int, pk: int) -> None:
        """Show an event, once its issue's newest has been shown."""
        pane = self.detail
        if pane is not None:

            def show(_shown: int) -> None:
                if pane.detail is None or pane.detail.issue.id != issue_id:
                    return
                pane.shown.disconnect(show)
                if pane.detail.pk != pk:
                    pane.show_event(pk)

            pane.shown.connect(show)
            if pane.detail is not None and pane.detail.issue.id == issue_id:
                show(pane.detail.pk)
        self.wayfinder.show_issue(issue_id)

    def _show_proof(self, issue_id: int, pk: int) -> None:
        """Show the first event of an app that has just been connected."""
        self.connect_controller.close()
        self._show_event(issue_id, pk)

    def _begin_session(self) -> None:
        self.window.come_to_front()
        self.sessions.begin()

    def _show_preferences(self) -> None:
        self.window.come_to_front()
        self.preferences_controller.open()

    def _settle_anyway(self, error: BaseException) -> None:
        self.garbage.settle()
        self.store.report_problem(error)

    def _in_detail(self, command: str) -> Callable[[], None]:
        """Runs a command that acts on the shown event; nothing before there can be one."""
        return lambda: None if self.services is None else self.services.run(command)

    def _merge(self) -> None:
        selected = self.window.issues.selection.selected
        reason = why_not_merged(selected)
        if reason is None:
            self.grouping.merge([issue.id for issue in selected.issues])
        else:
            self.undo.report(reason)

    def _correct(self) -> None:
        if self.detail is not None and self.detail.detail is not None:
            self.grouping.correct(self.detail.detail)

    def _begin(self, url: str) -> None:
        """The engine listens: whatever store it opened, made or replaced is the one to be read."""
        self.window.notices.clear_failure()
        self._show_no_arrivals("")
        self._show_url(url)
        data_dir = self._settings.data_dir
        self.background.run(lambda: address.read(data_dir), self.window.status.show_side_doors)
        self.background.run(lambda: _inode(data_dir / paths.DATABASE), self._follow_store)
        self.background.run(lambda: reach.of(url, self._settings), self.window.status.show_reach)
        self.store.reopen()
        self._refresh()
        if self.services is not None:
            # The statements that were compiled for the first event have gone with the open store.
            self.store.read(preloading.read_an_event, lambda _read: None)

    def _follow_store(self, file: int | None) -> None:
        """Forget the acts that were done in another store: the ids that they name are others in this one."""
        if self._store_file not in (None, file):
            self.undo.clear()
        self._store_file = file

    def _refresh(self) -> None:
        self.window.issues.feed.ring()
        self.counters.ring()
        self.sidebar.counter.ring()
        self.window.queue.refresh()
        self.window.doctor.ring()
        self.notifier.ring()
        self.grouping.ring()
        self.trash.ring()
        self.connect_controller.ring()
        self.undo_bars.look_again()

    def _show_state(self, state: EngineState) -> None:
        if state is EngineState.RESTARTING:
            self.window.notices.show_death(self.engine.last_words)
            self._show_no_arrivals("The engine ended unexpectedly, and is started again.")
        self.window.status.show_state(state)
        if state is not EngineState.STARTING:
            self.window.show_upgrade(None)
        if state is not EngineState.LISTENING:
            self._show_url(None)
            self.window.status.show_side_doors(None)
            self.window.status.show_reach(None)

    def _show_no_arrivals(self, why: str) -> None:
        """Say on the pages, too, why no error can arrive; empty: they can."""
        self.window.issues.explain_emptiness(why)
        if why:
            self.window.empty.show_problem(why)

    def _show_url(self, url: str | None) -> None:
        for shown in (self.window.empty, self.window.sidebar.address, self.connect_controller):
            shown.show_url(url)

    def _renew_engine(self, settings: Settings) -> None:
        """Have an engine that works by these settings."""
        self._settings = settings
        self.window.notices.clear_failure()
        self.engine.renew(settings)

    def _do_for_page(self, what: str, about: object) -> None:
        """Do what a page of the preferences asks for."""
        if what == "restore":
            if self.engine.url is None:
                self.settings.answered.emit("The engine does not run. main.py restore does it without one.")
            else:
                self.engine.send(RestoreStore(str(about)))
        elif what == "rules":
            self.notifier.open()
        elif what == "run-job":
            self.store.write(
                lambda connection: store.job_requests.add(connection, str(about), now_micros()),
                lambda _nothing: None,
            )
        elif what == "pause":
            self.desktop.toggle_pause()
        elif what == "clear":
            self.trash.actions.delete_all()

    def _show_restored(self, outcome: "StoreRestored") -> None:
        failed = f"The backup was not restored. {outcome.problem}"
        self.settings.answered.emit(failed if outcome.problem else "Restored; the store before is set aside.")
        if outcome.problem:
            self.window.notices.show_message(failed)
        else:
            self.window.notices.show_restored(outcome)

    def _fail(self, failure: "EngineFailure") -> None:
        self.window.notices.show_failure(failure)
        self._show_no_arrivals(f"{failure.message} What can be done about it is said above.")

    def _show_problem(self, sentence: str) -> None:
        # Before the engine has opened the store, there may be none, or one that waits for its upgrade.
        # What the engine reports of its store is more precise.
        if self.engine.state is EngineState.LISTENING and self.window.notices.store.isHidden():
            self.window.notices.show_message(sentence)

    def _show_store(self, trouble: "StoreTrouble | None") -> None:
        self.window.notices.show_store(trouble)
        self.window.doctor.ring()

    def _connect_an_app(self) -> None:
        self.connect_controller.open(self.window.sidebar.address.project)

    def _ask_the_doctor(self) -> None:
        if self._has_started:
            self.window.sidebar.go_to(Page.DOCTOR)
            self.window.doctor.setFocus()

    def _again(self) -> None:
        """Check, retry or run again: only the visible page does it."""
        if self._has_started:
            self.window.doctor.check_again()
            self.window.queue.retry_or_run_selected()

    def _select_all(self) -> None:
        focused = QApplication.focusWidget()
        if self.window.issues.isVisible():
            self.window.issues.selection.select_all()
        elif isinstance(focused, QAbstractItemView):
            focused.selectAll()

    def _delete(self) -> None:
        self.trash.delete(self.window.issues.selection)

    def _delete_or_discard(self) -> None:
        """Del: in the queue it discards, in the list it deletes."""
        if self.window.issues.isVisible():
            self._delete()
        elif self._has_started:
            self.window.queue.discard_selected()

    def _delete_event(self) -> None:
        self.trash.delete_event(None if self.detail is None else self.detail.detail)

    def _leave_event(self, pk: int) -> None:
        """Show the event beside the one that was deleted; with its only event, an issue leaves the list."""
        shown = None if self.detail is None else self.detail.detail
        if self.detail is not None and shown is not None and shown.pk == pk:
            beside = shown.place.next or shown.place.previous
            if beside is not None:
                self.detail.forget([shown.issue.id])
                self.detail.show_event(beside)

    def _in_queue(self, act: "Callable[[QueueView], None]") -> Callable[[], None]:
        return lambda: act(self.window.queue) if self._has_started else None


def _dress(app: QApplication, data_dir: Path) -> None:
    """Give Qt the theme that was chosen, before anything is painted: the window would flash in another."""
    with suppress(PreferencesError):  # it is reported when all of them are read
        chosen = read_preferences(data_dir)
        appearance().choose(chosen.theme, chosen.text_size)
    appearance().follow(app)


def _inode(file: Path) -> int | None:
    try:
        return file.stat().st_ino
    except OSError:
        return None
