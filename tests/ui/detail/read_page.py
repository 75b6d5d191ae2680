"""A page in a test, driven as a person would drive it: by its visible text."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QGuiApplication

from app.detail import EventDetail
from app.store.database import Connection, Database
from ui.detail.page.layout import Place
from ui.detail.page.page import EventPage
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.section import Section
from ui.detail.page.sheet import Zone
from ui.detail.requests import Request
from ui.detail.sections.contents import sections_of
from ui.link.preferences_access import PreferencesAccess


class ReadPage(EventPage):
    """Runs background work at once, and finds things by their text. `requests`: what was asked for.

    A test may put another function in the place of `read_from_store(work, done)`.
    """

    def __init__(self, preferences: PreferencesAccess, database: Database | None = None) -> None:
        def from_store(work: Callable[[Connection], Any], done: Callable[[Any], None]) -> None:
            if database is not None:
                with database.reading() as connection:
                    read = work(connection)
                done(read)

        self.read_from_store: Callable[[Callable[[Connection], Any], Callable[[Any], None]], None] = (
            from_store
        )
        super().__init__(
            PageTheme(),
            lambda work, done: done(work()),
            lambda work, done: self.read_from_store(work, done),  # noqa: PLW0108 - a test may replace it
            preferences,
        )
        self.requests: list[Request] = []
        self.requested.connect(self.requests.append)
        self.resize(760, 900)

    def open(self, detail: EventDetail, only: type[Section] | None = None) -> "ReadPage":
        """Shows an event, or one section of it."""
        sections = sections_of(detail, self)
        self.show_sections([s for s in sections if only is None or isinstance(s, only)])
        self._begin_lookups()  # as once it has been painted
        self.text()
        return self

    def lines(self) -> list[str]:
        """The rows that have text, as text."""
        return [line for line in self.text().split("\n") if line]

    def zones(self) -> list[tuple[Place, Zone]]:
        """Everything that can be activated, from the top."""
        stacking = self.stacking
        return [
            (stacking.place(index, number), zone)
            for index in range(len(stacking.rows))
            for number, zone in enumerate(stacking.sheet(index).zones)
        ]

    def zone(self, name: str) -> Zone:
        """The first zone whose name begins so."""
        return next(zone for _, zone in self.zones() if zone.name.startswith(name))

    def activate(self, name: str) -> None:
        """Presses the first zone whose name begins so."""
        self.zone(name).activate()

    def type_text(self, text: str) -> None:
        """Types into the field that a section has asked for."""
        self.entry.setText(text)
        self.entry.send()

    def menu(self, line: str) -> dict[str, Any]:
        """The context menu of the first row with this text: label to action."""
        rows = range(len(self.stacking.rows))
        index = next(i for i in rows if line in self.stacking.sheet(i).text())
        return {action.text(): action.trigger for action in self.menu_for(index).actions() if action.text()}

    def clipboard_text(self) -> str:
        """What was copied last."""
        return QGuiApplication.clipboard().text()
