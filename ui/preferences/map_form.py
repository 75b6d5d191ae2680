"""One path map: what an app sends, and the folder that it is on this machine."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.local_files import names
from app.preferences import PathMap
from ui.issues.question_dialog import dialog_buttons
from ui.theme import UNIT, font_code, font_small
from ui.widgets.plain_label import PlainLabel

_WIDTH = 520
_HINT = (
    "Such as /usr/src/app, C:\\app, webpack:///src or https://localhost:3000; . means names without a folder."
)


class MapForm(QDialog):
    """`saved` carries the `PathMap`."""

    saved = Signal(object)

    def __init__(self, path_map: PathMap | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Path map" if path_map else "New path map")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.sent = _field("What the app sends", path_map.sent if path_map else "", "/usr/src/app")
        self.local = _field("Folder on this machine", path_map.local if path_map else "", "")
        self.project = _field("Only for this project", path_map.project if path_map else "", "all projects")
        self.choose_button = QPushButton("Choose …")
        self.choose_button.setObjectName("secondary")
        self.choose_button.setAutoDefault(False)
        self.choose_button.clicked.connect(self._choose)
        self.save, buttons = dialog_buttons(self, "Save", self._save)
        hint = PlainLabel(_HINT, wordWrap=True)
        hint.setObjectName("muted")
        hint.setFont(font_small())
        local = QHBoxLayout()
        local.setSpacing(UNIT)
        local.addWidget(self.local, 1)
        local.addWidget(self.choose_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(UNIT)
        layout.addWidget(_caption(self.sent))
        layout.addWidget(self.sent)
        layout.addWidget(hint)
        layout.addWidget(_caption(self.local))
        layout.addLayout(local)
        layout.addWidget(_caption(self.project))
        layout.addWidget(self.project)
        layout.addSpacing(UNIT)
        layout.addLayout(buttons)
        for field in (self.sent, self.local):
            field.textChanged.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        has_sent = names.prefix(self.sent.text()) is not None
        self.save.setEnabled(has_sent and bool(self.local.text().strip()))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Folder on this machine", self.local.text())
        if folder:
            self.local.setText(folder)

    def _save(self) -> None:
        if self.save.isEnabled():
            made = PathMap(
                sent=self.sent.text().strip(),
                local=self.local.text().strip(),
                project=self.project.text().strip(),
            )
            self.accept()
            self.saved.emit(made)


def _field(name: str, text: str, placeholder: str) -> QLineEdit:
    field = QLineEdit(text, maxLength=names.LONGEST)
    field.setObjectName("field")
    field.setFont(font_code())
    field.setAccessibleName(name)
    field.setPlaceholderText(placeholder)
    field.setFixedHeight(5 * UNIT)
    return field


def _caption(field: QLineEdit) -> PlainLabel:
    label = PlainLabel(field.accessibleName())
    label.setObjectName("caption")
    label.setFont(font_small())
    label.setBuddy(field)
    return label
