"""Garbage of any thread is collected on the UI thread."""

import gc
import threading
import weakref

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.garbage import GarbageCollector


class Knot(QWidget):
    """A widget that only a cycle holds."""

    def __init__(self, died_on: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: died_on.append(threading.current_thread()))


def test_a_widget_in_a_cycle_dies_on_the_ui_thread_however_busy_the_others_are(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    died_on: list[threading.Thread] = []
    Knot(died_on)

    def litter() -> None:
        for _ in range(200_000):
            cycle: list[object] = []
            cycle.append(cycle)

    worker = threading.Thread(target=litter)
    worker.start()
    worker.join()
    assert died_on == []
    qtbot.waitUntil(lambda: bool(died_on))
    assert died_on == [threading.current_thread()]
    collector.stop()


def test_python_decides_again_afterwards(qtbot: QtBot) -> None:
    enabled = gc.isenabled()
    collector = GarbageCollector()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    if not enabled:
        gc.disable()
