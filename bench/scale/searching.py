"""Searching in the real window, with its engine: what is typed, the End key, and errors that keep coming.

    python -m bench.scale.searching DIR

The window is started as a user starts it, without a display. The searches are those that a person types: a
word that every event has, a tag, a word that few have. The store in DIR is changed: use a copy.
"""

import sys
import time
from contextlib import closing
from pathlib import Path

import msgspec

from app.store.database import Database, open_existing
from app.store.inbox.lists.issue_search import IssueSearch
from app.store.inbox.lists.issues import IssueFilter, View
from bench import report
from bench.scale import stores, window
from bench.scale.figures import Figure, Wanted

TYPED = {
    stores.COMMON_WORD: Figure("search, a common word: keystroke to rows painted", "ms", Wanted.AT_MOST, 50),
    "environment:production": Figure("search, a tag: the same", "ms", Wanted.AT_MOST, 50),
    stores.RARE_WORD: Figure("search, a rare word: the same", "ms", Wanted.AT_MOST, 50),
    "quicksilver or level:error": Figure("search, one or the other: the same", "ms", Wanted.AT_MOST, 50),
    "-environment:dev": Figure("search, what is not so: the same", "ms", Wanted.AT_MOST, 50),
    "type:Pay*7Error": Figure("search, a wildcard: the same", "ms", Wanted.AT_MOST, 50),
    "file:ledger_4.py": Figure("search, a file: the same", "ms", Wanted.AT_MOST, 50),
}
# What a search takes until it has found everything.
COMPLETED = {
    stores.COMMON_WORD: Figure("all issues with a common word, CPU", "ms", Wanted.AT_MOST, 1_000),
    "level:error -environment:dev": Figure("the same of a level, without a tag", "ms", Wanted.AT_MOST, 1_000),
    "type:Pay*7Error": Figure("the same of a wildcard", "ms", Wanted.AT_MOST, 1_000),
    "is:unread times:>5": Figure("the same of what issues are", "ms", Wanted.AT_MOST, 100),
}
END = Figure("End key to the last row painted", "ms", Wanted.AT_MOST, 50)
COUNTING_END = Figure("the same in a search that still looks", "ms", Wanted.AT_MOST, 50)
LIVE = Figure("sent to row painted, p99, 100/s under a search", "ms", Wanted.AT_MOST, 250)
LIVE_CPU = Figure("the window meanwhile", "of a core", Wanted.AT_MOST, 0.2)
FIGURES = (*TYPED.values(), *COMPLETED.values(), END, COUNTING_END, LIVE, LIVE_CPU)

# As many issues as the window looks at in one step.
STEP = 10_000

SEARCHED = """
import ui
ui.plain_import.restore()
from bench.scale import window_searched
window_searched.run()
"""


class Searched(msgspec.Struct, frozen=True, kw_only=True):
    """What `window_searched` prints: milliseconds, and a share of a core."""

    typed: dict[str, float]
    end: float
    counting_end: float
    live: float
    live_cpu: float


def measure(folder: Path) -> dict[str, float]:
    """Search in a window on the store in `folder`. Raises `CalledProcessError`."""
    seen = msgspec.json.decode(window.run_python("-c", SEARCHED, str(folder), *TYPED), type=Searched)
    typed = {figure.name: seen.typed[text] for text, figure in TYPED.items()}
    with closing(open_existing(folder)) as database:
        completed = {figure.name: _to_completion(database, text) for text, figure in COMPLETED.items()}
    return (
        typed
        | completed
        | {
            END.name: seen.end,
            COUNTING_END.name: seen.counting_end,
            LIVE.name: seen.live,
            LIVE_CPU.name: seen.live_cpu,
        }
    )


def _to_completion(database: Database, text: str) -> float:
    """Milliseconds of CPU until a search has looked at everything, for the second time."""
    took = 0.0
    for _round in range(2):
        begun = time.process_time()
        with database.reading() as connection:
            search = IssueSearch(IssueFilter(View.EVERYTHING, text=text))
            while not search.is_complete:
                search.look_further(connection, STEP)
        took = time.process_time() - begun
    return took * 1000


if __name__ == "__main__":
    for name, value in measure(Path(sys.argv[1])).items():
        report.row(name.ljust(60), f"{value:,.2f}")
