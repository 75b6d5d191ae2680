"""Whether traces are stored, for how long and how much."""

from pytestqt.qtbot import QtBot

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.traces_page import TracesPage


def test_what_is_chosen_is_shown_and_changed(chosen: PreferencesAccess, qtbot: QtBot) -> None:
    page = TracesPage(chosen)
    qtbot.addWidget(page)
    assert (page.stored.isChecked(), page.hours.value(), page.megabytes.value()) == (True, 1, 200)
    page.hours.setValue(3)
    page.megabytes.setValue(50)
    assert (chosen.chosen.traces_hours, chosen.chosen.traces_megabytes) == (3, 50)
    page.stored.setChecked(False)
    assert not chosen.chosen.traces_stored
    assert not page.hours.isEnabled()
    chosen.change(traces_stored=True, traces_hours=5)
    assert (page.stored.isChecked(), page.hours.value()) == (True, 5)
