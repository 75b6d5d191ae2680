"""The scrolling page: sections below each other, with keyboard navigation and selectable text.

Only as many sections are built at once as fill the window; the rest follow in slices while no
event is pending, so that a click is answered within a frame whatever the event holds.
"""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, QPointF, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from ui.detail.page.canvas import Canvas
from ui.detail.page.keys import PageKeys
from ui.detail.page.layout import Stacking
from ui.detail.page.mouse import PageMouse
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.section import Section
from ui.detail.page.sheet import Zone
from ui.detail.requests import Request
from ui.link.preferences_access import PreferencesAccess
from ui.widgets.mnemonic import add_action

T = TypeVar("T")
RunInBackground = Callable[[Callable[[], Any], Callable[[Any], None]], object]
SLICE_SECONDS = 0.004
_IN_VIEW_BELOW = 64


class EventPage(Canvas):
    """Shows sections, and is their `SectionHost`.

    `run_in_background(work, done)` runs work off the UI thread. Signals: `section_in_view(index)` when the
    section in view has changed, `built()` when all sections are there, `requested(request)` for a section.
    """

    section_in_view = Signal(int)
    requested = Signal(object)
    built = Signal()

    def __init__(
        self,
        theme: PageTheme,
        run_in_background: RunInBackground,
        preferences: PreferencesAccess,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.preferences = preferences
        self.folds: dict[str, bool] = {}
        self.sections: Sequence[Section] = ()
        self._run_in_background = run_in_background
        self._generation = 0
        self._target_scroll: int | None = None
        self._unreached: tuple[int, int] | None = None
        self._mouse = PageMouse(self)
        self._keys = PageKeys(self)
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._build_slice)
        self.setAccessibleName("Event")
        self.verticalScrollBar().valueChanged.connect(self._announce_section_in_view)
        theme.changed.connect(self._set_again)
        preferences.changed.connect(self._read_otherwise)

    def show_sections(self, sections: Sequence[Section], *, keep_scroll: bool = False) -> None:
        """Shows another event; with `keep_scroll`, at the same scroll position."""
        self._generation += 1
        self._unreached = None
        self._target_scroll = self.verticalScrollBar().value() if keep_scroll else 0
        self.current = self.current if keep_scroll else None
        self.sections = sections
        self._build_anew()

    def request(self, request: Request) -> None:
        self.requested.emit(request)

    def _build_anew(self) -> None:
        self.selection = None
        self._mouse.forget()
        self.stacking = Stacking(self.theme.type_, self.viewport().width())
        self._build(until=(self._target_scroll or 0) + self.viewport().height())
        self._restore_scroll()
        self.viewport().update()
        self._announce_section_in_view()
        self.announce_current()

    def _build(self, *, until: float | None = None, seconds: float | None = None) -> None:
        begun = perf_counter()
        while not self.complete:
            if until is not None and self.stacking.height > until:
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

    def _build_slice(self) -> None:
        self._build(seconds=SLICE_SECONDS)
        self._restore_scroll()
        self.viewport().update()

    @property
    def complete(self) -> bool:
        """Whether every section has been built."""
        return len(self.stacking.starts) >= len(self.sections)

    def rebuild(self, section: Section) -> None:
        """Asks the section for its rows again; what is below it moves."""
        number = next((i for i, shown in enumerate(self.sections) if shown is section), None)
        if number is None or number >= len(self.stacking.starts):
            return
        before = len(self.stacking.rows)
        self.stacking.replace_section(number, section.rows())
        if len(self.stacking.rows) != before:
            self.selection = None
        self._mouse.forget()
        self.fit_scroll_bar()
        if self._unreached == (number, self.verticalScrollBar().value()):
            self._go_to(number)
        self._mouse.hover_again()
        self.announce_current()
        self.viewport().update()

    def in_background(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` off the UI thread; `done` gets the result unless another event is shown by then."""
        asked_for = self._generation

        def done_if_still_shown(result: T) -> None:
            if asked_for == self._generation:
                done(result)

        self._run_in_background(work, done_if_still_shown)

    def text(self) -> str:
        """Everything on the page as text."""
        self._build()
        return "\n".join(self.stacking.sheet(index).text() for index in range(len(self.stacking.rows)))

    def jump_to(self, section: int) -> None:
        """Scrolls so that the section's heading is at the top."""
        self._build()
        self.sections[section].reveal()
        self._target_scroll = None
        self._go_to(section)

    def _go_to(self, section: int) -> None:
        """What the section loads may have to arrive before its heading can be at the top."""
        bar, top = self.verticalScrollBar(), round(self.stacking.tops[self.stacking.starts[section]]) + 16
        bar.setValue(top)
        self._unreached = (section, bar.value()) if bar.value() < top else None

    def sections_with_rows(self) -> list[int]:
        """Indexes of the built sections that have something to show."""
        spans = ((number, self.stacking.span(number)) for number in range(len(self.stacking.starts)))
        return [number for number, (start, end) in spans if end > start]

    def _restore_scroll(self) -> None:
        if self._target_scroll is None:
            return
        self.verticalScrollBar().setValue(self._target_scroll)
        if self.complete or self.verticalScrollBar().value() == self._target_scroll:
            self._target_scroll = None

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
            if text := self.stacking.sheet(index).text():
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
            self._target_scroll = self.verticalScrollBar().value()
            self._build_anew()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._mouse.hover_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.verticalScrollBar()
        anchor = self.stacking.index_at(bar.value())
        if self.viewport().width() != self.stacking.width:
            offset = bar.value() - self.stacking.tops[max(0, anchor)]
            self.stacking.resize(self.viewport().width())
            self.fit_scroll_bar()
            bar.setValue(round(self.stacking.tops[max(0, anchor)] + offset))
        self.fit_scroll_bar()

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
