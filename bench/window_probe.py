"""One window in a process of its own, watched from inside.

    python -m bench.window_probe bare|shown DIR
    python -m bench.window_probe flood DIR RATE SECONDS

Prints one JSON object. The age of the process is read from the operating system, so that starting the
interpreter counts.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.application import Application

BEAT_MS = 4
WARM_UP_SECONDS = 3.0


def _age_ms() -> float:
    import psutil

    return (time.time() - psutil.Process().create_time()) * 1000


def _bare() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            QTimer.singleShot(0, self, app.quit)
            _print_age()

    app = QApplication([])
    window = Window()
    window.resize(1360, 860)
    window.show()
    app.exec()


def _shown(folder: str) -> None:
    import main
    from app import cli
    from app.settings import Settings

    def open_window(settings: Settings) -> int:
        # As in `main.open_window`: loading the window's code counts.
        from PySide6.QtGui import QPaintEvent

        from ui import application, main_window

        class Watched(main_window.MainWindow):
            painted = False

            def paintEvent(self, event: QPaintEvent) -> None:
                super().paintEvent(event)
                if not self.painted:
                    self.painted = True
                    _print_age()
                    self.leave()

        application.MainWindow = Watched  # type: ignore[misc]
        return application.run(settings)

    assert main.open_window is not None
    cli.main(["--port", "0", "--data-dir", folder], open_window)


def _print_age() -> None:
    print(json.dumps({"shown_ms": _age_ms()}), flush=True)


class _Watch:
    """Counts what the window does between two moments."""

    def __init__(self, application: "Application") -> None:
        from PySide6.QtCore import Qt, QTimer

        self.lags: list[float] = []
        self.visible: list[float] = []
        self.changes = self.paints = 0
        self._new: list[int] = []
        self._beat = QTimer(application, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._tick)
        self._last = 0.0
        self._begun = 0
        self._model = application.window.issues.model
        self._model.rowsInserted.connect(self._inserted)
        self._model.dataChanged.connect(self._changed)

    def begin(self) -> None:
        self.lags.clear()
        self.visible.clear()
        self.changes = self.paints = 0
        self._last = time.perf_counter()
        self._begun = time.monotonic_ns()
        self._beat.start()

    def end(self) -> None:
        self._beat.stop()

    def painted(self) -> None:
        now = time.monotonic_ns()
        self.paints += 1
        self.visible += [(now - sent) / 1e6 for sent in self._new if sent > self._begun > 0]
        self._new.clear()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.lags.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now

    def _inserted(self, _parent: object, first: int, last: int) -> None:
        from bench.window_flood import MARK

        self.changes += last - first + 1
        kinds = (self._model.issue(row).type or "" for row in range(first, last + 1))
        self._new += [int(kind.removeprefix(MARK)) for kind in kinds if kind.startswith(MARK)]

    def _changed(self) -> None:
        self.changes += 1


def _flood(folder: str, rate: str, seconds: str) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication

    from app.settings import Settings
    from ui import application
    from ui.issues.list_view import IssueListView
    from ui.theme import appearance

    def paint(view: IssueListView, event: QPaintEvent) -> None:
        super(IssueListView, view).paintEvent(event)
        watch.painted()

    IssueListView.paintEvent = paint  # type: ignore[method-assign]
    sys.setswitchinterval(application.SWITCH_SECONDS)
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    appearance().follow(app)
    window = application.Application(Settings(data_dir=Path(folder), port=0))
    watch = _Watch(window)
    window.ended.connect(app.quit)
    window.window.show()
    window.start()
    senders: list[subprocess.Popen[bytes]] = []

    def start_flood(url: str) -> None:
        port = url.rpartition(":")[2]
        command = [sys.executable, "-m", "bench.window_flood", port, rate, seconds]
        senders.append(subprocess.Popen(command, stdout=subprocess.PIPE))
        QTimer.singleShot(int(WARM_UP_SECONDS * 1000), watch.begin)
        QTimer.singleShot(int(float(seconds) * 1000) - 100, watch.end)
        # The sender must have its last answers before the engine goes.
        QTimer.singleShot(int(float(seconds) * 1000) + 2_000, window.window.leave)

    window.engine.listening.connect(lambda url: QTimer.singleShot(1_500, lambda: start_flood(url)))
    app.exec()
    sent = json.loads(senders[0].communicate()[0] or b'{"answered": 0, "rate": 0}')
    lags, visible = sorted(watch.lags), sorted(watch.visible) or [float("inf")]
    found = {"changes": watch.changes, "paints": watch.paints, **sent}
    found |= {"lag_p50": _part(lags, 0.5), "lag_p99": _part(lags, 0.99), "lag_worst": lags[-1]}
    found |= {"visible_p50": _part(visible, 0.5), "visible_p99": _part(visible, 0.99)}
    print(json.dumps(found))


def _part(values: list[float], part: float) -> float:
    return values[min(len(values) - 1, int(len(values) * part))]


if __name__ == "__main__":
    name, *given = sys.argv[1:]
    {"bare": lambda _folder: _bare(), "shown": _shown, "flood": _flood}[name](*given)
