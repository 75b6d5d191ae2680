"""The editors that were found, and a command of one's own; below them the command of what is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget

from app.editors import opening, template
from app.editors.editor import Found
from app.editors.opening import ChosenEditor
from app.platforms import command_words
from app.preferences import Preferences
from ui.theme import UNIT, font_code, font_small
from ui.widgets.fields import FIELD_HEIGHT
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick

_LOOKING = "Looking for editors …"
_OWN = "Another command …"
_HINT = "{file}, {line} and {column} stand for the place. The command is split at blanks; no shell reads it."
_LIST_ROWS = 5


class EditorChooser(QWidget):
    """`changed`: another editor or command is chosen, which may not be complete yet.

    `settled`: that is done, and nothing is being written any more. `activated`: it is chosen by Enter.
    """

    changed = Signal()
    settled = Signal()
    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: list[Found] = []
        self._own_command = ""
        self.list = QListWidget()
        self.list.setObjectName("choices")
        self.list.setAccessibleName("Editors")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.addItem(_LOOKING)
        self.list.setMinimumHeight(_LIST_ROWS * 4 * UNIT)
        self.command = QLineEdit(maxLength=2_000)
        self.command.setObjectName("field")
        self.command.setFont(font_code())
        self.command.setFixedHeight(FIELD_HEIGHT)
        self.command.setAccessibleName("Command")
        self.command.setPlaceholderText("code --goto {file}:{line}:{column}")
        self.in_terminal = Tick("Runs in a terminal")
        self.trouble = PlainLabel(wordWrap=True)
        self.trouble.setFont(font_small())
        # Room for two lines: nothing moves when there is something to say.
        self.trouble.setMinimumHeight(2 * self.trouble.fontMetrics().lineSpacing() + 2)
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _row: self._show_command())
        # A click chooses, also the row that is marked already.
        self.list.itemClicked.connect(lambda _item: self.settled.emit())
        self.list.currentRowChanged.connect(lambda _row: self.settled.emit())
        self.command.editingFinished.connect(self.settled)
        self.in_terminal.clicked.connect(lambda _on: self.settled.emit())
        self.list.itemActivated.connect(lambda _item: self.activated.emit())
        self.command.textEdited.connect(self._edit)
        self.command.returnPressed.connect(self.activated)
        self.in_terminal.clicked.connect(lambda _on: self._judge())
        self._show_command()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT)
        label = PlainLabel("Command")
        label.setObjectName("caption")
        label.setFont(font_small())
        label.setBuddy(self.command)
        layout.addWidget(self.list, 1)
        layout.addWidget(label)
        layout.addWidget(self.command)
        layout.addWidget(self.in_terminal)
        layout.addWidget(self.trouble)

    def show_found(self, found: Sequence[Found], chosen: Preferences) -> None:
        """Show these editors, the likeliest first, and what the person has chosen before."""
        self._found = list(found)
        self._own_command = chosen.editor_command
        self.list.blockSignals(True)
        self.list.clear()
        for each in self._found:
            self.list.addItem(f"{each.editor.name}  ·  {each.why}")
        self.list.addItem(_OWN)
        self.in_terminal.setChecked(chosen.editor_in_terminal)
        keys = [each.editor.key for each in self._found]
        row = keys.index(chosen.editor) if chosen.editor in keys else 0
        self.list.setCurrentRow(len(keys) if chosen.editor_command and not chosen.editor else row)
        self.list.blockSignals(False)
        self._show_command()

    @property
    def found(self) -> Found | None:
        """The editor that is chosen; None for a command of one's own."""
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def choice(self) -> ChosenEditor:
        """What is chosen. Raises `TemplateError` for a command that cannot be used."""
        if self.found is not None:
            return opening.of_found(self.found)
        return opening.of_template(self.command.text(), in_terminal=self.in_terminal.isChecked())

    def fields(self) -> dict[str, object]:
        """The same as fields of the preferences."""
        if self.found is not None:
            return {"editor": self.found.editor.key, "editor_command": ""}
        return {
            "editor": "",
            "editor_command": self.command.text().strip(),
            "editor_in_terminal": self.in_terminal.isChecked(),
        }

    def is_complete(self) -> bool:
        """Whether files can be opened with what is chosen."""
        return self._complaint() == "" and self.list.item(0).text() != _LOOKING

    def _complaint(self) -> str:
        try:
            self.choice()
        except template.TemplateError as error:
            return str(error)
        return ""

    def _edit(self, text: str) -> None:
        self._own_command = text
        self._judge()

    def _show_command(self) -> None:
        found = self.found
        own = found is None
        if found is not None:
            self.command.setText(command_words.join(found.command) + " " + " ".join(found.editor.arguments))
            self.command.setCursorPosition(0)
        else:
            self.command.setText(self._own_command)
        is_looking = self.list.count() == 1 and self.list.item(0).text() == _LOOKING
        self.command.setReadOnly(not own)
        self.command.setEnabled(not is_looking)
        self.in_terminal.setVisible(own and not is_looking)
        self._judge()

    def _judge(self) -> None:
        text = self.command.text().strip()
        complaint = self._complaint() if text else ""
        self.trouble.setObjectName("trouble" if complaint else "muted")
        self.trouble.style().polish(self.trouble)
        self.trouble.setText(complaint or (_HINT if self.found is None else ""))
        self.changed.emit()
