"""Asked once, before the first file is opened: in which editor."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.editors.editor import Found
from app.editors.opening import ChosenEditor
from app.preferences import Preferences
from ui.editors.editor_chooser import EditorChooser
from ui.issues.question_dialog import dialog_buttons
from ui.theme import UNIT
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick

_SIZE = (560, 520)


class ChooseEditorDialog(QDialog):
    """Calls `choose(editor, fields)` with what was chosen; `fields` is empty when it holds for this once."""

    def __init__(
        self, file: str, choose: Callable[[ChosenEditor, dict[str, object]], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Open in the editor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._choose = choose
        question = PlainLabel(f"In which editor should {file} open?", wordWrap=True)
        self.chooser = EditorChooser()
        self.always = Tick("Always use this")
        self.always.setChecked(True)
        self.open_button, buttons = dialog_buttons(self, "Open", self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(UNIT)
        layout.addWidget(question)
        layout.addWidget(self.chooser, 1)
        layout.addWidget(self.always)
        layout.addSpacing(UNIT)
        layout.addLayout(buttons)
        self.chooser.changed.connect(self._judge)
        self.chooser.activated.connect(self._open)
        self.chooser.list.setFocus()
        self._judge()

    def show_found(self, found: Sequence[Found], chosen: Preferences) -> None:
        """The editors are known now."""
        self.chooser.show_found(found, chosen)

    def _judge(self) -> None:
        self.open_button.setEnabled(self.chooser.is_complete())

    def _open(self) -> None:
        if not self.chooser.is_complete() or self.result():
            return
        self.accept()
        self._choose(self.chooser.choice(), self.chooser.fields() if self.always.isChecked() else {})
