"""Whether a file may be opened that is below no folder that the person has confirmed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.plain_text import elided
from ui.theme import UNIT, font_code
from ui.widgets.mnemonic import without_mnemonic
from ui.widgets.plain_label import PlainLabel

_WIDTH = 520


class FileQuestion(QDialog):
    """Calls `once()`, or `always(root)` with the folder of the file's project; neither when it is left."""

    def __init__(
        self,
        file: Path,
        root: Path | None,
        once: Callable[[], None],
        always: Callable[[Path], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Open this file?")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self._once, self._always, self._root = once, always, root
        name = PlainLabel(str(file), wordWrap=True)
        name.setFont(font_code())
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text = "The event names a file that is in none of the folders that you open files from:"
        why = PlainLabel(
            "Anybody who can send events can name a file. Open it if it is yours.", wordWrap=True
        )
        why.setObjectName("muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(UNIT + UNIT // 2)
        layout.addWidget(PlainLabel(text, wordWrap=True))
        layout.addWidget(name)
        layout.addWidget(why)
        if root is not None:
            folder = PlainLabel(f"Its project is {root}", wordWrap=True)
            folder.setObjectName("muted")
            layout.addWidget(folder)
        layout.addSpacing(UNIT)
        layout.addLayout(self._buttons(root))
        self.once_button.setFocus()

    def _buttons(self, root: Path | None) -> QHBoxLayout:
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.clicked.connect(self.reject)
        self.once_button = QPushButton("Open this once")
        self.once_button.clicked.connect(lambda: self._answer(self._once))
        folder = "" if root is None else elided(root.name, 30)
        self.always_button = QPushButton(without_mnemonic(f"Open files in {folder}"))
        self.always_button.clicked.connect(self._answer_always)
        self.always_button.setVisible(root is not None)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addStretch(1)
        for button in (self.cancel_button, self.always_button, self.once_button):
            button.setObjectName("primary" if button is self.once_button else "secondary")
            button.setAutoDefault(button is not self.cancel_button)
            row.addWidget(button)
        self.once_button.setDefault(True)
        return row

    def _answer_always(self) -> None:
        root = self._root
        if root is not None:
            self._answer(lambda: self._always(root))

    def _answer(self, act: Callable[[], None]) -> None:
        self.accept()
        act()
