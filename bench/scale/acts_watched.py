"""The real window while everything in its list is resolved, undone and deleted, measured from inside.

    python -m bench.scale.acts_watched DIR

A process of its own sends errors meanwhile; facets and histogram are shown. Prints one JSON object: how many
issues there were, how long each act took in seconds, from the key to its end, how late the event loop was in
milliseconds, and the answers.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from bench.scale import engine
from bench.window_lag import LagMeasurement
from ui.application import SWITCH_SECONDS, Application
from ui.theme import appearance

SETTLE_MS = 4_000
REST_MS = 2_000
SENT_A_SECOND = 50
AT_REST = "at rest"
ACTS = ("resolve", "undo", "redo", "undo again", "delete", "undo deleting")


class Acts(QObject):
    """Does one act after the other; `ended` after the last."""

    ended = Signal()

    def __init__(self, application: Application) -> None:
        super().__init__()
        self.seconds: dict[str, float] = {}
        self.lags: dict[str, LagMeasurement] = {}
        self.issues = 0
        self.answers: engine.Answers | None = None
        self._application = application
        self._sender: engine.Sender | None = None
        self._names: Iterator[str] = iter(ACTS)
        self._name, self._begun = "", 0.0
        application.parts.undo.acted.connect(lambda _number, _sentence: self._done())
        application.parts.undo.undone.connect(lambda _number, _sentence: self._done())

    def begin(self) -> None:
        """Begin to send, and then to act."""
        port = int((self._application.engine.url or "").rpartition(":")[2])
        self._sender = engine.Sender(port, SENT_A_SECOND)
        # What a busy machine alone makes of it.
        self._name = AT_REST
        self._measure()
        QTimer.singleShot(2 * REST_MS, self, self._rested)

    def _measure(self) -> None:
        self.lags[self._name] = LagMeasurement(self._application)
        self.lags[self._name].begin()

    def _next(self) -> None:
        name = next(self._names, None)
        if name is None:
            assert self._sender is not None
            self.answers = self._sender.stop()
            self.ended.emit()
            return
        self._name, self._begun = name, time.perf_counter()
        self._measure()
        issues, stack = self._application.window.issues, self._application.parts.undo
        if name.startswith("undo"):
            stack.undo()
        elif name == "redo":
            stack.redo()
        else:
            issues.selection.select_by_rule()
            self.issues = issues.selection.number or 0
            self._application.doers.commands.run(name)

    def _done(self) -> None:
        self.seconds[self._name] = time.perf_counter() - self._begun
        # What follows of it in the list belongs to it.
        QTimer.singleShot(REST_MS, self, self._rested)

    def _rested(self) -> None:
        self.lags[self._name].end()
        self._next()


def watch(folder: Path) -> dict[str, object]:
    """Open the window, act, and return the figures (see the module)."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    appearance().follow(app)
    application = Application(Settings(data_dir=folder, port=0))
    application.ended.connect(app.quit)
    acts = Acts(application)
    acts.ended.connect(application.window.leave)
    application.engine.listening.connect(lambda _url: QTimer.singleShot(SETTLE_MS, acts, acts.begin))
    # Histogram and sparklines are on from the start; the facets are not.
    application.window.issues.survey.open_facets(wanted=True)
    application.window.show()
    application.start()
    app.exec()
    assert acts.answers is not None
    lags = {name: sorted(measured.lags) for name, measured in acts.lags.items()}
    return {
        "issues": acts.issues,
        "seconds": acts.seconds,
        "lag_p99": {name: some[int(len(some) * 0.99)] for name, some in lags.items()},
        "cpu": {name: measured.cpu for name, measured in acts.lags.items()},
        "lag_worst": {name: some[-1] for name, some in lags.items()},
        "answer_p99": acts.answers.p99,
        "answer_worst": acts.answers.worst,
    }


if __name__ == "__main__":
    print(json.dumps(watch(Path(sys.argv[1]))))
