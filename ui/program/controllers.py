"""The controllers of the dialogs and pages, and how they are connected with each other and with the window.

None of them shows anything before it is opened.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

import ui
from app import store
from app.clock import now_micros
from app.engine.child_protocol import RestoreStore
from app.settings import Settings
from ui import (
    connect,
    faults,
    forwarding,
    grouping,
    notifications,
    preferences,
    runs,
    sessions,
    sharing,
    sidebar,
    trash,
)
from ui.detail.requests import ShowRun
from ui.issues import search
from ui.places import Page, Place
from ui.program.parts import Parts
from ui.program.shown_events import ShownEvents

if TYPE_CHECKING:
    from ui.detail.pane import DetailPane


class Controllers(QObject):
    """Made with the window's pages still missing; `connect_all` once they are there."""

    def __init__(self, parts: Parts, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        window, undo, chosen = parts.window, parts.undo, parts.preferences
        self.settings = chosen.settings
        self.shown_events = ShownEvents(parts, self)
        self.desktop = ui.desktop_services.DesktopServices(
            window, parts.store, parts.engine, chosen, self.settings, self
        )
        self.notifier = notifications.controller.NotificationController(
            window,
            parts.store,
            undo,
            settings.data_dir,
            self,
            icon=self.desktop.tray,
            chosen=lambda: self.settings.chosen.notifications,
        )
        self.connect_controller = connect.controller.ConnectController(
            window, parts.background, settings.smtp_port, self, store=parts.store
        )
        self.assistants = connect.assistant_controller.AssistantController(
            window, parts.background, settings.data_dir, self
        )
        self.grouping = grouping.controller.GroupingController(window, parts.store, undo, self)
        self.trash = trash.controller.TrashController(window, parts.store, undo, self)
        self.forwarding = forwarding.controller.ForwardingController(window, parts.store, undo, self)
        self.faults = faults.controller.FaultController(window, parts.store, self)
        self.preferences = preferences.controller.PreferencesController(window, chosen, self)
        self.sharing = sharing.controller.SharingController(
            window, parts.store, parts.lookups, chosen, settings, self
        )
        self.issue_sharing = sharing.issue_controller.IssueSharing(
            window, parts.store, parts.lookups, chosen, self
        )
        self.sidebar = sidebar.controller.SidebarController(
            window.sidebar, window.issues, parts.store, undo, self
        )
        self.sessions = sessions.controller.SessionController(window.issues, parts.store, self)
        self.runs = runs.controller.RunController(window.issues, parts.store, undo, parts.counters, self)
        self.runs.place_chosen.connect(parts.wayfinder.show_run)
        search.completing.Completing(window.issues.filter_bar.search, parts.store, chosen)

    def connect_all(self) -> None:
        """Connect them, now that the window has all of its pages."""
        self._connect_acts()
        self._connect_places()
        self._connect_doors()
        self._connect_desktop()

    def attach(self, pane: "DetailPane") -> None:
        """Serve the detail pane, too."""
        self.sharing.attach(pane)
        pane.correct_requested.connect(lambda _issue_id: self.correct())
        pane.handle(ShowRun, lambda request: self.runs.show_number(request.number))

    def close(self) -> None:
        """Close what is open, and ask for nothing more."""
        self.connect_controller.close()
        self.assistants.close()
        self.preferences.close()
        self.sharing.close()
        self.notifier.stop()
        self.desktop.stop()

    def correct(self) -> None:
        """Correct the grouping of the shown event."""
        pane = self._parts.detail
        if pane is not None and pane.detail is not None:
            self.grouping.correct(pane.detail)

    def connect_an_app(self) -> None:
        """Say how an app is pointed here, one of the project that is shown, if any."""
        self.connect_controller.open(self._parts.window.sidebar.address.project)

    def _connect_acts(self) -> None:
        """What is done changes numbers and lists, and is said in a bar."""
        parts = self._parts
        issues, ring, bars = parts.window.issues, parts.counters.ring, parts.undo_bars
        for shared in (self.sharing, self.issue_sharing):
            shared.message.connect(bars.show_message)
        self.issue_sharing.progressed.connect(
            lambda sentence: bars.show_progress(sentence, self.issue_sharing.cancel)
        )
        issues.actions_done.committed.connect(ring)
        self.sidebar.new_in_run_requested.connect(self.runs.show_entry)
        self.sidebar.forget_run_requested.connect(self.runs.forget_entry)
        self.sidebar.runs_requested.connect(self.runs.open)
        for acts in (self.grouping.actions, self.trash.actions):
            acts.committed.connect(ring)
            acts.committed.connect(issues.feed.ring)
        self.trash.actions.committed.connect(self.trash.ring)
        parts.engine.rang.connect(lambda _revision: self.forwarding.ring())
        parts.engine.faulted.connect(parts.window.show_faults)
        parts.window.fault_end_requested.connect(self.faults.end)
        self.trash.actions.event_gone.connect(self.shown_events.leave)
        parts.undo.brought_back.connect(issues.select_if_listed)
        self.grouping.actions.merged.connect(issues.select_if_listed)
        parts.window.queue.acts.committed.connect(ring)
        parts.window.queue.acts.message.connect(bars.show_message)

    def _connect_places(self) -> None:
        parts = self._parts
        window, wayfinder, counted = parts.window, parts.wayfinder, parts.counters.changed
        counted.connect(wayfinder.show_numbers)
        counted.connect(self.desktop.show_numbers)
        counted.connect(lambda numbers: self.sidebar.take_views(numbers.saved))
        window.sidebar.place_chosen.connect(wayfinder.go_to)
        self.sidebar.changed.connect(parts.counters.ring)
        self.sidebar.renamed.connect(parts.preferences.follow_project)
        self.sidebar.clear_requested.connect(self.trash.actions.delete_all)
        self.sidebar.forward_requested.connect(self.forwarding.open)
        self.sidebar.fault_requested.connect(self.faults.open)
        window.issues.filter_bar.save_requested.connect(self.sidebar.save_view)
        wayfinder.session_shown.connect(self.sessions.show_session)
        self.sessions.chosen.connect(wayfinder.show_session)
        self.sessions.show_session(wayfinder.session)
        window.issues.search_elsewhere.connect(self._search_in)

    def _connect_doors(self) -> None:
        """What opens a dialog or another page."""
        window = self._parts.window
        for signal in (window.sidebar.notifications_requested, window.status.notifications_requested):
            signal.connect(self.notifier.open)
        self.notifier.failing.connect(window.status.show_failing)
        self.notifier.tray.issue_requested.connect(self._parts.wayfinder.show_issue)
        window.status.corrections_requested.connect(self.grouping.show_made)
        window.status.queue_requested.connect(lambda: window.sidebar.go_to(Page.QUEUE))
        window.status.doctor_requested.connect(lambda: window.sidebar.go_to(Page.DOCTOR))
        for signal in (
            window.sidebar.connect_requested,
            window.empty.clients_requested,
            window.doctor.connect_requested,
        ):
            signal.connect(self.connect_an_app)
        for page in (window.empty, window.doctor):
            page.test_requested.connect(self.connect_controller.send_test)
            self.connect_controller.answered.connect(page.answer)
        self.connect_controller.event_requested.connect(self._show_proof)
        self.connect_controller.assistant_requested.connect(self.assistants.open)

    def _connect_desktop(self) -> None:
        desktop = self.desktop
        desktop.issue_requested.connect(self._parts.wayfinder.show_issue)
        desktop.event_requested.connect(self.shown_events.show)
        desktop.message.connect(self._parts.undo_bars.show_message)
        desktop.tray.preferences_requested.connect(self._show_preferences)
        self.settings.asked.connect(self._do_for_page)
        desktop.tray.session.setVisible(True)
        desktop.tray.session_requested.connect(self._begin_session)
        desktop.show_tray()

    def _search_in(self, place: Place, text: str) -> None:
        self._parts.window.sidebar.go_to(place)
        self._parts.window.issues.search_for(text)

    def _show_proof(self, issue_id: int, pk: int) -> None:
        """Show the first event of an app that has just been connected."""
        self.connect_controller.close()
        self.shown_events.show(issue_id, pk)

    def _begin_session(self) -> None:
        self._parts.window.come_to_front()
        self.sessions.begin()

    def _show_preferences(self) -> None:
        self._parts.window.come_to_front()
        self.preferences.open()

    def _do_for_page(self, what: str, about: object) -> None:
        """Do what a page of the preferences asks for."""
        parts = self._parts
        if what == "restore":
            if parts.engine.url is None:
                self.settings.answered.emit("The engine does not run. main.py restore does it without one.")
            else:
                parts.engine.send(RestoreStore(str(about)))
        elif what == "rules":
            self.notifier.open()
        elif what == "run-job":
            parts.store.write(
                lambda connection: store.job_requests.add(connection, str(about), now_micros()),
                lambda _nothing: None,
            )
        elif what == "pause":
            self.desktop.toggle_pause()
        elif what == "clear":
            self.trash.actions.delete_all()
