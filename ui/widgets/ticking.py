"""The one clock of the window: whatever shows how long ago something was shows it anew at the same moment."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

TICK_MS = 1_000


class Ticker(QObject):
    """`ticked`: another second has passed. Who is not seen does nothing then."""

    ticked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = QTimer(self)
        self.timer.setInterval(TICK_MS)
        self.timer.timeout.connect(self.ticked)
        self.timer.start()


def ticker() -> Ticker:
    """The ticker of this application, made when it is first asked for."""
    app = QCoreApplication.instance()
    assert app is not None
    found = app.findChild(Ticker)
    return found if isinstance(found, Ticker) else Ticker(app)
