"""The real window under a flood, measured from inside its process.

    python -m bench.window_lag DIR RATE SECONDS [WORD]

DIR is a data folder; one that holds a store already is measured as it is. With WORD the list shows what a
search for it finds, which all of the errors are. Facets, histogram and sparklines are shown. Prints one JSON
object: how late the event loop was, and how long marked errors took from being sent to the end of the paint
that shows their row, in milliseconds; and `window_cpu`, the share of a core that the window's process took.
`unseen` is how many of them were not shown within ten seconds after the last was sent.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QProcess, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from bench.window_flood import MARK
from ui.application import SWITCH_SECONDS, Application
from ui.issues.stream.arrivals import nobody_looks
from ui.theme import appearance

BEAT_MS = 4
SETTLE_MS = 1_500
WARM_UP_MS = 3_000
LAST_ROWS_MS = 10_000
LOOK_MS = 50


class LagMeasurement(QObject):
    """Measures event-loop lag and time until visible, between `begin` and `end`."""

    def __init__(self, application: Application) -> None:
        super().__init__()
        self.lags: list[float] = []
        self.visible: list[float] = []
        # How many marks were shown in all, also before `begin`.
        self.seen = 0
        self.changes = 0
        # Of a core, by the window's process, between `begin` and `end`.
        self.cpu = 0.0
        self._new: list[int] = []
        self._opened = time.monotonic_ns()
        self._begun = 0
        self._last = 0.0
        self._cpu_begun = 0.0
        self._beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._tick)
        view = application.window.issues.view
        self._viewport = view.viewport()
        self._viewport.installEventFilter(self)
        self._model = application.window.issues.model
        # A mouse over the list, or a row that is selected, would keep new rows waiting.
        application.window.issues.feed.hold(nobody_looks)
        self._model.rowsInserted.connect(self._inserted)
        self._model.dataChanged.connect(self._changed)

    def begin(self) -> None:
        """Start to measure."""
        self._last = time.perf_counter()
        self._cpu_begun = time.process_time()
        self._begun = time.monotonic_ns()
        self.changes = 0
        self._beat.start()

    def end(self) -> None:
        """Stop measuring the event loop; marks that were sent are still waited for."""
        self._beat.stop()
        took = (time.monotonic_ns() - self._begun) / 1e9
        self.cpu = (time.process_time() - self._cpu_begun) / took

    @property
    def visible_p99(self) -> float:
        """From sent to visible, in milliseconds."""
        return _part(sorted(self.visible), 0.99)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and self._new:
            # Runs after this paint, which is still to come.
            QTimer.singleShot(0, self, self._painted)
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        now = time.monotonic_ns()
        self.seen += len(self._new)
        self.visible += [(now - sent) / 1e6 for sent in self._new if sent > self._begun > 0]
        self._new.clear()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.lags.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now

    def _inserted(self, _parent: object, first: int, last: int) -> None:
        kinds = (self._model.issue(row).type or "" for row in range(first, last + 1))
        marks = (int(kind.removeprefix(MARK)) for kind in kinds if kind.startswith(MARK))
        # Not those that a store had already, of an earlier run.
        self._new += [sent for sent in marks if sent > self._opened]

    def _changed(self) -> None:
        self.changes += 1


class Flood(QObject):
    """The sender's process; `ended` once every mark is shown, or is not shown in time."""

    ended = Signal()

    def __init__(self, application: Application, measurement: LagMeasurement, *given: str) -> None:
        super().__init__()
        self.sent: dict[str, float] = {}
        self._application = application
        self._measurement = measurement
        self._given = given
        self._give_up = 0.0
        self._sender = QProcess(self)
        self._sender.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._sender.finished.connect(self._ended)

    def begin(self) -> None:
        """Start to send."""
        port = (self._application.engine.url or "").rpartition(":")[2]
        self._sender.start(sys.executable, ["-m", "bench.window_flood", port, *self._given])
        QTimer.singleShot(WARM_UP_MS, self._measurement.begin)

    def _ended(self) -> None:
        self.sent = json.loads(bytes(self._sender.readAllStandardOutput().data()))
        self._measurement.end()
        self._give_up = time.monotonic() + LAST_ROWS_MS / 1000
        self._look()

    def _look(self) -> None:
        if self._measurement.seen >= self.sent["marks"] or time.monotonic() > self._give_up:
            self.ended.emit()
        else:
            QTimer.singleShot(LOOK_MS, self, self._look)


def watch_flood(folder: Path, rate: float, seconds: float, word: str = "") -> dict[str, float]:
    """Open the window, send the flood, and return the figures (see the module)."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    appearance().follow(app)
    application = Application(Settings(data_dir=folder, port=0))
    application.ended.connect(app.quit)
    measurement = LagMeasurement(application)
    flood = Flood(application, measurement, str(rate), str(seconds), word)
    flood.ended.connect(application.window.leave)
    application.engine.listening.connect(
        lambda _url: application.window.issues.filter_bar.search.setText(word)
    )
    application.engine.listening.connect(lambda _url: QTimer.singleShot(SETTLE_MS, flood.begin))
    # Histogram and sparklines are on from the start; the facets are not.
    application.window.issues.survey.open_facets(wanted=True)
    application.window.show()
    application.start()
    app.exec()
    lags, visible = sorted(measurement.lags), sorted(measurement.visible)
    return {
        **flood.sent,
        "unseen": flood.sent["marks"] - measurement.seen,
        "changes": measurement.changes,
        "lag_p50": _part(lags, 0.5),
        "lag_p99": _part(lags, 0.99),
        "lag_worst": _part(lags, 1.0),
        "visible_p50": _part(visible, 0.5),
        "visible_p99": measurement.visible_p99,
        "window_cpu": measurement.cpu,
    }


def _part(ascending: list[float], part: float) -> float:
    return ascending[min(len(ascending) - 1, int(len(ascending) * part))] if ascending else float("inf")


if __name__ == "__main__":
    given_folder, given_rate, given_seconds, *given_word = sys.argv[1:]
    found = watch_flood(Path(given_folder), float(given_rate), float(given_seconds), "".join(given_word))
    print(json.dumps(found))
