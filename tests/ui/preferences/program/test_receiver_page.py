"""The receiver's page: its fields hold when they are applied, all at once, and not before."""

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.program.receiver_page import ReceiverPage


@pytest.fixture
def page(access: PreferencesAccess, qtbot: QtBot) -> ReceiverPage:
    made = ReceiverPage(access)
    qtbot.addWidget(made)
    made.show()
    return made


def test_changes_are_applied_together_and_need_an_engine(
    page: ReceiverPage, access: PreferencesAccess, qtbot: QtBot
) -> None:
    assert not page.apply.isEnabled()
    page.port.setValue(2_000)
    page.network.setChecked(True)
    page.keys.setText("shop, web ,")
    page.mail.setChecked(True)
    with qtbot.waitSignal(access.settings.engine_needed) as needed:
        page.apply.click()
    (chosen,) = needed.args
    assert isinstance(chosen, Settings)
    assert (chosen.port, chosen.host, chosen.known_keys) == (2_000, "0.0.0.0", ("shop", "web"))
    assert chosen.smtp_port == 2_525
    assert not page.apply.isEnabled()
    with qtbot.waitSignal(access.settings.engine_needed):
        access.history.undo()
    assert (page.port.value(), page.keys.text(), page.mail.isChecked()) == (1_974, "", False)
    assert page.here.isChecked()


def test_an_open_port_without_keys_is_warned_of(page: ReceiverPage) -> None:
    assert page.warning.isHidden()
    page.network.setChecked(True)
    assert page.warning.isVisible()
    page.keys.setText("shop")
    assert page.warning.isHidden()
    page.keys.clear()
    page.other.setChecked(True)
    assert page.host.isVisible()
    page.host.setText("localhost")
    assert page.warning.isHidden()


def test_discarded_changes_are_gone(page: ReceiverPage, access: PreferencesAccess) -> None:
    page.port.setValue(2_000)
    page.spotlight.setChecked(False)
    page.back.click()
    assert (page.port.value(), page.spotlight.isChecked()) == (1_974, True)
    assert not access.settings.file.exists()


def test_a_flag_locks_its_field_alone(page: ReceiverPage, access: PreferencesAccess) -> None:
    access.settings.locked = {"port": "--port"}
    access.settings.changed.emit()
    assert not page.port.isEnabled()
    assert page.keys.isEnabled()


def test_pausing_is_asked_of_the_program(page: ReceiverPage, access: PreferencesAccess, qtbot: QtBot) -> None:
    with qtbot.waitSignal(access.settings.asked) as asked:
        page.pause.click()
    assert asked.args == ["pause", None]
