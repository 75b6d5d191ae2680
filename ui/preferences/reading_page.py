"""How stack traces are read."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.link.preferences_access import PreferencesAccess
from ui.theme import UNIT, font_title
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick


class ReadingPage(QWidget):
    """The order of frames, and which of them are shown."""

    def __init__(self, access: PreferencesAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self.newest_first = Tick("Show the newest call first")
        self.only_in_app = Tick("Fold the frames of libraries")
        layout = QVBoxLayout(self)
        layout.setSpacing(UNIT)
        title = PlainLabel("Stack traces")
        title.setFont(font_title())
        for widget in (title, self.newest_first, self.only_in_app):
            layout.addWidget(widget)
        layout.addStretch(1)
        self._show()
        access.changed.connect(self._show)
        self.newest_first.toggled.connect(lambda on: access.change(newest_first=on))
        self.only_in_app.toggled.connect(lambda on: access.change(only_in_app=on))

    def _show(self) -> None:
        chosen = self._access.chosen
        self.newest_first.setChecked(chosen.newest_first)
        self.only_in_app.setChecked(chosen.only_in_app)
