"""The buttons for order and density."""

from pytestqt.qtbot import QtBot

from app.sorting import Sort
from ui.issues.row.metrics import Density
from ui.issues.stream.tools import SORTS, ListTools
from ui.theme import Theme


def test_an_order_is_chosen_from_the_menu(qtbot: QtBot, dressed: Theme) -> None:
    tools = ListTools()
    qtbot.addWidget(tools)
    assert [action.text() for action in tools.menu.actions()] == [f"&{label}" for label in SORTS.values()]
    with qtbot.waitSignal(tools.sort_chosen) as chosen:
        tools.menu.actions()[2].trigger()
    assert chosen.args == [Sort.COUNT]
    tools.show_state(Sort.COUNT, Density.COMFORTABLE)
    assert tools.menu.actions()[2].isChecked()
    assert tools.sort_button.accessibleName() == "Sorted by events"


def test_the_density_is_the_other_one(qtbot: QtBot) -> None:
    tools = ListTools()
    qtbot.addWidget(tools)
    for density, other in ((Density.COMFORTABLE, Density.COMPACT), (Density.COMPACT, Density.COMFORTABLE)):
        tools.show_state(Sort.LAST_SEEN, density)
        with qtbot.waitSignal(tools.density_chosen) as chosen:
            tools.density_button.click()
        assert chosen.args == [other]
