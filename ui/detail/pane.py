"""The detail pane: loads what is selected, shows it, and steps through an issue's events.

What is shown stays until the next is ready, and nothing that arrives moves the page below the reader:
newer events are counted next to the buttons.
"""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal, SignalInstance
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.git import frames
from ui.detail import links
from ui.detail.action_bar import ActionBar
from ui.detail.find_bar import FindBar
from ui.detail.jump_bar import JumpBar
from ui.detail.link_dialog import LinkDialog
from ui.detail.loader import CurrentIssue, Loader, is_store_error, read_attachment, read_current_issue
from ui.detail.page.finder import Finder
from ui.detail.page.page import EventPage
from ui.detail.page.page_theme import PageTheme
from ui.detail.placeholder import Placeholder, keys
from ui.detail.requests import (
    AddNote,
    CompareEvents,
    CompareWithUsual,
    CorrectGrouping,
    Handlers,
    OpenLink,
    R,
    ReadAttachment,
    ResolveAtCommit,
    ShowEvent,
)
from ui.detail.search_marks import SearchMarks
from ui.detail.sections.contents import sections_of
from ui.detail.sections.head.fix_check import FixCheckSection
from ui.detail.sections.head.header import HeaderSection
from ui.detail.sections.issue.timeline import TimelineSection
from ui.link.background import Background, Ticket
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.widgets.ticking import ticker

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.detail import EventDetail
    from app.model import Event, Issue

_TICKS_OF_TIMELINE = 20


class DetailPane(QWidget):
    """Shows one event. Its buttons only emit requests: `resolve_requested(issue_id)` and its like.

    `shown(pk)`: an event has arrived on the page. `lookups` are threads for what sections look up outside the
    store, which may take long.
    """

    resolve_requested = Signal(int)
    resolve_in_requested = Signal(int)
    mute_requested = Signal(int)
    reopen_requested = Signal(int)
    note_requested = Signal(int)
    correct_requested = Signal(int)
    copy_requested = Signal(str)
    export_requested = Signal()
    shown = Signal(int)

    def __init__(
        self,
        store: StoreAccess,
        lookups: Background,
        preferences: PreferencesAccess,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._handlers = Handlers()
        self._loader = Loader(store)
        self._theme = PageTheme(self)
        self._issue_id: int | None = None
        self._detail: EventDetail | None = None
        self._refreshing: Ticket | None = None
        self._refresh_again = False
        self._ticks = 0
        self.actions_bar = ActionBar(self._theme, self)
        self.jump_bar = JumpBar(self._theme, self)
        self.page = EventPage(self._theme, lookups.run, store.read, preferences, self)
        self.finder = Finder(self.page)
        self.search_marks = SearchMarks(self.page, self.finder)
        self.find_bar = FindBar(self._theme, self.finder, self)
        self.placeholder = Placeholder(self._theme, self)
        self._why = ""
        self._is_list_empty = False
        self._lay_out()
        self._connect()
        self._show_nothing()

    def _lay_out(self) -> None:
        reading = QWidget(self)
        column = QVBoxLayout(reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.actions_bar, self.jump_bar, self.find_bar, self.page):
            column.addWidget(widget)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.placeholder)
        self._stack.addWidget(reading)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.page)
        self.setAccessibleName("Event")

    def _connect(self) -> None:
        bar = self.actions_bar
        bar.resolve.connect(lambda: self._request(self.resolve_requested))
        bar.resolve_in.connect(lambda: self._request(self.resolve_in_requested))
        bar.resolve_at.connect(lambda: self._handlers.dispatch(ResolveAtCommit()))
        bar.mute.connect(lambda: self._request(self.mute_requested))
        bar.reopen.connect(lambda: self._request(self.reopen_requested))
        bar.copy_requested.connect(self.copy_event)
        bar.export_requested.connect(self.export_requested)
        self.page.preferences.changed.connect(self._remember_form)
        bar.compare_requested.connect(self._compare)
        bar.navigation.event_requested.connect(self.show_event)
        self.jump_bar.jump.connect(self.page.jump_to)
        self.page.section_in_view.connect(self.jump_bar.mark)
        self.page.verticalScrollBar().valueChanged.connect(self.jump_bar.divide)
        self.page.built.connect(self._offer_jumps)
        self.page.requested.connect(self._handlers.dispatch)
        self.handle(AddNote, lambda _request: self._request(self.note_requested))
        self.handle(CorrectGrouping, lambda _request: self._request(self.correct_requested))
        self.handle(ReadAttachment, self._read_attachment)
        self.handle(ShowEvent, lambda request: self.show_event(request.pk))
        self.find_bar.left.connect(lambda: self.page.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.handle(OpenLink, self._ask_to_open)
        self.page.copied.connect(self.jump_bar.show_copied)
        ticker().ticked.connect(self._tick)

    def handle(self, kind: type[R], handler: Callable[[R], None]) -> None:
        """Let `handler` have what sections ask for by this type of request."""
        self._handlers.handle(kind, handler)

    @property
    def detail(self) -> "EventDetail | None":
        """The event on the page."""
        return self._detail

    def warm_up(self) -> None:
        """Paint icons and fonts once before the first event is shown: the first time takes longest."""
        if self._detail is None:
            self.actions_bar.grab()
            self.jump_bar.grab()
            self.page.warm_up()

    def show_issue(self, issue_id: int | None) -> None:
        """Shows the issue's newest event as soon as it is read; None clears the pane."""
        if issue_id is not None and issue_id == self._issue_id:
            return
        self._drop_refresh()
        if issue_id is None:
            self._loader.drop()
            self._show_nothing()
        else:
            self._issue_id = issue_id
            if self._loader.newest(issue_id, self._arrived, self._failed):
                self.refresh()

    def stop_reading(self) -> None:
        """The person goes on: what is shown stays, and what is being read to follow it is not shown."""
        self._drop_refresh()
        self._loader.drop()
        self._issue_id = None if self._detail is None else self._detail.issue.id

    def show_event(self, pk: int) -> None:
        """Shows another event of the same issue; the page stays where it is scrolled to."""
        self._drop_refresh()
        if self._loader.event(pk, self._arrived, self._failed):
            self.refresh()

    def read_ahead(self, issue_ids: Sequence[int]) -> None:
        """These issues are next to the shown one: they are likely to be opened next."""
        if self._detail is not None:
            self._loader.read_ahead(self._detail, issue_ids)

    def forget(self, issue_ids: Collection[int]) -> None:
        """These issues have changed: what was read of them ahead is old."""
        self._loader.forget(issue_ids)

    def refresh(self) -> None:
        """The shown issue has changed: state, counts and position follow; the event stays."""
        if self._refreshing is not None:
            self._refresh_again = True
            return
        if self._detail is None or self._issue_id is None:
            return
        issue_id, pk = self._detail.issue.id, self._detail.pk
        self._refreshing = self._store.read(
            lambda connection: read_current_issue(connection, issue_id, pk),
            self._refreshed,
            self._not_refreshed,
        )

    def find_text(self) -> None:
        """Let the person find a text on the page."""
        if self._detail is not None:
            self.find_bar.open()

    def find_next(self, direction: int) -> None:
        """Go to the next match (1) or the previous one (-1)."""
        if self._detail is not None:
            self.find_bar.step(direction)

    def ask_to_open(self, url: str) -> LinkDialog | None:
        """Ask before an address from outside is opened; one that is not of the web is only copied."""
        address = links.read(url)
        if address is None:
            self.page.copy(url, "No address of the web:")
            return None
        dialog = LinkDialog(address, self)
        dialog.agreed.connect(self._open_link)
        dialog.open()
        return dialog

    def _ask_to_open(self, request: OpenLink) -> None:
        self.ask_to_open(request.url)

    def _open_link(self, address: str) -> None:
        if not QDesktopServices.openUrl(QUrl(address)):
            self.page.copy(address, "No browser opened it. Address")

    def copy_event(self, form: str = "") -> None:
        """Requests a copy of the shown event in a form of `app.sharing.forms`; without one, in the last."""
        if self._detail is not None:
            self.copy_requested.emit(form or self.actions_bar.last_form)

    def _read_attachment(self, request: ReadAttachment) -> None:
        def failed(error: BaseException) -> None:
            request.done(None)
            if not is_store_error(error):
                raise error

        self._store.read(
            lambda connection: read_attachment(connection, request.event, request.number),
            request.done,
            failed,
        )

    def _remember_form(self) -> None:
        self.actions_bar.last_form = self.page.preferences.chosen.copy_form

    def _arrived(self, detail: "EventDetail | None") -> None:
        if detail is None:
            self._show_nothing("This event is no longer stored: retention has removed it.")
            return
        same_issue = self._detail is not None and self._detail.issue.id == detail.issue.id
        self._detail = detail
        self._issue_id = detail.issue.id
        self._offer(detail.event, detail.issue, has_releases=bool(detail.releases))
        self.actions_bar.navigation.show_place(detail.place, arrived=True)
        # Before its rows are made: as many are as fill it.
        self._stack.setCurrentIndex(1)
        self.page.show_sections(sections_of(detail, self.page), keep_scroll=same_issue)
        self.shown.emit(detail.pk)
        # Now, not in the next frame: the rest of the page and what is looked up for it would come before.
        self.page.viewport().repaint()

    def _offer(self, event: "Event", issue: "Issue", *, has_releases: bool) -> None:
        has_request = event.request is not None and bool(event.request.url)
        self.actions_bar.show_issue(
            issue, has_releases=has_releases, has_code=frames.has_code(event), has_request=has_request
        )

    def _failed(self, error: BaseException) -> None:
        self._show_nothing(f"This event could not be read: {error}")
        if not is_store_error(error):
            raise error  # ours: it belongs into the log

    def _show_nothing(self, why: str = "") -> None:
        self._detail = None
        self._issue_id = None
        self.page.show_sections(())
        self._why = why
        self._show_hints()
        self._stack.setCurrentIndex(0)

    def follow_list(self, *, is_empty: bool) -> None:
        """Say nothing beside a list that is empty: there is nothing to be selected in it."""
        if is_empty != self._is_list_empty:
            self._is_list_empty = is_empty
            self._show_hints()

    def _show_hints(self) -> None:
        hints = () if self._why or self._is_list_empty else keys()
        sentence = "Select an issue to see its newest event" if hints else self._why
        self.placeholder.show_message(sentence, hints)

    def _refreshed(self, current: CurrentIssue) -> None:
        self._refreshing = None
        if current.issue is None:
            self._show_nothing("This issue is no longer stored: retention has removed it.")
        elif self._detail is not None:
            has_releases = bool(current.releases.choices)
            self._offer(self._detail.event, current.issue, has_releases=has_releases)
            self.actions_bar.navigation.show_place(current.place, arrived=False)
            self._update_issue(current)
        if self._refresh_again:
            self._refresh_again = False
            self.refresh()

    def _not_refreshed(self, error: BaseException) -> None:
        self._refreshing = None
        self._refresh_again = False
        if not is_store_error(error):
            raise error

    def _drop_refresh(self) -> None:
        if self._refreshing is not None:
            self._refreshing.cancel()
        self._refreshing = None
        self._refresh_again = False

    def _update_issue(self, current: CurrentIssue) -> None:
        for section in self.page.sections:
            if isinstance(section, HeaderSection) and current.issue is not None:
                section.update(current.issue, current.releases, current.activity)
            elif isinstance(section, FixCheckSection) and current.issue is not None:
                section.follow(current.issue)
            elif isinstance(section, TimelineSection) and section.lines != tuple(current.timeline):
                section.lines = tuple(current.timeline)
                self.page.rebuild(section)

    def _tick(self) -> None:
        """Update how long ago things happened."""
        self._ticks += 1
        if not self.isVisible():
            return
        for section in self.page.sections:
            if isinstance(section, HeaderSection):
                section.tick()
            elif isinstance(section, TimelineSection) and self._ticks % _TICKS_OF_TIMELINE == 0:
                self.page.rebuild(section)

    def _offer_jumps(self) -> None:
        sections: dict[str, int] = {}
        for number in self.page.sections_with_rows():
            if word := self.page.sections[number].jump:
                sections.setdefault(word, number)
        self.jump_bar.show_entries([(number, word) for word, number in sections.items()])

    def _compare(self, what: str) -> None:
        if self._detail is None:
            return
        pk = self._detail.pk
        if what == "usual":
            self._handlers.dispatch(CompareWithUsual(issue_id=self._detail.issue.id, pk=pk))
        elif (other := self.actions_bar.navigation.target(what)) is not None:
            self._handlers.dispatch(CompareEvents(one=pk, other=other))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.find_bar.isVisible():
            self.find_bar.close_search()
        else:
            super().keyPressEvent(event)

    def _request(self, signal: SignalInstance) -> None:
        if self._detail is not None:
            signal.emit(self._detail.issue.id)
