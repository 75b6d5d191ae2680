"""The real window, started as `main.py` starts it. Prints the time of its first paint, and closes."""

import sys
import time

from PySide6.QtGui import QShowEvent

import main
from app.cli import command_line
from ui import main_window


class Watched(main_window.MainWindow):
    """Closes when it has been painted."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self.appeared.connect(self._print_time)

    def _print_time(self) -> None:
        print(time.time(), flush=True)
        self.leave()


if __name__ == "__main__":
    main_window.MainWindow = Watched  # type: ignore[misc]
    sys.exit(command_line.main(["--port", "0", "--data-dir", sys.argv[1]], main.open_window))
