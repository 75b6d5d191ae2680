"""The baseline of the start-up benchmark: an empty PySide6 window. Prints the time of its first paint."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Window(QWidget):
    """Quits when it has been painted."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        QTimer.singleShot(0, self, self._print_time)

    def _print_time(self) -> None:
        print(time.time(), flush=True)
        QApplication.quit()


if __name__ == "__main__":
    app = QApplication([])
    window = Window()
    window.resize(1360, 860)
    window.show()
    app.exec()
