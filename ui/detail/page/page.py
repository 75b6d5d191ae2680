"""The scrolling page: sections below each other, with keyboard navigation and selectable text.

Only as many sections are built at once as fill the window; the rest follow in slices while no
event is pending, so that a click is answered within a frame whatever the event holds.
"""

from collections.abc import Callable, Hashable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from ui.detail.page.anchor import Anchor, anchor_at, height_of
from ui.detail.page.canvas import Canvas
from ui.detail.page.keys import PageKeys
from ui.detail.page.layout import Place, Stacking
from ui.detail.page.mouse import PageMouse
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.section import PageSection
from ui.detail.page.selection import moved
from ui.detail.page.sheet import Zone
from ui.detail.page.text_entry import TextEntry
from ui.detail.requests import Request
from ui.link.preferences_access import PreferencesAccess
from ui.widgets.mnemonic import add_action

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.store.database import Connection

T = TypeVar("T")
RunInBackground = Callable[[Callable[[], Any], Callable[[Any], None]], object]
ReadStore = Callable[["Callable[[Connection], Any]", Callable[[Any], None]], object]
SLICE_SECONDS = 0.004
_IN_VIEW_BELOW = 64
# Of the space above a heading.
_ABOVE_A_HEADING = 16
_ABOVE_WHAT_IS_REVEALED = 24


class EventPage(Canvas):
    """Shows sections, and is their `SectionHost`.

    `run_in_background(work, done)` runs work off the UI thread, `read_store(work, done)` does so with a
    connection to the store. Signals: `section_in_view(index)` when the section in view has changed, `built()`
    when all sections are there, `rebuilt()` when rows of some have changed, `requested(request)` for one.
    """

    section_in_view = Signal(int)
    requested = Signal(object)
    built = Signal()
    rebuilt = Signal()

    def __init__(
        self,
        theme: PageTheme,
        run_in_background: RunInBackground,
        read_store: ReadStore,
        preferences: PreferencesAccess,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.preferences = preferences
        self.folds: dict[str, bool] = {}
        self.sections: Sequence[PageSection] = ()
        self._run_in_background = run_in_background
        self._read_store = read_store
        self._generation = 0
        # What is looked up for another event begins once what is known of it has been painted.
        self._lookups: list[Callable[[], object]] | None = None
        self._anchor: Anchor | None = None
        self._is_returning = False
        self._unreached: tuple[int, int] | None = None
        self._mouse = PageMouse(self)
        self._keys = PageKeys(self)
        self.entry = TextEntry(self)
        self.entry.setAccessibleName("Search in the page")
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._build_slice)
        self.setAccessibleName("Event")
        self.verticalScrollBar().valueChanged.connect(self._announce_section_in_view)
        theme.changed.connect(self._set_again)
        preferences.changed.connect(self._read_otherwise)

    def show_sections(self, sections: Sequence[PageSection], *, keep_scroll: bool = False) -> None:
        """Shows another event; with `keep_scroll`, at the row that was at the top, if it has that, too."""
        self._generation += 1
        self._lookups = []
        QTimer.singleShot(0, self, self._begin_lookups)
        self._unreached = None
        for section in self.sections:
            section.end()
        self.entry.forget()
        self._return_to(self._anchor_now() if keep_scroll else None)
        self.current = self.current if keep_scroll else None
        self.sections = sections
        self._build_anew()

    def request(self, request: Request) -> None:
        self.requested.emit(request)

    def _build_anew(self) -> None:
        self.selection = None
        self._mouse.forget()
        self.stacking = Stacking(self.theme.type_, self.text_width())
        self._build(until_view_is_filled=True)
        self._restore_scroll()
        self.viewport().update()
        self._announce_section_in_view()
        self.announce_current()

    def _build(self, *, until_view_is_filled: bool = False, seconds: float | None = None) -> None:
        begun = perf_counter()
        while not self.complete:
            if until_view_is_filled and self._is_view_filled():
                break
            if seconds is not None and perf_counter() - begun > seconds:
                break
            self.stacking.append_section(self.sections[len(self.stacking.starts)].rows())
        self.fit_scroll_bar()
        if not self.complete:
            self._idle.start()
        else:
            self._idle.stop()
            self.built.emit()

    def _is_view_filled(self) -> bool:
        top = height_of(self.stacking, self._anchor)
        return top is not None and self.stacking.height > top + self.viewport().height()

    def _build_slice(self) -> None:
        self._build(seconds=SLICE_SECONDS)
        self._restore_scroll()
        self.viewport().update()

    @property
    def complete(self) -> bool:
        """Whether every section has been built."""
        return len(self.stacking.starts) >= len(self.sections)

    def rebuild(self, section: PageSection) -> None:
        """Asks the section for its rows again; what the person reads stays where it is."""
        number = next((i for i, shown in enumerate(self.sections) if shown is section), None)
        if number is None or number >= len(self.stacking.starts):
            return
        is_wanted = self._unreached == (number, self._short_of(number))
        anchor = self._anchor_now()
        start, end = self.stacking.span(number)
        rows = section.rows()
        self.stacking.replace_section(number, rows)
        more = len(rows) - (end - start)
        if self.selection is not None:
            first, last = (moved(caret, start, end, more) for caret in self.selection)
            self.selection = None if first is None or last is None else (first, last)
        self._mouse.forget(start, end, more)
        self.fit_scroll_bar()
        self._return_to(anchor)
        self._restore_scroll()
        if is_wanted:
            self._go_to(number)
        self._mouse.hover_again()
        self.announce_current()
        self.viewport().update()
        self.rebuilt.emit()

    def _anchor_now(self) -> Anchor | None:
        return (
            self._anchor if self._is_returning else anchor_at(self.stacking, self.verticalScrollBar().value())
        )

    def _return_to(self, anchor: Anchor | None) -> None:
        self._anchor = anchor
        self._is_returning = True

    def reveal(self, section: PageSection, key: Hashable) -> None:
        """Scrolls a row of the section to where it is seen, and gives it the focus."""
        self._build()
        number = next((i for i, shown in enumerate(self.sections) if shown is section), None)
        place = None if number is None else Place(number, key)
        index = None if place is None else self.stacking.find(place)
        if index is not None:
            self._is_returning = False
            self.verticalScrollBar().setValue(round(self.stacking.tops[index]) - _ABOVE_WHAT_IS_REVEALED)
            self.focus_on(place)

    def enter_text(self, label: str, text: str, changed: Callable[[str], None]) -> None:
        """Shows a field at the top right."""
        self.entry.ask(label, text, changed)

    def in_background(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` off the UI thread; `done` gets the result unless another event is shown by then.

        What has not begun by then is not run: who passes events with `j` held down would wait for them all.
        """
        asked_for = self._generation
        done = self._if_still_shown(done)
        self._look_up(
            lambda: self._run_in_background(lambda: work() if asked_for == self._generation else None, done)
        )

    def from_store(self, work: "Callable[[Connection], T]", done: Callable[[T], None]) -> None:
        """Read the store off the UI thread; `done` gets the result unless another event is shown by then."""
        done = self._if_still_shown(done)
        self._look_up(lambda: self._read_store(work, done))

    def _look_up(self, begin: Callable[[], object]) -> None:
        if self._lookups is None:
            begin()
        else:
            self._lookups.append(begin)

    def _begin_lookups(self) -> None:
        lookups, self._lookups = self._lookups or (), None
        for begin in lookups:
            begin()

    def _if_still_shown(self, done: Callable[[T], None]) -> Callable[[T], None]:
        asked_for = self._generation

        def done_if_still_shown(result: T) -> None:
            if asked_for == self._generation:
                done(result)

        return done_if_still_shown

    def text(self) -> str:
        """Everything on the page as text."""
        self._build()
        return "\n".join(self.stacking.sheet(index).text() for index in range(len(self.stacking.rows)))

    def jump_to(self, section: int) -> None:
        """Scrolls so that the section's heading is at the top."""
        self._build()
        self.sections[section].reveal()
        self._is_returning = False
        self._go_to(section)

    def _go_to(self, section: int) -> None:
        """What the section loads may have to arrive before its heading can be at the top."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._short_of(section))
        short = self._short_of(section)
        self._unreached = (section, short) if short > 0 else None

    def _short_of(self, section: int) -> int:
        """How far the section's heading is below the top of the view, in pixels."""
        top = self.stacking.tops[self.stacking.starts[section]]
        return round(top) + _ABOVE_A_HEADING - self.verticalScrollBar().value()

    def sections_with_rows(self) -> list[int]:
        """Indexes of the built sections that have something to show."""
        spans = ((number, self.stacking.span(number)) for number in range(len(self.stacking.starts)))
        return [number for number, (start, end) in spans if end > start]

    def _restore_scroll(self) -> None:
        if not self._is_returning:
            return
        top = height_of(self.stacking, self._anchor)
        if top is not None:
            self.verticalScrollBar().setValue(round(top))
        if self.complete or (top is not None and self.verticalScrollBar().value() == round(top)):
            self._is_returning = False

    def _announce_section_in_view(self) -> None:
        bar = self.verticalScrollBar()
        at_end = bar.maximum() > 0 and bar.value() == bar.maximum()
        y = self.stacking.height - 1 if at_end and self.complete else bar.value() + _IN_VIEW_BELOW
        index = self.stacking.index_at(y)
        if index >= 0:
            self.section_in_view.emit(self.stacking.section_of(index))

    def menu_for(self, index: int, zone: Zone | None = None) -> QMenu:
        """The context menu of a row, and of one of its zones."""
        menu = QMenu(self)
        if selected := self.selected_text():
            menu.addAction("Copy selection", lambda: self.copy(selected, "Selection"))
            menu.addSeparator()
        if 0 <= index < len(self.stacking.rows):
            for entry in (*(zone.menu if zone is not None else ()), *self.stacking.rows[index].menu):
                add_action(menu, entry.label, entry.action)
            if text := self.stacking.sheet(index).copied_text():
                menu.addAction("Copy line", lambda: self.copy(text, "Line"))
        menu.addAction("Select all", self._keys.select_all)
        return menu

    def _read_otherwise(self) -> None:
        for section in self.sections:
            self.rebuild(section)

    def _set_again(self) -> None:
        if self.stacking.type_ is self.theme.type_:
            self.viewport().update()
        else:
            self._return_to(self._anchor_now())
            self._build_anew()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._mouse.hover_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.entry.fit()
        if self.text_width() != self.stacking.width:
            anchor = self._anchor_now()
            self.stacking.resize(self.text_width())
            self.fit_scroll_bar()
            self._return_to(anchor)
            self._restore_scroll()
            self.rebuilt.emit()
        self.fit_scroll_bar()

    def event(self, event: QEvent) -> bool:
        # The window has a shortcut of this key, too, which means the list.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.SelectAll)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.handle(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        return self._keys.step(1 if forwards else -1) or super().focusNextPrevChild(forwards)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keys.entered(event.reason())
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.stacking.index_at(self.page_point(QPointF(event.pos())).y())
        position = event.globalPos()
        zone = self.hovered[1] if self.hovered is not None and self.hovered[0] == index else None
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.current is not None:
            found = self.stacking.find(self.current)
            if found is not None:
                index, zone = found, self.zone_of(self.current)
                top = self.stacking.tops[index] - self.verticalScrollBar().value()
                position = self.viewport().mapToGlobal(QPoint(32, round(top) + 16))
        menu = self.menu_for(index, zone)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(position)
