"""Asks the store what stands beside the list, behind its first page and never in its way.

There is one question at a time; the next begins some time after the last answer, longer after one that took
long. What a search has found so far is asked about while it goes on looking. A new search ends the question
that is under way.
"""

import time
from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from app import clock, store
from ui.issues.feed import IssueFeed
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.facets.survey import Answer, Survey

PAUSE_MS = 250
# While the answers follow each other, as errors keep coming: numbers that change more often are not read.
BUSY_PAUSE_MS = 700
# What takes long is asked for less often: it takes a tenth of the time at most.
PAUSES = 9
# What stands beside the list is never behind it for longer: an empty list beside full facets misleads.
LONGEST_PAUSE_MS = 2_000
# While a search goes on looking, what it has found so far is shown more often.
LOOKING_PAUSE_MS = 700
# As long is read at most until there is an answer, and another question.
READ_SECONDS = 0.2
# And rests for half as long, or more.
READING_PAUSE_MS = 100
# The first question waits until what the window needs first has been loaded.
FIRST_PAUSE_MS = 500
# Bars move on without events.
TICK_MS = 20_000


class FacetWish(Struct, frozen=True):
    """A facet that is wanted: see `survey.FacetQuestion`."""

    name: str
    limit: int
    containing: str = ""
    always: tuple[str, ...] = ()


class SurveyFeed(QObject):
    """`answered` carries an `Answer` of `app.store.facets.survey` to what is shown now."""

    answered = Signal(object)

    def __init__(self, store_access: StoreAccess, feed: IssueFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store_access
        self._feed = feed
        self._survey: Survey | None = None
        self._wishes: tuple[FacetWish, ...] = ()
        self._reach: str | None = None
        self._ticket: Ticket | None = None
        self._given_up = Event()
        self._is_listed = self._is_requested = self._is_stopped = False
        self._is_first, self._is_looking = True, False
        self._begun = 0.0
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._end_pause)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.request)
        self._tick.start()
        feed.asked.connect(self._abandon)
        feed.started.connect(self._begin)
        feed.changed.connect(lambda _ids: self.request())
        feed.settled.connect(self.request)

    @property
    def is_looking(self) -> bool:
        """Whether the last question was about a search that has not found everything."""
        return self._is_looking

    def wish(self, facets: tuple[FacetWish, ...], reach: str | None) -> None:
        """Ask for these facets, and unless it is None for a histogram of this range."""
        if (facets, reach) != (self._wishes, self._reach):
            self._wishes, self._reach = facets, reach
            self.request_now()

    def _abandon(self) -> None:
        """What is under way concerns no one any more."""
        self._cancel()
        self._is_listed = self._is_requested = False
        self._pause.stop()

    def request(self) -> None:
        """Ask again when the pause is over."""
        if self._ticket is not None or self._pause.isActive():
            self._is_requested = True
        else:
            self.request_now()

    def request_now(self) -> None:
        """Ask at once, whatever is under way."""
        self._cancel()
        self._pause.stop()
        self._is_busy = False
        self._ask()

    def read_keys(self, done: Callable[[tuple[str, ...]], None]) -> None:
        """Have `done` get the facets that there can be."""

        def read(connection: "Connection") -> tuple[str, ...]:
            # Named here, off the UI thread, where it is loaded.
            return store.survey.known_keys(connection)

        self._store.read(read, done)

    def stop(self) -> None:
        """Ask for nothing more."""
        self._is_stopped = True
        self._abandon()
        self._tick.stop()

    def _begin(self) -> None:
        self._is_listed = True
        if self._is_first:
            self._is_first, self._is_requested = False, True
            self._pause.start(FIRST_PAUSE_MS)
        else:
            self.request_now()

    def _cancel(self) -> None:
        if self._ticket is not None:
            self._given_up.set()
            self._ticket.cancel()
            self._ticket = None

    def _ask(self) -> None:
        self._is_requested = False
        if self._is_stopped or not self._is_listed or not (self._wishes or self._reach):
            return
        place, found, wishes, reach = self._feed.place, self._feed.found, self._wishes, self._reach
        number = self._feed.number
        self._is_looking = number is not None and not number.is_final
        self._given_up = given_up = Event()
        self._begun = time.monotonic()

        def read(connection: "Connection") -> "Answer":
            if self._survey is None:
                self._survey = store.survey.Survey(clock.now_micros())
            facets = tuple(
                store.survey.FacetQuestion(
                    name=wish.name, limit=wish.limit, containing=wish.containing, always=wish.always
                )
                for wish in wishes
            )
            question = store.survey.Question(
                filter=place.filter(""),
                now=clock.now_micros(),
                found=found,
                facets=facets,
                reach=None if reach is None else store.histogram.Range(reach),
                offset=_offset(),
            )
            return self._survey.ask(connection, question, READ_SECONDS, given_up.is_set)

        self._ticket = self._store.read(read, self._take, self._fail)

    def _take(self, answer: "Answer") -> None:
        took = time.monotonic() - self._begun
        self._ticket = None
        if not answer.is_complete:
            self._is_requested = True
            self._pause.start(READING_PAUSE_MS)
        elif self._is_looking:
            self._is_requested = True
            self._pause.start(LOOKING_PAUSE_MS)
        else:
            least = BUSY_PAUSE_MS if self._is_busy else PAUSE_MS
            self._pause.start(max(least, pause_after(took)))
        self.answered.emit(answer)

    def _fail(self, error: BaseException) -> None:
        self._ticket = None
        self._pause.start(PAUSE_MS)
        self._store.report_problem(error)

    def _end_pause(self) -> None:
        if self._is_requested:
            self._is_busy = True
            self._ask()


def pause_after(seconds: float) -> int:
    """How long to rest after a question that took so long, in milliseconds."""
    return min(LONGEST_PAUSE_MS, max(PAUSE_MS, round(seconds * 1000 * PAUSES)))


def _offset() -> int:
    ahead = datetime.now().astimezone().utcoffset()
    return 0 if ahead is None else round(ahead.total_seconds())
