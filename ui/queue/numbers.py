"""The numbers on top of the queue: what is pending and since when, the rates, what went wrong."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import UNIT, font_small, font_title
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tooltip import set_tooltip
from ui.wording import count, duration

if TYPE_CHECKING:
    from ui.queue.snapshot import Snapshot


class Number(QWidget):
    """One number with its caption below."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = PlainLabel("–")
        self.value.setFont(font_title())
        self.value.setObjectName("number")
        self._caption = PlainLabel(caption)
        self._caption.setObjectName("muted")
        self._caption.setFont(font_small())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.value)
        layout.addWidget(self._caption)

    def show_value(self, text: str, *, alarming: bool = False) -> None:
        """Show a number."""
        self.value.setText(text)
        self.setAccessibleName(f"{self._caption.text()}: {text}")
        if self.value.property("alarming") != alarming:
            self.value.setProperty("alarming", alarming)
            self.value.style().polish(self.value)


class NumbersStrip(QWidget):
    """All the numbers, side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pending, self.oldest = Number("waiting"), Number("oldest")
        self.received, self.digested = Number("in / s"), Number("out / s")
        self.dead, self.refused, self.dropped = Number("dead letters"), Number("refused"), Number("dropped")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT * 3)
        for number in (
            *(self.pending, self.oldest, self.received, self.digested),
            *(self.dead, self.refused, self.dropped),
        ):
            layout.addWidget(number)
        layout.addStretch(1)
        set_tooltip(self.dropped, "Events that your listeners.py dropped before they were filed")

    def set_narrow(self, is_narrow: bool) -> None:
        """Hide the less important numbers."""
        for number in (self.received, self.digested):
            number.setHidden(is_narrow)

    def show_numbers(self, found: "Snapshot") -> None:
        """Show the numbers of a snapshot."""
        status, flow = found.status, found.flow
        waits = None if found.oldest is None else (datetime.now(UTC) - found.oldest).total_seconds()
        self.pending.show_value(count(status.pending))
        self.oldest.show_value("–" if waits is None else duration(max(0, waits)))
        self.received.show_value("–" if flow is None else _rate(flow.received))
        self.digested.show_value("–" if flow is None else _rate(flow.digested))
        self.dead.show_value(count(status.dead), alarming=status.dead > 0)
        self.refused.show_value(count(status.rejected))
        self.dropped.show_value(count(found.dropped))
        self.dropped.setVisible(found.dropped > 0)


def _rate(number: float) -> str:
    return count(round(number)) if number >= 10 or number == 0 else f"{number:.1f}"
