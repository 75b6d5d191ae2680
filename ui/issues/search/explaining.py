"""Why a search finds nothing: what it would find with less, elsewhere, or written otherwise.

Each of these searches is made off the UI thread, and ended when another list is shown.
"""

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from app import store
from app.plain_text import elided
from app.query import writing
from app.query.relaxed import parts, relaxed
from ui.issues.search import nearest_values
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess
from ui.places import Place

if TYPE_CHECKING:
    from app.store.database import Connection

# Who still types would only be made to wait by this.
PAUSE_MS = 150
# A search is looked through for so long; what it has found by then is shown as "at least".
SECONDS_EACH = 0.15
ISSUES_AT_ONCE = 200
MOST_OFFERED = 4
_LONGEST_PART = 40
_PAIR = 2


class Way(Struct, frozen=True):
    """Another search, which may be in another list, and what a person is told of it."""

    place: Place
    text: str
    label: str


class Offer(Struct, frozen=True):
    """A way that finds something: how many issues, or at least so many."""

    way: Way
    found: int
    is_final: bool

    @property
    def label(self) -> str:
        """What stands on its button."""
        return f"{self.way.label} ({self.found:,}{'' if self.is_final else '+'})"


class Explaining(QObject):
    """`explained` carries the offers for the search that was asked about last."""

    explained = Signal(object)

    def __init__(self, access: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._asked: tuple[Place, str] | None = None
        self._ticket: Ticket | None = None
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def ask(self, place: Place, text: str) -> None:
        """Find out about a search that finds nothing in this list; once, until `forget`."""
        if self._asked == (place, text):
            return
        self.forget()
        self._asked = place, text
        self._pause.start()

    def _ask(self) -> None:
        assert self._asked is not None
        place, text = self._asked
        self._ticket = self._access.read(
            lambda connection: tried(connection, [*nearest(connection, place, text), *ways(place, text)]),
            self._take,
            self._fail,
        )

    def forget(self) -> None:
        """Another list is shown, or something is found by now."""
        self._asked = None
        self._pause.stop()
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _take(self, offers: list[Offer]) -> None:
        self._ticket = None
        self.explained.emit(offers)

    def _fail(self, error: BaseException) -> None:
        self._ticket = None
        self._access.report_problem(error)


def nearest(connection: "Connection", place: Place, text: str) -> list[Way]:
    """The search with values that are stored, in place of some that are not."""
    return [
        Way(place, better, f"With {elided(term, _LONGEST_PART)}")
        for better, term in nearest_values.searches(connection, text)
    ]


def ways(place: Place, text: str) -> list[Way]:
    """What could be searched for instead, the nearest first."""
    better, found = writing.all_mended(text), []
    if better != text:
        found.append(Way(place, better, f"Search for {elided(better, _LONGEST_PART)}"))
    if place.project is not None:
        found.append(Way(Place(place.view), text, "In all projects"))
    if place.view != "everything":
        found.append(Way(Place("everything"), text, "In Everything"))
    found += [Way(place, each.text, f"Without {_quoted(each.without)}") for each in relaxed(text)]
    # Where two parts are too many, each that finds something alone.
    alone = parts(text)
    found += [Way(place, each, f"Only {_quoted(each)}") for each in alone if len(alone) > _PAIR]
    return found


def _quoted(part: str) -> str:
    """A part of a search as it stands in a sentence."""
    short = elided(part, _LONGEST_PART)
    return short if ":" in part or '"' in part else f"“{short}”"


def tried(connection: "Connection", ways: Sequence[Way]) -> list[Offer]:
    """Those of the ways that find something."""
    offers = []
    for way in ways:
        search = store.issue_search.IssueSearch(way.place.filter(way.text))
        until = monotonic() + SECONDS_EACH
        while not search.is_complete and monotonic() < until:
            search.look_further(connection, ISSUES_AT_ONCE)
        if search.number:
            offers.append(Offer(way, search.number, search.is_complete))
        if len(offers) == MOST_OFFERED:
            break
    return offers
