"""A scrolling area that paints rows and finds them by position. The page decides which rows there are.

It holds what the mouse (`mouse.py`) and the keyboard (`keys.py`) work on: the rows with their
places, the zone that has the focus, and the selected text.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui.detail.page.find import Part
from ui.detail.page.layout import Place, Stacking
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.painter import SheetPainter
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.selection import Caret, selected_text
from ui.detail.page.sheet import Font, Zone

# Of a row by its index: the parts to highlight, and those of the match that a person went to.
Matches = Callable[[int], tuple[Sequence[Part], Sequence[Part]]]
_SPECIMEN = "".join(map(chr, range(32, 127))) + "·…–"
_SPECIMEN_WIDTH = 400
_BELOW_THE_END = 48
_ABOVE_WHAT_IS_REVEALED = 24


class Canvas(QAbstractScrollArea):
    """`copied(what)`: something was put on the clipboard."""

    copied = Signal(str)

    def __init__(self, theme: PageTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.stacking = Stacking(theme.type_, 0)
        self.current: Place | None = None
        self.selection: tuple[Caret, Caret] | None = None
        self.hovered: tuple[int, Zone] | None = None
        self.shows_focus = False
        self._matches: Matches | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(24)

    def warm_up(self) -> None:
        """Paint a line in each font once, on nothing that is seen: the first time takes longest."""
        image = QImage(_SPECIMEN_WIDTH, _SPECIMEN_WIDTH, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(self.devicePixelRatio())
        painter = QPainter(image)
        sheets = SheetPainter(painter, self.theme)
        for font in Font:
            row = Paragraph("specimen", _SPECIMEN, font)
            sheets.paint(row.sheet(self.theme.type_, _SPECIMEN_WIDTH), 0, None, None)
        painter.end()

    def copy(self, text: str, what: str) -> None:
        """Put `text` on the clipboard, and report that `what` was copied."""
        QGuiApplication.clipboard().setText(text.encode("utf-8", "replace").decode())
        self.copied.emit(what)

    def select(self, start: Caret, end: Caret) -> None:
        """Selects the text between two carets, in either order."""
        self.selection = (min(start, end), max(start, end))
        self.viewport().update()

    def select_nothing(self) -> None:
        if self.selection is not None:
            self.selection = None
            self.viewport().update()

    def selected_text(self) -> str:
        """What Copy copies; empty when nothing is selected."""
        return "" if self.selection is None else selected_text(self.stacking, *self.selection)

    def page_point(self, point: QPointF) -> QPointF:
        """A point of the viewport, on the page."""
        return point + QPointF(0, self.verticalScrollBar().value())

    def zone_of(self, place: Place | None) -> Zone | None:
        """The zone that a place names, if it is still there."""
        index = None if place is None else self.stacking.find(place)
        if index is None or place is None:
            return None
        zones = self.stacking.sheet(index).zones
        return zones[min(place.zone, len(zones) - 1)] if zones else None

    def focus_on(self, place: Place | None, *, reveal: bool = True) -> None:
        """Gives a zone the focus within the page, and scrolls it into view."""
        self.current = place
        index = None if place is None else self.stacking.find(place)
        if index is not None and reveal:
            self._reveal(index)
        self.announce_current()
        self.viewport().update()

    def announce_current(self) -> None:
        """Announces what has the focus to assistive technology."""
        zone = self.zone_of(self.current)
        state = "" if zone is None or zone.opened is None else ", open" if zone.opened else ", closed"
        self.setAccessibleDescription("" if zone is None else zone.name + state)

    def _reveal(self, index: int) -> None:
        bar = self.verticalScrollBar()
        top, bottom = self.stacking.tops[index], self.stacking.tops[index + 1]
        visible = self.viewport().height()
        if top < bar.value():
            bar.setValue(round(top) - _ABOVE_WHAT_IS_REVEALED)
        elif bottom > bar.value() + visible:
            bar.setValue(
                round(min(top, bottom + 2 * _ABOVE_WHAT_IS_REVEALED - visible)) - _ABOVE_WHAT_IS_REVEALED
            )

    def show_matches(self, matches: Matches) -> None:
        """Let this say what is highlighted in each row."""
        self._matches = matches

    def reveal_row(self, index: int, span: int = 0) -> None:
        """Scrolls so that a piece of the row's text can be read with some lines around it."""
        bar, visible = self.verticalScrollBar(), self.viewport().height()
        spans = self.stacking.sheet(index).spans
        y = self.stacking.tops[index] + (spans[span].baseline if span < len(spans) else 0)
        margin = min(visible / 4, 4.0 * _ABOVE_WHAT_IS_REVEALED)
        if not bar.value() + margin <= y <= bar.value() + visible - margin:
            bar.setValue(round(y - visible / 3))

    def text_width(self) -> int:
        """The width that rows are laid out for, with the scroll bar or without.

        The bar is away while a page is begun: all rows would be laid out three times.
        """
        return self.width() - self.verticalScrollBar().sizeHint().width()

    def fit_scroll_bar(self) -> None:
        """The scroll bar's range follows the page's height."""
        visible = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(max(1, visible))
        bar.setRange(0, max(0, round(self.stacking.height) + _BELOW_THE_END - visible))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        # What is on the screen already is moved, and only what comes into view is painted.
        self.viewport().scroll(0, dy)

    def hover(self, found: tuple[int, Zone] | None) -> None:
        """Marks the zone below the mouse: its row, and the zone."""
        before, self.hovered = self.hovered, found
        for index in {row for row, _ in filter(None, (before, found))}:
            if index < len(self.stacking.rows):
                top = self.stacking.tops[index] - self.verticalScrollBar().value()
                height = self.stacking.tops[index + 1] - self.stacking.tops[index]
                self.viewport().update(0, round(top) - 2, self.viewport().width(), round(height) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.theme.colour("surface"))
        scrolled = self.verticalScrollBar().value()
        sheets = SheetPainter(painter, self.theme)
        focused = self.zone_of(self.current) if self.shows_focus and self.hasFocus() else None
        index = self.stacking.index_at(event.rect().top() + scrolled)
        while 0 <= index < len(self.stacking.rows):
            top = self.stacking.tops[index] - scrolled
            if top > event.rect().bottom():
                break
            sheet = self.stacking.sheet(index)
            hovered = self.hovered[1] if self.hovered is not None and self.hovered[0] == index else None
            painter.translate(0, top)
            matches = ((), ()) if self._matches is None else self._matches(index)
            sheets.paint(sheet, index, self.selection, hovered, matches)
            if focused is not None and any(zone is focused for zone in sheet.zones):
                sheets.focus(focused)
            painter.translate(0, -top)
            index += 1
        painter.end()
