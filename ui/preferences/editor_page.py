"""In which editor files are opened."""

import tempfile
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.editors import discovery, opening
from app.editors.editor import Found
from app.editors.launch import EditorFailed
from app.editors.opening import ChosenEditor
from app.local_files.locate import LocalFile
from ui.editors.editor_chooser import EditorChooser
from ui.link.preferences_access import PreferencesAccess
from ui.theme import UNIT, font_small, font_title
from ui.widgets.plain_label import PlainLabel

_TRIAL = "Arecibo opens files here.\n\nThe cursor should stand before the word -> here\n\nThis file may go.\n"
_TRIAL_LINE = 3
_TRIAL_COLUMN = 44


class EditorPage(QWidget):
    """The editors of this machine, a command of one's own, and a trial. What is chosen holds at once."""

    def __init__(self, access: PreferencesAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._has_looked = False
        self._shows = False
        self.chooser = EditorChooser()
        self.try_button = QPushButton("Try it")
        self.try_button.setObjectName("secondary")
        self.try_button.setAutoDefault(False)
        self.again_button = QPushButton("Look again")
        self.again_button.setObjectName("flat")
        self.again_button.setAutoDefault(False)
        self.result = PlainLabel(wordWrap=True)
        self.result.setFont(font_small())
        title = PlainLabel("Editor")
        title.setFont(font_title())
        text = PlainLabel("O, Enter on a frame, or a click on its file opens the line here.", wordWrap=True)
        text.setObjectName("muted")
        buttons = QHBoxLayout()
        buttons.addWidget(self.try_button)
        buttons.addWidget(self.again_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(UNIT)
        layout.addWidget(title)
        layout.addWidget(text)
        layout.addWidget(self.chooser, 1)
        layout.addLayout(buttons)
        layout.addWidget(self.result)
        self.chooser.changed.connect(self._judge)
        self.chooser.settled.connect(self._choose)
        self.try_button.clicked.connect(self._try)
        self.again_button.clicked.connect(self.look)

    def showEvent(self, event: QShowEvent) -> None:
        if not self._has_looked:
            self.look()

    def look(self) -> None:
        """Find out which editors are here."""
        self._has_looked = True
        self._access.background.run(discovery.find_all, self._show)

    def _show(self, found: list[Found]) -> None:
        if not isValid(self):
            return  # the window was closed meanwhile
        chosen = self._access.chosen
        # Showing what is chosen chooses nothing: one that was never asked is still asked.
        self._shows = True
        self.chooser.show_found(found, chosen)
        self._shows = False
        if not chosen.editor and not chosen.editor_command:
            self._say("None is chosen yet: you are asked when you first open a file.")

    def _judge(self) -> None:
        self.result.setText("")
        self.try_button.setEnabled(self.chooser.is_complete())

    def _choose(self) -> None:
        if not self._shows and self._has_looked and self.chooser.is_complete():
            self._access.change(**self.chooser.fields())

    def _try(self) -> None:
        if self.chooser.is_complete():
            editor = self.chooser.choice()
            self._access.change(**self.chooser.fields())
            self._access.background.run(lambda: _open_trial(editor), self._show_result, self._show_failure)

    def _show_result(self, file: str) -> None:
        self._say(
            f"{file} should be open now, with the cursor on line {_TRIAL_LINE}, column {_TRIAL_COLUMN}."
        )

    def _show_failure(self, error: BaseException) -> None:
        if not isinstance(error, (EditorFailed, OSError)):
            raise error  # ours: it belongs into the log
        self._say(str(error), failed=True)

    def _say(self, sentence: str, *, failed: bool = False) -> None:
        self.result.setObjectName("trouble" if failed else "muted")
        self.result.style().polish(self.result)
        self.result.setText(sentence)


def _open_trial(editor: ChosenEditor) -> str:
    """Open a small file, and see whether the editor fails. Raises `EditorFailed`, `OSError`."""
    file = Path(tempfile.mkdtemp(prefix="arecibo-")) / "arecibo-trial.txt"
    file.write_text(_TRIAL, "utf-8")
    place = LocalFile(path=file, line=_TRIAL_LINE, column=_TRIAL_COLUMN)
    opening.start(editor, place).check()
    return file.name
