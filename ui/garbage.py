"""Python's garbage, collected on the UI thread only.

The collector runs in whichever thread happens to allocate when its time has come. In a worker, it may find a
widget that is only held by a cycle, and destroy it there: Qt's objects must be destroyed on their own thread,
and the process crashes. So the collector is switched off, and a timer of the UI thread does its work. It also
never stops the window in the middle of something.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 250


class GarbageCollector(QObject):
    """Replaces Python's own; `stop` restores that."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def settle(self) -> None:
        """Exclude what has been loaded by now, which stays, from collection."""
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Enable Python's own collector again; call it when the other threads have ended."""
        self._timer.stop()
        gc.collect()
        gc.enable()

    def _collect(self) -> None:
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return
