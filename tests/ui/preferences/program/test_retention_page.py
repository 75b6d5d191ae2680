"""Retention: what a change would remove is said before it is applied."""

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.settings import MIB, Retention
from app.store.upkeep.retention import Sweep
from tests.factories import NOON, Store, make_event
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.program.retention_page import RetentionPage


@pytest.fixture
def page(store: Store, access: PreferencesAccess, qtbot: QtBot) -> RetentionPage:
    for number in range(5):
        store.file(make_event(value=str(number)), at=NOON)
    Sweep(store.database, Retention(), clock=lambda: NOON).run()
    made = RetentionPage(access)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_effect_is_counted_before_it_is_applied(
    page: RetentionPage, access: PreferencesAccess, qtbot: QtBot
) -> None:
    page.days.setValue(36_500)
    qtbot.waitUntil(lambda: "nothing goes" in page.effect.text())
    assert page.effect.text().startswith("Now: 5 events in ")
    page.events.setValue(2)
    qtbot.waitUntil(lambda: "3 beyond 2 an issue" in page.effect.text())
    assert access.settings.chosen.retention.events_per_issue == 1_000
    with qtbot.waitSignals([access.settings.changed, access.settings.asked]):
        page.apply.click()
    assert access.settings.chosen.retention == Retention(events_per_issue=2, days=36_500)
    assert not page.apply.isEnabled()
    with qtbot.waitSignal(access.settings.changed):
        access.history.undo()
    assert page.events.value() == 1_000


def test_an_odd_size_stays_until_it_is_changed(page: RetentionPage, access: PreferencesAccess) -> None:
    odd = Retention(total_bytes=20 * MIB + 1)
    access.settings.begin(replace(access.settings.chosen, retention=odd))
    assert page.policy().total_bytes == 20 * MIB + 1
    page.megabytes.setValue(21)
    assert page.policy().total_bytes == 21 * MIB


def test_without_a_store_it_says_so(access: PreferencesAccess, qtbot: QtBot) -> None:
    page = RetentionPage(access)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "no error store" in page.effect.text())
