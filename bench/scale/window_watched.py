"""The real window on a data folder, started as `main.py` starts it, driven by keys and measured from inside.

`run` opens the third issue some time after the rows were painted; with `walk` it then goes through
everything that the window has. It prints one JSON object, from which `bench.scale.window` makes a `Seen`.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import main
from app.cli import command_line
from app.desktop.app_link import AppLink
from app.settings import Settings
from ui import application
from ui.places import Page, Place
from ui.theme import DARK, LIGHT, appearance

POLL_MS = 10
REST_MS = 2_000
OPENED_ISSUES = 30
SCREENS = 60
PLACES = (Place("unread"), Place("resolved"), Place("muted"), Place("everything"), Place("inbox", "shop"))
SEARCHES = ("order", "environment:production", "quicksilver", "checkout", "release:shop@1.2.3", "")
# Whatever takes longer has failed.
PATIENCE_SECONDS = 60

# What the walk waits for: a time in milliseconds, or until something is true.
Wait = int | Callable[[], bool]


class Paints(QObject):
    """When a widget's next paint has ended, from `watch` on: `at` is None until then."""

    def __init__(self, widget: QWidget, counts: Callable[[], bool]) -> None:
        super().__init__(widget)
        self.at: float | None = None
        self._counts = counts
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if self.at is None and event.type() == QEvent.Type.Paint and self._counts():
            # It runs after this paint, which is still to come.
            QTimer.singleShot(0, self, self._end)
            self._widget.removeEventFilter(self)
        return False

    def _end(self) -> None:
        self.at = time.time()


class Watched(application.Application):
    """The window's program with a person who closes it in the end."""

    pause_ms = 0
    is_to_walk = False

    def __init__(self, settings: Settings, link: AppLink | None = None) -> None:
        super().__init__(settings, link)
        issues = self.window.issues
        self._rows = Paints(issues.view.viewport(), lambda: issues.model.rowCount() > 0)
        self._seen: dict[str, object] = {}
        self._steps = self._acts()
        self._wait: Wait = 0
        self._since = time.monotonic()
        self._clock = QTimer(self, interval=POLL_MS)
        self._clock.timeout.connect(self._step)
        self._clock.start()

    def _step(self) -> None:
        waited = time.monotonic() - self._since
        if self._wait() if callable(self._wait) else waited * 1000 >= self._wait:
            try:
                self._wait = next(self._steps)
            except StopIteration:
                self._clock.stop()
                print(json.dumps(self._seen), flush=True)
                self.window.leave()
            self._since = time.monotonic()
        elif waited > PATIENCE_SECONDS:
            sys.exit(f"The window has not done it within {PATIENCE_SECONDS} s.")

    def _acts(self) -> Iterator[Wait]:
        rows, view = self._rows, self.window.issues.view
        yield lambda: rows.at is not None
        self._seen["rows_at"] = rows.at or 0
        yield self.pause_ms
        self._remember_memory("start")
        arrived: list[float] = []
        pressed = time.time()
        view.select_row(2)
        yield lambda: self.detail is not None
        assert self.detail is not None
        shown = Paints(self.detail.page.viewport(), lambda: bool(arrived))
        self.detail.shown.connect(lambda _pk: arrived.append(time.time()))
        yield lambda: shown.at is not None
        self._seen["opened_ms"] = ((shown.at or 0) - pressed) * 1000
        if self.is_to_walk:
            yield from self._walk()
            yield REST_MS
            self._remember_memory("walked")

    def _walk(self) -> Iterator[Wait]:
        view, model = self.window.issues.view, self.window.issues.model
        QTest.keyClick(view, Qt.Key.Key_End)
        yield 50
        yield lambda: not model.canFetchMore() and view.verticalScrollBar().maximum() > 0
        bar = view.verticalScrollBar()
        for screen in range(SCREENS, -1, -1):
            bar.setValue(bar.maximum() * screen // SCREENS)
            yield 20
        yield from self._open_issues(model.rowCount())
        yield from self._visit_pages()
        for text in SEARCHES:
            self.window.issues.filter_bar.search.setText(text)
            yield 1_000
        yield from self._open_dialogs()
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        for theme in (DARK, LIGHT, DARK, LIGHT):
            appearance().apply(qt, theme)
            yield 200

    def _open_issues(self, rows: int) -> Iterator[Wait]:
        detail, shown = self.detail, [0]
        assert detail is not None
        detail.shown.connect(shown.append)
        for number in range(OPENED_ISSUES):
            shown.clear()
            self.window.issues.view.select_row(3 + number * (rows - 4) // OPENED_ISSUES)
            yield lambda: bool(shown)
            bar = detail.page.verticalScrollBar()
            for part in range(5):
                bar.setValue(bar.maximum() * part // 4)
                yield 20
            shown.clear()
            older = detail.actions_bar.navigation.buttons["previous"]
            if older.isEnabled():
                older.click()
                yield lambda: bool(shown)

    def _visit_pages(self) -> Iterator[Wait]:
        for place in (*PLACES, Page.QUEUE, Page.DOCTOR, Place("inbox")):
            self.window.sidebar.go_to(place)
            yield 600

    def _open_dialogs(self) -> Iterator[Wait]:
        self.window.issues.view.select_row(1)
        yield 300
        for act in (
            self.controllers.connect_an_app,
            self.controllers.notifier.open,
            self.controllers.correct,
            self.controllers.grouping.show_made,
            self.window.issues.ask_note,
            self.window.issues.ask_mute,
        ):
            act()
            yield 600
            for widget in QApplication.topLevelWidgets():
                if widget is not self.window and widget.isVisible():
                    widget.close()
            yield 100

    def _remember_memory(self, when: str) -> None:
        sizes = dict(
            line.split(":", 1) for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]
        )

        def megabytes(*names: str) -> float:
            return sum(int(sizes[name].split()[0]) for name in names) / 1024

        self._seen[f"rss_{when}_mb"] = megabytes("Rss")
        self._seen[f"own_{when}_mb"] = megabytes("Private_Clean", "Private_Dirty")


def run() -> None:
    """Open the window on `sys.argv`: the data folder, the pause in milliseconds, and `walk` if it is to."""
    folder, pause, *walk = sys.argv[1:]
    Watched.pause_ms, Watched.is_to_walk = int(pause), walk == ["walk"]
    application.Application = Watched  # type: ignore[misc]
    sys.exit(command_line.main(["--port", "0", "--data-dir", folder], main.open_window))
