"""A key as it is shown: a small cap in the code font."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import UNIT, font_code
from ui.widgets.plain_label import PlainLabel


def key_cap(text: str) -> PlainLabel:
    """One key, or keys that are pressed together or one after the other."""
    cap = PlainLabel(text)
    cap.setObjectName("keycap")
    cap.setFont(font_code())
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return cap


def key_caps(keys: tuple[str, ...]) -> QWidget:
    """Several keys for one thing, at the left."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(UNIT // 2)
    for key in keys:
        layout.addWidget(key_cap(key))
    layout.addStretch(1)
    return row
