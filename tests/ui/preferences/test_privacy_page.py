"""What is chosen on the page holds at once."""

from pytestqt.qtbot import QtBot

from app.preferences import ScrubPattern
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.privacy_page import PrivacyPage


def test_choices_are_stored_and_shown(chosen: PreferencesAccess, qtbot: QtBot) -> None:
    page = PrivacyPage(chosen)
    qtbot.addWidget(page)
    page.on_receipt.setChecked(True)
    page.characters.setValue(5_000)
    page.patterns.text.setText("K-[0-9]")
    page.patterns.add.click()
    assert chosen.chosen.scrub_on_receipt
    assert chosen.chosen.markdown_characters == 5_000
    assert chosen.chosen.scrub_patterns == (ScrubPattern(pattern="K-[0-9]"),)
    chosen.change(scrub_on_receipt=False)
    assert not page.on_receipt.isChecked()
