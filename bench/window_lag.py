"""The real window under a flood, measured from inside its process.

    python -m bench.window_lag DIR RATE SECONDS

Prints one JSON object: how late the event loop was, and how long marked errors took from being sent to the
end of the paint that shows their row, in milliseconds.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from bench.window_flood import MARK
from ui.application import SWITCH_SECONDS, Application
from ui.theme import appearance

BEAT_MS = 4
SETTLE_MS = 1_500
WARM_UP_MS = 3_000
LAST_ANSWERS_MS = 2_000


class LagMeasurement(QObject):
    """Measures event-loop lag and time until visible, between `begin` and `end`."""

    def __init__(self, application: Application) -> None:
        super().__init__()
        self.lags: list[float] = []
        self.visible: list[float] = []
        self.changes = 0
        self._new: list[int] = []
        self._begun = 0
        self._last = 0.0
        self._beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._tick)
        view = application.window.issues.view
        self._viewport = view.viewport()
        self._viewport.installEventFilter(self)
        self._model = application.window.issues.model
        self._model.rowsInserted.connect(self._inserted)
        self._model.dataChanged.connect(self._changed)

    def begin(self) -> None:
        """Start to measure."""
        self._last = time.perf_counter()
        self._begun = time.monotonic_ns()
        self.changes = 0
        self._beat.start()

    def end(self) -> None:
        """Stop measuring."""
        self._beat.stop()
        self._viewport.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and self._new:
            # Runs after this paint, which is still to come.
            QTimer.singleShot(0, self, self._painted)
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        now = time.monotonic_ns()
        self.visible += [(now - sent) / 1e6 for sent in self._new if sent > self._begun > 0]
        self._new.clear()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.lags.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now

    def _inserted(self, _parent: object, first: int, last: int) -> None:
        kinds = (self._model.issue(row).type or "" for row in range(first, last + 1))
        self._new += [int(kind.removeprefix(MARK)) for kind in kinds if kind.startswith(MARK)]

    def _changed(self) -> None:
        self.changes += 1


def watch_flood(folder: Path, rate: float, seconds: float) -> dict[str, float]:
    """Open the window, send the flood, and return the figures (see the module)."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    appearance().follow(app)
    application = Application(Settings(data_dir=folder, port=0))
    application.ended.connect(app.quit)
    measurement = LagMeasurement(application)
    senders: list[subprocess.Popen[bytes]] = []

    def flood() -> None:
        port = (application.engine.url or "").rpartition(":")[2]
        command = [sys.executable, "-m", "bench.window_flood", port, str(rate), str(seconds)]
        senders.append(subprocess.Popen(command, stdout=subprocess.PIPE))
        QTimer.singleShot(WARM_UP_MS, measurement.begin)
        QTimer.singleShot(int(seconds * 1000), measurement.end)
        # The sender must have its last answers before the engine ends.
        QTimer.singleShot(int(seconds * 1000) + LAST_ANSWERS_MS, application.window.leave)

    application.engine.listening.connect(lambda _url: QTimer.singleShot(SETTLE_MS, flood))
    application.window.show()
    application.start()
    app.exec()
    sent: dict[str, float] = json.loads(senders[0].communicate()[0])
    lags, visible = sorted(measurement.lags), sorted(measurement.visible)
    return {
        **sent,
        "changes": measurement.changes,
        "lag_p50": _part(lags, 0.5),
        "lag_p99": _part(lags, 0.99),
        "lag_worst": lags[-1],
        "visible_p50": _part(visible, 0.5),
        "visible_p99": _part(visible, 0.99),
    }


def _part(values: list[float], part: float) -> float:
    return values[min(len(values) - 1, int(len(values) * part))]


if __name__ == "__main__":
    given_folder, given_rate, given_seconds = sys.argv[1:]
    print(json.dumps(watch_flood(Path(given_folder), float(given_rate), float(given_seconds))))
