"""A path map needs both of its sides."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.preferences import PathMap
from ui.preferences.map_form import MapForm


def test_both_sides_are_needed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form = MapForm(None, window)
    given = (("", "", False), ("/app", " ", False), ("<x>", "/src", False), ("/app", "/src", True))
    for sent, local, complete in given:
        form.sent.setText(sent)
        form.local.setText(local)
        assert form.save.isEnabled() is complete
    with qtbot.waitSignal(form.saved) as saved:
        form.save.click()
    assert saved.args == [PathMap(sent="/app", local="/src")]


def test_it_shows_what_is_changed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form = MapForm(PathMap(sent="/app", local="/src", project="shop"), window)
    assert (form.sent.text(), form.local.text(), form.project.text()) == ("/app", "/src", "shop")
