"""What stands beside a list: facets and histogram of what a search has found, and sparklines of a page.

A question is asked as the window asks it, of six facets and the histogram, once the search is through. Before
the first answer everything is read once, in steps; what that takes counts apart.
"""

import time
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from app.preferences import Preferences
from app.store.database import Database, open_for_engine
from app.store.facets import sparklines
from app.store.facets.survey import Answer, FacetQuestion, Question, Survey
from app.store.inbox.lists.issue_filter import IssueFilter, View
from app.store.inbox.lists.issue_search import IssueSearch
from bench.scale import stores
from bench.scale.figures import Figure, Wanted

SEARCHES = {
    "": Figure("facets and histogram of everything", "ms", Wanted.AT_MOST, 100),
    "level:error": Figure("the same of level:error", "ms", Wanted.AT_MOST, 100),
    stores.COMMON_WORD: Figure("the same of a common word", "ms", Wanted.AT_MOST, 100),
    f"project:{stores.PROJECTS[0]}": Figure("the same of a project", "ms", Wanted.AT_MOST, 100),
}
HISTOGRAM = Figure("read once: the histogram", "s CPU", Wanted.AT_MOST, 3)
FACETS = Figure("read once: six facets", "s CPU", Wanted.AT_MOST, 9)
SPARKLINES = Figure("sparklines of 300 rows", "ms", Wanted.AT_MOST, 20)
FIGURES = (*SEARCHES.values(), HISTOGRAM, FACETS, SPARKLINES)
ROUNDS = 5
HOUR = 3_600_000_000
# As `ui.issues.facets.survey_feed` reads at a time.
READ_SECONDS = 0.2
VALUES = 6
PAGE = 300


def measure(folder: Path) -> dict[str, float]:
    """Ask the store in `folder`."""
    database = open_for_engine(folder).database
    now = time.time_ns() // 1_000
    survey = Survey(now)
    facets = tuple(FacetQuestion(name=name, limit=VALUES) for name in Preferences().facets)

    def ask(found: Collection[int] | None, asked: tuple[FacetQuestion, ...] = facets) -> Answer:
        question = Question(filter=IssueFilter(View.EVERYTHING), now=now, found=found, facets=asked)
        with database.reading() as connection:
            return survey.ask(connection, question, READ_SECONDS)

    figures = {
        HISTOGRAM.name: _cpu_until_complete(lambda: ask(None, ())),
        FACETS.name: _cpu_until_complete(lambda: ask(None)),
    }
    for text, figure in SEARCHES.items():
        found = _found(database, text)
        figures[figure.name] = _least_ms(partial(ask, found))
    with database.reading() as connection:
        ids = range(1, PAGE + 1)
        figures[SPARKLINES.name] = _least_ms(lambda: sparklines.sparklines(connection, ids, now // HOUR))
    database.close()
    return figures


def _found(database: Database, text: str) -> Collection[int] | None:
    if not text:
        return None
    search = IssueSearch(IssueFilter(View.EVERYTHING, text=text))
    while not search.is_complete:
        with database.reading() as connection:
            search.look_further(connection, 10_000)
    return list(search.found_ids)


def _cpu_until_complete(ask: Callable[[], Answer]) -> float:
    begun = time.process_time()
    while not ask().is_complete:
        pass
    return time.process_time() - begun


def _least_ms(ask: Callable[[], object]) -> float:
    """What asking takes on the clock, the least of some rounds: others use the machine, too."""
    took = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        ask()
        took.append(time.perf_counter() - begun)
    return min(took) * 1000
