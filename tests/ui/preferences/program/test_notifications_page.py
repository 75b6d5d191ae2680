"""What shows on this desktop, chosen at once and taken back."""

from pytestqt.qtbot import QtBot

from app.settings import DesktopNotices
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.program.notifications_page import NotificationsPage


def test_each_choice_holds_at_once_and_is_taken_back(access: PreferencesAccess, qtbot: QtBot) -> None:
    page = NotificationsPage(access)
    qtbot.addWidget(page)
    assert page.in_background.isChecked()
    with qtbot.assertNotEmitted(access.settings.engine_needed):
        with qtbot.waitSignal(access.settings.changed):
            page.never.click()
        with qtbot.waitSignal(access.settings.changed):
            page.do_not_disturb.click()
    chosen = access.settings.chosen.notifications
    assert (chosen.desktop, chosen.do_not_disturb) == (DesktopNotices.NEVER, True)
    with qtbot.waitSignal(access.settings.changed):
        access.history.undo()
    assert not page.do_not_disturb.isChecked()
    with qtbot.waitSignal(access.settings.asked) as asked:
        page.rules.click()
    assert asked.args[0] == "rules"
