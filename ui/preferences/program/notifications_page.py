"""What shows on this desktop; who is notified of what is in the dialog of channels and rules."""

from app.settings import DesktopNotices
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.program.settings_page import SettingsPage, button, muted, row, title
from ui.theme import UNIT
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Choice, Tick

_RULES = "Which errors are worth a notice, where it goes, and the quiet hours of each: channels and rules."


class NotificationsPage(SettingsPage):
    """A switch, a choice of three, and the way to the rules."""

    def __init__(self, access: PreferencesAccess) -> None:
        super().__init__(access)
        self.do_not_disturb = Tick("Do not disturb: show no notices here")
        self.always = Choice("&Always")
        self.in_background = Choice("&While another window is in front; else in one line of this one")
        self.never = Choice("&Never: in the window only")
        self.rules = button("Channels and rules …", lambda: self.settings.asked.emit("rules", None))
        self._choices = {
            DesktopNotices.ALWAYS: self.always,
            DesktopNotices.IN_BACKGROUND: self.in_background,
            DesktopNotices.NEVER: self.never,
        }
        column = self.column
        column.addWidget(title("Notifications"))
        column.addWidget(self.do_not_disturb)
        column.addSpacing(UNIT)
        column.addWidget(PlainLabel("Show notices on the desktop"))
        for choice in self._choices.values():
            column.addWidget(choice)
        column.addSpacing(UNIT)
        column.addWidget(muted(_RULES))
        column.addLayout(row(self.rules))
        self.do_not_disturb.clicked.connect(
            lambda on: self.settings.change("do not disturb", {"notifications.do_not_disturb": on})
        )
        for value, choice in self._choices.items():
            choice.clicked.connect(lambda _on=False, value=value: self._choose(value))
        self.end()

    def show_settings(self) -> None:
        chosen = self.settings.chosen.notifications
        self.do_not_disturb.setChecked(chosen.do_not_disturb)
        self._choices[chosen.desktop].setChecked(True)

    def _choose(self, value: DesktopNotices) -> None:
        self.settings.change("notices on the desktop", {"notifications.desktop": value.value})
