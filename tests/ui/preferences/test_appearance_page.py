"""What is chosen on the page of appearance is what is stored, and what is stored is shown."""

import pytest
from pytestqt.qtbot import QtBot

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.appearance_page import AppearancePage


@pytest.fixture
def page(chosen: PreferencesAccess, qtbot: QtBot) -> AppearancePage:
    made = AppearancePage(chosen)
    qtbot.addWidget(made)
    return made


def test_choices_hold_at_once(page: AppearancePage, chosen: PreferencesAccess) -> None:
    page.theme.buttons["dark"].click()
    page.density.buttons["compact"].click()
    page.text_size.setValue(120)
    page.reduced_motion.click()
    now = chosen.chosen
    assert (now.theme, now.density, now.text_size, now.reduced_motion) == ("dark", "compact", 120, True)


def test_what_holds_is_shown_and_showing_changes_nothing(
    page: AppearancePage, chosen: PreferencesAccess
) -> None:
    chosen.change(theme="light", text_size=90)
    assert page.theme.buttons["light"].isChecked()
    assert page.text_size.value() == 90
    chosen.history.undo()
    assert page.theme.buttons["system"].isChecked()
    assert chosen.history.last is None
