"""The real window on a data folder while a person searches in it, driven by keys and measured from inside.

`run` prints one JSON object, from which `bench.scale.searching` makes a `Searched`.
"""

import statistics
import sys
import time
from collections.abc import Generator, Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

import main
from app.cli import command_line
from bench.scale.window_watched import POLL_MS, Paints, Wait, Watched
from bench.window_lag import Flood, LagMeasurement
from ui import application

REST_MS = 500
ROUNDS = 5
RATE, SECONDS = 100, 11


class Searcher(Watched):
    """The window's program with a person who types `texts`: the first is a word of all events."""

    texts: tuple[str, ...] = ()
    # Whether the first page of a search is in.
    _started = False

    def _acts(self) -> Iterator[Wait]:
        self.window.issues.feed.started.connect(self._note_started)
        listens: list[str] = []
        self.engine.listening.connect(listens.append)
        yield lambda: self._rows.at is not None and bool(listens)
        yield REST_MS
        typed: dict[str, float] = {}
        for text in self.texts:
            took: list[float] = []
            for _round in range(ROUNDS):
                yield from self._type(text, took)
            typed[text] = statistics.median(took)
        self._seen["typed"] = typed
        self._seen["counting_end"] = yield from self._press_end(self.texts[0])
        self._search.clear()
        yield REST_MS
        self._seen["end"] = yield from self._press_end()
        yield from self._watch_errors()

    def _note_started(self) -> None:
        self._started = True

    @property
    def _search(self) -> QLineEdit:
        return self.window.issues.filter_bar.search

    def _type(self, text: str, took: list[float]) -> Iterator[Wait]:
        """Type the last letter of a search; `took` gets the milliseconds until its rows are painted."""
        issues = self.window.issues
        self._search.setText(text[:-1])
        yield REST_MS
        self._started = False
        shown = Paints(issues.view.viewport(), lambda: self._started)
        pressed = time.time()
        QTest.keyClicks(self._search, text[-1])
        yield lambda: shown.at is not None
        took.append(((shown.at or 0) - pressed) * 1000)

    def _press_end(self, text: str = "") -> Generator[Wait, None, float]:
        """Press End at the top, of a search as soon as that is typed; the milliseconds to the last row."""
        view, model = self.window.issues.view, self.window.issues.model

        def is_there() -> bool:
            row = view.currentIndex().row()
            return row >= 0 and row == model.rowCount() - 1 and not model.canFetchMore()

        took: list[float] = []
        for _round in range(ROUNDS):
            if text:
                yield from self._type(text, [])
            else:
                QTest.keyClick(view, Qt.Key.Key_Home)
                yield REST_MS
            shown = Paints(view.viewport(), is_there)
            pressed = time.time()
            QTest.keyClick(view, Qt.Key.Key_End)
            while shown.at is None:
                yield POLL_MS
            took.append((shown.at - pressed) * 1000)
        return statistics.median(took)

    def _watch_errors(self) -> Iterator[Wait]:
        """Send errors that the search finds, once it has found all that are there."""
        feed = self.window.issues.feed
        self._search.setText(self.texts[0])
        yield REST_MS
        yield lambda: feed.number is not None and feed.number.is_final
        measurement, ended = LagMeasurement(self), list[bool]()
        flood = Flood(self, measurement, str(RATE), str(SECONDS), self.texts[0])
        flood.ended.connect(lambda: ended.append(True))
        flood.begin()
        yield lambda: bool(ended)
        self._seen |= {"live": measurement.visible_p99, "live_cpu": measurement.cpu}


def run() -> None:
    """Open the window on `sys.argv`: the data folder, and the searches."""
    folder, *texts = sys.argv[1:]
    Searcher.texts = tuple(texts)
    application.Application = Searcher  # type: ignore[misc]
    sys.exit(command_line.main(["--port", "0", "--data-dir", folder], main.open_window))
