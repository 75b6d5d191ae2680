"""Fields to type in, as dialogs have them: one line, or a text in the code font."""

from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit

from ui.theme import UNIT, font_code

FIELD_HEIGHT = 34


def line_field(name: str, text: str = "", hint: str = "") -> QLineEdit:
    """One line. `name` is what a screen reader says, `hint` stands in it while it is empty."""
    field = QLineEdit(text)
    field.setObjectName("field")
    field.setFixedHeight(FIELD_HEIGHT)
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    return field


def code_field(name: str, hint: str = "") -> QPlainTextEdit:
    """A text of several lines; Tab leaves it."""
    field = QPlainTextEdit()
    field.setObjectName("code")
    field.setFont(font_code())
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    field.setTabChangesFocus(True)
    return field


def pad(box: QAbstractSpinBox) -> None:
    """Give a field of numbers or times the height and the room at its sides that other fields have."""
    box.setFixedHeight(FIELD_HEIGHT)
    box.lineEdit().setTextMargins(UNIT, 0, UNIT, 0)
    # The line in it is asked for its name, too.
    box.lineEdit().setAccessibleName(box.accessibleName())
