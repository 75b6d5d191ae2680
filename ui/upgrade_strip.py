"""A strip above the window's content while the engine upgrades the store: how far it is, and no more."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.engine.child_protocol import StoreUpgrading
from ui.theme import UNIT
from ui.widgets.plain_label import PlainLabel

BAR_HEIGHT = 4


class UpgradeStrip(QWidget):
    """The step that runs, with a bar for all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sentence = PlainLabel()
        self.sentence.setObjectName("strong")
        meaning = PlainLabel(
            "This version stores errors in another way. What clients send meanwhile waits until it is done.",
            wordWrap=True,
        )
        meaning.setObjectName("muted")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedHeight(BAR_HEIGHT)
        self.bar.setAccessibleName("Updating the store")
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 2 + 4, UNIT * 2, UNIT * 2 + 4, UNIT * 2)
        column.setSpacing(UNIT)
        for widget in (self.sentence, meaning, self.bar):
            column.addWidget(widget)

    def show_progress(self, progress: StoreUpgrading) -> None:
        """Show how far the upgrade is."""
        self.sentence.setText(progress.sentence)
        self.bar.setRange(0, 100 * progress.steps)
        self.bar.setValue(100 * (progress.step - 1) + progress.percent)
        self.show()
