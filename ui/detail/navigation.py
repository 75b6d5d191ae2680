"""Going through an issue's events: first, previous, next, last, and where one is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.plain_text import plural
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.detail.quiet_button import QuietButton
from ui.detail.quiet_label import QuietLabel
from ui.widgets import icons

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.store.inbox.lists.events import EventPlace

_PLACES = ("first", "previous", "next", "last")


class Navigation(QWidget):
    """`event_requested(pk)` asks for another event of the issue."""

    event_requested = Signal(int)

    def __init__(self, theme: PageTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place: EventPlace | None = None
        self._was_newest = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.newer = QuietButton(
            theme, "", "Show the newest event", command="event_last", font=Font.SMALL, parent=self
        )
        self.newer.marked = True
        self.newer.clicked.connect(lambda: self.go("last"))
        self.newer.hide()
        self.position = QuietLabel(theme, Font.SMALL, self)
        self.buttons = {where: self._button(where) for where in _PLACES}
        for widget in (
            self.newer,
            self.buttons["first"],
            self.buttons["previous"],
            self.position,
            self.buttons["next"],
            self.buttons["last"],
        ):
            row.addWidget(widget)
        theme.changed.connect(self._dress)
        self._dress()

    def _button(self, where: str) -> QuietButton:
        button = QuietButton(
            self._theme, "", f"{where.capitalize()} event", command=f"event_{where}", parent=self
        )
        button.clicked.connect(lambda: self.go(where))
        return button

    def _dress(self) -> None:
        for where, button in self.buttons.items():
            button.setIcon(icons.icon(where))

    def show_place(self, place: "EventPlace", *, arrived: bool) -> None:
        """`arrived`: another event is shown; else the same one, with others around it now.

        A newer event does not replace the newest while it is read: it is counted next to the buttons.
        """
        if arrived:
            self._was_newest = place.next is None
        self._place = place
        self.position.show_text(
            f"{place.position:,} of {place.total:,}", widest=f"{place.total:,} of {place.total:,}"
        )
        for where, button in self.buttons.items():
            button.setEnabled(self.target(where) is not None)
        newer = place.total - place.position if self._was_newest and place.next is not None else 0
        self.newer.setText(f"{newer:,} newer")
        self.newer.setAccessibleName(f"{plural(newer, 'newer event')}: show the newest")
        self.newer.updateGeometry()
        self.newer.setVisible(newer > 0)

    def target(self, where: str) -> int | None:
        """The `first`, `previous`, `next` or `last` event from the shown one; None where there is none."""
        place = self._place
        if place is None:
            return None
        if where == "first":
            return place.first if place.previous is not None else None
        if where == "last":
            return place.last if place.next is not None else None
        return place.previous if where == "previous" else place.next

    def go(self, where: str) -> None:
        """`first`, `previous`, `next` or `last`; nothing happens where there is none."""
        target = self.target(where)
        if target is not None and self.isVisible():
            self.event_requested.emit(target)
