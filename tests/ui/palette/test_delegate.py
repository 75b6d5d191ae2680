"""Any entry is painted, at any width, in both themes; nothing is wider than its row."""

import pytest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from ui.palette.delegate import PaletteDelegate
from ui.palette.entry import Entry, Kind
from ui.palette.model import PaletteModel
from ui.theme import Theme


@pytest.mark.parametrize("width", [40, 300, 700])
def test_entries_are_painted_at_any_width(width: int, dressed: Theme, qtbot: QtBot) -> None:
    view, model = QListView(), PaletteModel()
    qtbot.addWidget(view)
    view.setModel(model)
    view.setItemDelegate(PaletteDelegate(view))
    model.show_entries(
        [
            Entry(
                kind=Kind.COMMAND, title="Resolve", run=lambda: None, shortcut="E", reason="none is selected"
            ),
            Entry(
                kind=Kind.ISSUE, title="<b>" + 90 * "long ", run=lambda: None, detail=40 * "shop ", icon="bug"
            ),
            Entry(kind=Kind.PROJECT, title="", run=lambda: None, detail="12"),
        ]
    )
    view.resize(width, 200)
    view.setCurrentIndex(model.index(1))
    view.show()
    assert not view.grab().isNull()
