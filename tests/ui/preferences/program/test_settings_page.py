"""What the pages about the settings file have in common: locks, and what is wrong with the file."""

from pytestqt.qtbot import QtBot

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.program.settings_page import SettingsPage, number


class Page(SettingsPage):
    def __init__(self, access: PreferencesAccess) -> None:
        super().__init__(access)
        self.port = number("Port", 1, 10)
        self.note = self.lock("port", self.port)
        self.column.addWidget(self.port)
        self.column.addWidget(self.note)
        self.shown = 0
        self.end()

    def show_settings(self) -> None:
        self.shown += 1


def test_what_a_flag_decides_is_locked_and_says_so(access: PreferencesAccess, qtbot: QtBot) -> None:
    access.settings.locked = {"port": "--port"}
    page = Page(access)
    qtbot.addWidget(page)
    assert not page.port.isEnabled()
    assert "--port" in page.note.text()
    access.settings.locked = {}
    access.settings.changed.emit()
    assert page.port.isEnabled()
    assert page.note.isHidden()


def test_a_fault_of_the_file_is_shown_with_its_line(access: PreferencesAccess, qtbot: QtBot) -> None:
    access.settings.file.write_text("port = 1\nhost =\n")
    page = Page(access)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(access.settings.refused):
        access.settings.change("x", {"port": 7})
    assert page.problem.isVisible()
    assert "line 2" in page.problem.text()
    assert access.settings.file.read_text() == "port = 1\nhost =\n"
