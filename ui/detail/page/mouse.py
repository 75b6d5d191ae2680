"""The page's mouse: hovering, clicking zones, and selecting text by dragging."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QCursor, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from ui.detail.page.canvas import Canvas
from ui.detail.page.selection import Caret, caret_at, moved
from ui.detail.page.sheet import Zone
from ui.widgets.tooltip import show_tooltip


class PageMouse(QObject):
    """Filters the events of the page's viewport."""

    def __init__(self, page: Canvas) -> None:
        super().__init__(page)
        self._page = page
        page.viewport().installEventFilter(self)
        self._pressed: QPointF | None = None
        self._anchor: Caret | None = None
        self._dragged = False

    def forget(self, start: int = 0, end: int = 0, more: int | None = None) -> None:
        """The rows from `start` to `end` were replaced by `more` more: forget what was of them.

        With None, all rows were replaced.
        """
        self._page.hovered = None
        if self._anchor is not None:
            self._anchor = None if more is None else moved(self._anchor, start, end, more)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            return self._handle(event)
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            show_tooltip(event.globalPos(), self.tooltip_at(QPointF(event.pos())), self._page.viewport())
            return True
        return False

    def _handle(self, event: QMouseEvent) -> bool:
        point = event.position()
        if event.type() == QEvent.Type.MouseMove:
            self._moved(point, event.buttons())
            return True
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._press(point, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self._select_word(point)
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._release(point)
        else:
            return False
        return True

    def tooltip_at(self, point: QPointF) -> str:
        """What is said about a point of the viewport: by the smallest thing there that says something."""
        on_page = self._page.page_point(point)
        index = self._page.stacking.index_at(on_page.y())
        if index < 0:
            return ""
        in_row = QPointF(on_page.x(), on_page.y() - self._page.stacking.tops[index])
        for tip in self._page.stacking.sheet(index).tips:
            if tip.rect.contains(in_row):
                return tip.text
        found = self._locate(point)
        return found[1].tooltip if found else ""

    def _locate(self, point: QPointF) -> tuple[int, Zone] | None:
        page = self._page
        on_page = page.page_point(point)
        index = page.stacking.index_at(on_page.y())
        if index < 0 or on_page.y() > page.stacking.height:
            return None
        in_row = on_page - QPointF(0, page.stacking.tops[index])
        zones = page.stacking.sheet(index).zones
        narrow_first = sorted(zones, key=lambda zone: zone.whole_row)
        return next(((index, zone) for zone in narrow_first if zone.rect.contains(in_row)), None)

    def hover_again(self) -> None:
        """Find out what is hovered after the page has moved below the mouse."""
        viewport = self._page.viewport()
        point = viewport.mapFromGlobal(QCursor.pos())
        if viewport.underMouse() and self._pressed is None:
            self._hover(self._locate(QPointF(point)))

    def _hover(self, found: tuple[int, Zone] | None) -> None:
        if found != self._page.hovered:
            shape = Qt.CursorShape.ArrowCursor if found is None else Qt.CursorShape.PointingHandCursor
            self._page.viewport().setCursor(shape)
            self._page.hover(found)

    def _moved(self, point: QPointF, buttons: Qt.MouseButton) -> None:
        if not buttons & Qt.MouseButton.LeftButton or self._pressed is None:
            self._hover(self._locate(point))
            return
        distance = (point - self._pressed).manhattanLength()
        if not self._dragged and distance < QApplication.startDragDistance():
            return
        self._dragged = True
        self._hover(None)
        self._extend_to(point)
        self._scroll_with(point)

    def _scroll_with(self, point: QPointF) -> None:
        bar = self._page.verticalScrollBar()
        if point.y() < 0:
            bar.setValue(bar.value() + round(point.y() / 2))
        elif point.y() > self._page.viewport().height():
            bar.setValue(bar.value() + round((point.y() - self._page.viewport().height()) / 2))

    def _extend_to(self, point: QPointF) -> None:
        caret = caret_at(self._page.stacking, self._page.page_point(point))
        if caret is not None and self._anchor is not None:
            self._page.select(self._anchor, caret)

    def _press(self, point: QPointF, extend: bool) -> None:
        self._pressed = point
        self._dragged = extend and self._anchor is not None
        if self._dragged:
            self._extend_to(point)
            return
        self._anchor = caret_at(self._page.stacking, self._page.page_point(point))
        self._page.select_nothing()

    def _release(self, point: QPointF) -> None:
        found = self._locate(point) if not self._dragged and self._pressed is not None else None
        self._pressed = None
        if found is None:
            return
        index, zone = found
        number = self._page.stacking.sheet(index).zones.index(zone)
        self._page.focus_on(self._page.stacking.place(index, number), reveal=False)
        zone.activate()

    def _select_word(self, point: QPointF) -> None:
        if self._locate(point) is not None:
            self._press(point, extend=False)  # a second click on something that folds is a click
            return
        caret = caret_at(self._page.stacking, self._page.page_point(point))
        spans = self._page.stacking.sheet(caret.row).spans if caret is not None else []
        if caret is None or not spans:
            return
        text = spans[caret.span].text
        start = end = caret.character
        while start > 0 and _in_word(text[start - 1]):
            start -= 1
        while end < len(text) and _in_word(text[end]):
            end += 1
        self._anchor = Caret(caret.row, caret.span, start)
        self._page.select(self._anchor, Caret(caret.row, caret.span, end))
        self._dragged = True


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "_-."
