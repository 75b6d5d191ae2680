"""What a section of the page is, and what it may ask of the page that shows it."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Protocol, TypeVar

from ui.detail.page.rows import Row
from ui.detail.requests import Request
from ui.link.preferences_access import PreferencesAccess

if TYPE_CHECKING:  # they bring SQLAlchemy, which the window imports off the UI thread only
    from app.detail import EventDetail
    from app.store.database import Connection

T = TypeVar("T")


class SectionHost(Protocol):
    """The page, as its sections see it."""

    preferences: PreferencesAccess
    """What the person has chosen; sections change it, and the page rebuilds them."""
    folds: dict[str, bool]
    """What is open, by `section/fold`: the same for every event."""

    def rebuild(self, section: "PageSection") -> None:
        """Ask for the section's rows again: something was opened, folded or turned around."""

    def copy(self, text: str, what: str) -> None:
        """Put `text` on the clipboard, and report that `what` was copied."""

    def request(self, request: Request) -> None:
        """Ask for what only the window can do."""

    def reveal(self, section: "PageSection", key: Hashable) -> None:
        """Scroll the section's row of this key into view, and give its first zone the focus."""

    def enter_text(self, label: str, text: str, changed: Callable[[str], None]) -> None:
        """Let the person type; `changed` gets the text while they do, and an empty one when they give up."""

    def from_store(self, work: "Callable[[Connection], T]", done: Callable[[T], None]) -> None:
        """As `in_background`, with a connection to the store."""

    def in_background(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` off the UI thread, and give `done` the result unless another event is shown by then."""


class PageSection:
    """One part of a page, with a heading. Holds what is open in it; makes its rows whenever asked.

    `name` is the heading, `jump` the label in the jump bar, empty for sections that are not in it.
    `folded_as` is the fold that hides all but the heading, empty where there is none.
    """

    name = ""
    jump = ""
    folded_as = ""

    def __init__(self, host: SectionHost) -> None:
        self.host = host

    def rows(self) -> list[Row]:
        """The rows in the present state; empty when there is nothing for this section."""
        raise NotImplementedError

    def reveal(self) -> None:
        """Open the section where it is folded: the person has jumped to it."""
        if self.folded_as and not self.is_open(self.folded_as):
            self.toggle(self.folded_as)

    def end(self) -> None:
        """Another event is shown: give up what is under way."""

    def is_open(self, fold: str, by_default: bool = False) -> bool:
        return self.host.folds.get(f"{self.name}/{fold}", by_default)

    def toggle(self, fold: str, by_default: bool = False) -> None:
        self.host.folds[f"{self.name}/{fold}"] = not self.is_open(fold, by_default)
        self.host.rebuild(self)


class Section(PageSection):
    """A part of the page of one event."""

    def __init__(self, detail: "EventDetail", host: SectionHost) -> None:
        super().__init__(host)
        self.detail = detail
        self.event = detail.event
        self.begin()

    def begin(self) -> None:
        """Sets up the section's own state: what is open, trees."""
