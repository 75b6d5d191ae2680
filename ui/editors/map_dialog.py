"""Where an app's folder is on this machine: looks for it, proposes what was found, and lets a folder be
chosen.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.local_files.learn_map import Proposal
from app.plain_text import plural
from ui.motion import show_busy
from ui.theme import UNIT, font_code
from ui.widgets.plain_label import PlainLabel

_WIDTH = 540
_SEARCHING = "It is not here under this name. Looking through your projects for it …"
_NOTHING = (
    "None of the projects that were looked through has this file. Choose the folder with the app's files."
)
_NOT_IN = "No file in {folder} fits. Choose the folder in which the app's own files are."


class MapDialog(QDialog):
    """`used(path_map)` and `declined(path_map)` answer a proposal; `folder_chosen(folder)` asks to look
    in one.

    `finished` comes with all of them but the last, and ends the search.
    """

    used = Signal(object)
    declined = Signal(object)
    folder_chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Where is this file?")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self._proposal: Proposal | None = None
        self._folder: Path | None = None
        file = PlainLabel(name, wordWrap=True)
        file.setFont(font_code())
        self.sentence = PlainLabel(_SEARCHING, wordWrap=True)
        self.proposed = PlainLabel(wordWrap=True)
        self.proposed.setFont(font_code())
        self.progress = QProgressBar(textVisible=False)
        show_busy(self.progress)
        self.progress.setFixedHeight(UNIT // 2)
        self.use_button = self._button("Use this folder", self._use)
        self.choose_button = self._button("Choose a folder …", self._choose)
        self.decline_button = self._button("Not this", self._decline)
        self.cancel_button = self._button("Cancel", self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addStretch(1)
        for button in (self.cancel_button, self.decline_button, self.choose_button, self.use_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(UNIT + UNIT // 2)
        for widget in (file, self.sentence, self.progress, self.proposed):
            layout.addWidget(widget)
        layout.addSpacing(UNIT)
        layout.addLayout(buttons)
        self.show_searching()

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(act)
        return button

    def show_searching(self, folder: Path | None = None) -> None:
        """Projects, or only this folder, are being looked through."""
        self._folder = folder
        self._proposal = None
        self.sentence.setText(_SEARCHING if folder is None else f"Looking through {folder} …")
        self._show(searching=True, first=self.cancel_button)

    def show_found(self, proposal: Proposal | None) -> None:
        """What the search came to."""
        self._proposal = proposal
        if proposal is None:
            self.sentence.setText(_NOTHING if self._folder is None else _NOT_IN.format(folder=self._folder))
            self._show(searching=False, first=self.choose_button)
            return
        if proposal.of == 1:
            there = "The file is there"
        else:
            there = f"{proposal.there} of {plural(proposal.of, 'file')} of this event are there"
        self.sentence.setText(f"{there}, in a project of yours. Use it for this app from now on?")
        path_map = proposal.path_map
        sent = "names without a folder" if path_map.sent == "./" else path_map.sent
        self.proposed.setText(f"{sent}\n→ {path_map.local}")
        self._show(searching=False, first=self.use_button)

    def _show(self, *, searching: bool, first: QPushButton) -> None:
        has_proposal = self._proposal is not None
        self.progress.setVisible(searching)
        self.proposed.setVisible(has_proposal)
        self.use_button.setVisible(has_proposal)
        self.decline_button.setVisible(has_proposal)
        self.choose_button.setVisible(not searching)
        for button in (self.use_button, self.choose_button, self.decline_button, self.cancel_button):
            button.setObjectName(
                "primary" if button is first and button is not self.cancel_button else "secondary"
            )
            button.style().polish(button)
            button.setDefault(button is first)
            button.setAutoDefault(button is first)
        first.setFocus()
        self.adjustSize()

    def _use(self) -> None:
        if self._proposal is not None:
            path_map = self._proposal.path_map
            self.accept()
            self.used.emit(path_map)

    def _decline(self) -> None:
        if self._proposal is not None:
            path_map = self._proposal.path_map
            self.reject()
            self.declined.emit(path_map)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "The folder with the app's files")
        if folder:
            self.folder_chosen.emit(Path(folder))
