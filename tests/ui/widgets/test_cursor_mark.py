"""The row with the cursor is marked only while its list has the focus."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme, theme
from ui.widgets.row_list import ListRow, RowList


def test_only_the_row_of_a_focused_list_is_marked(dressed: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    rows, button = RowList("rows"), QPushButton("elsewhere")
    layout.addWidget(rows)
    layout.addWidget(button)
    rows.rows.show_rows((ListRow((1,), "one", "here", None, "success", "text"),))
    rows.setCurrentIndex(rows.rows.index(0))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    def marked() -> bool:
        image = rows.viewport().grab().toImage()
        return theme().focus in [image.pixelColor(x, 28) for x in range(6, 14)]

    rows.setFocus()
    assert marked()
    button.setFocus()
    assert not marked()
