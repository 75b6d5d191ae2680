"""The histogram over the list: the events of its issues over time, by level. A drag asks for a part of it.

Painted here, some ninety rectangles from the theme's tokens: a charting library (QtCharts, pyqtgraph) takes
longer to load than the window takes to appear.
"""

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from app.model import Level
from ui.issues.facets import bars as wording
from ui.issues.facets.bars import LEVELS, RANGES, Bars
from ui.issues.facets.terms import Span
from ui.theme import UNIT, Theme, appearance, font_small, theme
from ui.widgets.mnemonic import add_action
from ui.widgets.tooltip import set_tooltip

HEIGHT = 68
_SIDE = UNIT * 2 + 4
_TOP = 20
_GROUND = 6
_LEAST = 2.0
_FAINT = 0.35


class Histogram(QWidget):
    """`span_chosen` carries the `Span` that is asked for, or None; `range_chosen` a name of `RANGES`.

    Arrow keys walk over the bars and, with Shift, choose several; Enter asks for them, Esc for all again.
    """

    span_chosen = Signal(object)
    range_chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Bars | None = None
        self._span: Span | None = None
        # The bar under the mouse or the cursor, and the one from which a choice reaches to it.
        self._at: int | None = None
        self._from: int | None = None
        self._is_dragging = False
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Events over time")
        self.range_button = QPushButton("", self)
        self.range_button.setObjectName("flat")
        self.range_button.setFont(font_small())
        self.range_button.setAccessibleName("How far the histogram reaches back")
        set_tooltip(self.range_button, "How far the histogram reaches back")
        self.range_button.clicked.connect(self._open_menu)
        self._chosen_range = "auto"
        appearance().themeChanged.connect(self.update)
        self._label_button()

    @property
    def bars(self) -> Bars | None:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Bars | None) -> None:
        """Show other bars; None: none are known."""
        if bars == self._bars:
            return
        before, self._bars = self._bars, bars
        if bars is None or before is None or bars.number != before.number:
            self._at = self._from = None
        elif (
            self._at is not None and bars.begin != before.begin and not self._is_dragging and self.hasFocus()
        ):
            # The cursor stays at its time.
            self._at = max(0, min(bars.number - 1, self._at - (bars.begin - before.begin) // bars.step))
        self._label_button()
        self._describe()
        self.update()

    def show_span(self, span: Span | None) -> None:
        """Mark the time that the search asks for."""
        if span != self._span:
            self._span = span
            self._describe()
            self.update()

    def choose_range(self, name: str) -> None:
        """Show this range as the chosen one."""
        self._chosen_range = name
        self._label_button()

    def caption(self) -> str:
        """What stands above the bars: about the bar under the mouse or the cursor, the choice, or all."""
        bars = self._bars
        if bars is None or not bars.number:
            return "" if bars is None else "No events in this time"
        if self._at is not None and self._from is not None and self._from != self._at:
            return wording.of_span(bars, bars.span(self._from, self._at))
        if self._at is not None:
            return wording.of_bar(bars, self._at)
        if self._span is not None:
            return f"Only {wording.of_span(bars, self._span)}"
        return wording.sentence(bars)

    def sizeHint(self) -> QSize:
        return QSize(300, HEIGHT)

    # -- painting -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme()
        painter.setFont(font_small())
        painter.setPen(colours.text_muted)
        line = QRectF(_SIDE, 0, self.range_button.x() - _SIDE - UNIT, _TOP)
        shown = painter.fontMetrics().elidedText(
            self.caption(), Qt.TextElideMode.ElideRight, int(line.width())
        )
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)
        area = self._area()
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), colours.line)
        if self._bars is not None and self._bars.number:
            self._paint_bars(painter, self._bars, area, colours)
        if self.hasFocus() and self.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.focus, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(-4, -3, 4, 4), 4, 4)
        painter.end()

    def _paint_bars(self, painter: QPainter, bars: Bars, area: QRectF, colours: Theme) -> None:
        totals, step = bars.totals(), area.width() / bars.number
        most = max(totals) or 1
        marked = self._marked(bars)
        if marked is not None:
            ground = QRectF(area.left() + marked.start * step, area.top(), len(marked) * step, area.height())
            painter.fillRect(ground, colours.selected)
        elif self._at is not None:
            painter.fillRect(
                QRectF(area.left() + self._at * step, area.top(), step, area.height()), colours.hover
            )
        painter.setPen(Qt.PenStyle.NoPen)
        gap = 1.0 if step >= 3 else 0.0
        for place, total in enumerate(totals):
            if not total:
                continue
            painter.setOpacity(1 if marked is None or place in marked else _FAINT)
            height = max(_LEAST, area.height() * total / most)
            left, bottom = area.left() + place * step, area.bottom()
            for level in LEVELS:
                count = bars.counts[level][place] if level in bars.counts else 0
                if count:
                    part = height * count / total
                    painter.fillRect(
                        QRectF(left, bottom - part, step - gap, part), colours.level(Level(level))
                    )
                    bottom -= part
        painter.setOpacity(1)

    def _marked(self, bars: Bars) -> range | None:
        if self._at is not None and self._from is not None:
            return range(min(self._at, self._from), max(self._at, self._from) + 1)
        return bars.covered(self._span) if self._span is not None else None

    def _area(self) -> QRectF:
        return QRectF(_SIDE, _TOP + 2, max(1, self.width() - 2 * _SIDE), HEIGHT - _TOP - 2 - _GROUND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._place_button()

    def _place_button(self) -> None:
        size = self.range_button.sizeHint()
        self.range_button.setGeometry(self.width() - _SIDE - size.width() + 8, 0, size.width(), _TOP)

    def _label_button(self) -> None:
        reach = self._chosen_range
        if reach == "auto" and self._bars is not None:
            reach = self._bars.reach
        self.range_button.setText("Range" if reach == "auto" else RANGES[reach])
        self._place_button()

    # -- mouse and keys -------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._bar_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            self._is_dragging = True
            self._at = self._from = place
            self._describe()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._bar_at(event.position().toPoint(), beyond=self._is_dragging)
        if place != self._at:
            self._at = place
            self._describe()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging and event.button() is Qt.MouseButton.LeftButton:
            self._is_dragging = False
            self._ask()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._is_dragging = False
        self._from = None
        self.span_chosen.emit(None)
        self._describe()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self._is_dragging:
            self._at = self._from = None
            self._describe()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bars = self._bars
        last = bars.number - 1 if bars is not None else -1
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Home: -last - 1,
            Qt.Key.Key_End: last + 1,
        }
        key = Qt.Key(event.key())
        if key in steps and last >= 0:
            before = last + 1 if self._at is None else self._at
            extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not extends:
                self._from = None
            elif self._from is None and self._at is not None:
                self._from = self._at
            self._at = min(last, max(0, before + steps[key]))
            self._describe()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at is not None:
            self._ask()
        elif key == Qt.Key.Key_Escape:
            if self._at is None and self._span is None:
                self.left.emit()
            self._at = self._from = None
            self._is_dragging = False
            if self._span is not None:
                self.span_chosen.emit(None)
            self._describe()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        """Ask for the bars that are chosen, or for the one."""
        bars, at = self._bars, self._at
        if bars is not None and at is not None:
            span = bars.span(at if self._from is None else self._from, at)
            self._from = None
            self.span_chosen.emit(None if span == self._span else span)
        self._describe()

    def _bar_at(self, place: QPoint, *, beyond: bool = False) -> int | None:
        area, bars = self._area(), self._bars
        if bars is None or not bars.number:
            return None
        number = int((place.x() - area.left()) // (area.width() / bars.number))
        if beyond:
            return min(bars.number - 1, max(0, number))
        return number if 0 <= number < bars.number and place.y() >= _TOP else None

    def _describe(self) -> None:
        """What is said changes with what is shown, for who hears it, too."""
        caption = self.caption()
        if caption != self.accessibleDescription():
            self.setAccessibleDescription(caption)
        self.update()

    # -- its menu -------------------------------------------------------------------------------------------

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        group = QActionGroup(menu)
        for name in RANGES:
            action = add_action(menu, RANGES[name], partial(self._take_range, name))
            action.setCheckable(True)
            action.setChecked(name == self._chosen_range)
            action.setActionGroup(group)
        menu.popup(self.range_button.mapToGlobal(self.range_button.rect().bottomLeft()))

    def _take_range(self, name: str) -> None:
        self.choose_range(name)
        self.range_chosen.emit(name)
