"""The palette's rows under Qt's model tester."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, Qt

from ui.palette.entry import Entry, Kind
from ui.palette.model import ENTRY, PaletteModel


def test_rows_are_replaced_and_added(
    checked: Callable[[QAbstractItemModel], QAbstractItemModel],
) -> None:
    model = PaletteModel()
    checked(model)
    one = Entry(kind=Kind.COMMAND, title="<b>one</b>\nline", run=lambda: None, shortcut="E", reason="not now")
    other = Entry(kind=Kind.ISSUE, title="other", run=lambda: None)
    model.show_entries([one])
    model.add_entries([])
    model.add_entries([other])
    assert model.rowCount() == 2
    assert model.index(1).data(ENTRY) is other
    assert model.index(0).data() == "<b>one</b> line"
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Command, <b>one</b> line, E, not now"
    model.show_entries([])
    assert model.rowCount() == 0
