"""The real window on the store of `bench.detail`, driven by keys and measured from inside.

It prints one JSON object: the milliseconds from a key to the end of the paint that shows the event.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

import main
from app.cli import command_line
from app.model import Frame
from bench.scale.window_watched import Wait, Watched
from ui import application

SETTLE_MS = 2_500
BETWEEN_MS = 300
OPENED = 20
EDITORS = 5
HELD_KEYS = 500
# A keyboard repeats thirty times a second; a frame lasts 16.7 ms.
REPEAT_MS = 16
BEAT_MS = 4
LARGE_ROW = 0


class Opened(Watched):
    """Opens issues one by one, and then as fast as a key that is held down."""

    first = "ordinary"
    folder = Path()

    def _acts(self) -> Iterator[Wait]:
        yield lambda: self._rows.at is not None and self.detail is not None
        yield SETTLE_MS
        found: dict[str, float] = {}
        name = "first_ms" if self.first == "ordinary" else "first_large_ms"
        yield from self._open(OPENED if self.first == "ordinary" else LARGE_ROW, found, name)
        yield BETWEEN_MS
        self._seen[name] = found[name]
        if self.first == "ordinary":
            yield from self._open_several()
            yield from self._open_editor()
            yield from self._hold()

    def _open_several(self) -> Iterator[Wait]:
        times: list[float] = []
        for number in range(OPENED):
            found: dict[str, float] = {}
            yield from self._open(40 + 7 * number, found, "ms")
            times.append(found["ms"])
            yield BETWEEN_MS
        self._seen["ordinary_ms"] = statistics.median(times)
        found = {}
        yield from self._open(LARGE_ROW, found, "ms")
        self._seen["large_ms"] = found["ms"]
        yield BETWEEN_MS

    def _open(self, row: int, found: dict[str, float], name: str) -> Iterator[Wait]:
        assert self.detail is not None
        paint = _NextPaint(self.detail.page.viewport())
        self.detail.shown.connect(paint.arm)
        begun = time.perf_counter()
        self.window.issues.view.select_row(row)
        yield lambda: paint.at is not None
        self.detail.shown.disconnect(paint.arm)
        found[name] = ((paint.at or 0) - begun) * 1000

    def _open_editor(self) -> Iterator[Wait]:
        """A command that writes down when it runs, as the editor of a file below a confirmed folder."""
        assert self.services is not None
        editors = self.services.editors
        source, record, program = (self.folder / name for name in ("source.py", "started", "editor"))
        source.write_text("1 / 0\n")
        program.write_text(f"#!/bin/sh\ndate +%s%N > '{record}.new'\nmv '{record}.new' '{record}'\n")
        program.chmod(0o700)
        self.preferences.change(source_roots=(str(self.folder),), editor_command=str(program))
        yield lambda: editors.editor_name == program.name
        times: list[float] = []
        for _ in range(EDITORS):
            begun = time.time_ns()
            editors.open(Frame(abs_path=str(source), line=1))
            yield record.exists
            times.append((int(record.read_text()) - begun) / 1_000_000)
            record.unlink()
            yield BETWEEN_MS
        self._seen["editor_ms"] = statistics.median(times)

    def _hold(self) -> Iterator[Wait]:
        assert self.detail is not None
        view = self.window.issues.view
        view.select_row(0)
        yield BETWEEN_MS
        lag = _Lag(self)
        sent = [0]

        def send(kind: QEvent.Type, *, repeats: bool) -> None:
            key = QKeyEvent(kind, Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier, "j", repeats)
            QApplication.sendEvent(view, key)

        def press() -> None:
            send(QEvent.Type.KeyPress, repeats=True)
            sent[0] += 1

        keys = QTimer(self, interval=REPEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        keys.timeout.connect(press)
        lag.begin()
        keys.start()
        yield lambda: sent[0] >= HELD_KEYS - 1
        keys.stop()
        lag.end()
        shown = self.detail
        last = view.current_id()
        begun = time.perf_counter()
        send(QEvent.Type.KeyRelease, repeats=False)
        yield lambda: shown.detail is not None and shown.detail.issue.id == last
        self._seen["landed_ms"] = (time.perf_counter() - begun) * 1000
        self._seen |= lag.figures()


class _NextPaint(QObject):
    """When the first paint after `arm` has ended."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.at: float | None = None
        self._armed = False
        self._widget = widget
        widget.installEventFilter(self)

    def arm(self, _pk: int) -> None:
        """The event is on the page: its paint is next."""
        self._armed = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if self._armed and event.type() == QEvent.Type.Paint:
            self._armed = False
            QTimer.singleShot(0, self, self._end)  # after the paint, which is still to come
            self._widget.removeEventFilter(self)
        return False

    def _end(self) -> None:
        self.at = time.perf_counter()


class _Lag(QObject):
    """How late a timer fires: what keeps the event loop from a frame."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._late: list[float] = []
        self._last = 0.0
        self._beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._tick)

    def begin(self) -> None:
        self._last = time.perf_counter()
        self._beat.start()

    def end(self) -> None:
        self._beat.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._late.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now

    def figures(self) -> dict[str, float]:
        late = sorted(self._late)
        return {
            "held_p50_ms": late[len(late) // 2],
            "held_p99_ms": late[int(len(late) * 0.99)],
            "held_worst_ms": late[-1],
        }


def run() -> None:
    """Open the window on `sys.argv`: the data folder, and which event is opened first."""
    folder, Opened.first = sys.argv[1:]
    Opened.folder = Path(folder)
    application.Application = Opened  # type: ignore[misc]
    sys.exit(command_line.main(["--port", "0", "--data-dir", folder], main.open_window))
