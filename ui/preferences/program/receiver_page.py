"""Where errors are taken, from whom, and whether they are taken now."""

from typing import Any

from PySide6.QtWidgets import QLineEdit

from app.engine.reach import is_loopback
from app.program_command import NAME
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.program.settings_page import SettingsPage, button, form, muted, number, row, title
from ui.theme import UNIT
from ui.widgets.fields import line_field
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Choice, Tick

_LOOPBACK, _EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - it is the person's choice, with a warning
_OPEN = (
    "Errors hold secrets, and nobody has to log in to send one: allow only known keys, and open the port "
    "only on a network that you trust."
)
_RESTARTS = "Applying starts the engine again: for about two seconds clients have to wait, or send again."
_PAUSE = (
    "While intake is paused no error is taken, until you resume or its time is over, also after a restart. "
    f"The tray's menu, and {NAME} pause --for 1h, pause for a time."
)
_KEYS = "Accept only these project keys, separated by commas; left empty, any key is accepted"
_WIDTH = 46 * UNIT


class ReceiverPage(SettingsPage):
    """Fields that hold once they are applied, all of them together."""

    def __init__(self, access: PreferencesAccess) -> None:
        super().__init__(access)
        self._shown: dict[str, Any] = {}
        self.port = number("Port", 0, 65_535)
        self.port.setGroupSeparatorShown(False)
        self.here = Choice("Programs on this &machine")
        self.network = Choice("Anyone on this &network")
        self.other = Choice("At this &address:")
        self.host = line_field("Address", hint="192.168.1.5")
        self.keys = line_field(_KEYS, hint="any key")
        self.spotlight = Tick("Sentry's Spotlight mode, without a DSN, on port")
        self.spotlight_port = number("Spotlight's port", 1, 65_535)
        self.spotlight_port.setGroupSeparatorShown(False)
        self.mail = Tick("Error mails, from this machine only, on port")
        self.smtp_port = number("Port for mails", 1, 65_535)
        self.smtp_port.setGroupSeparatorShown(False)
        self.warning = PlainLabel(_OPEN, wordWrap=True)
        self.warning.setObjectName("trouble")
        self.pause = button("Pause intake, or resume it", lambda: self.settings.asked.emit("pause", None))
        self.apply = button("Apply", self._apply, "primary")
        self.back = button("Discard", self.show_settings)
        self._lay_out()
        self._connect()
        self.end()

    def _lay_out(self) -> None:
        column = self.column
        for field in (self.host, self.keys):
            field.setFixedWidth(_WIDTH)
        column.addWidget(title("Receiver"))
        column.addWidget(muted(_PAUSE))
        column.addLayout(row(self.pause))
        column.addSpacing(UNIT)
        column.addLayout(form(("Port", self.port)))
        column.addWidget(self.lock("port", self.port))
        column.addSpacing(UNIT)
        column.addWidget(PlainLabel("Who may send"))
        column.addWidget(self.here)
        column.addWidget(self.network)
        column.addWidget(self.other)
        column.addLayout(row(self.host))
        column.addWidget(self.warning)
        column.addWidget(self.lock("host", self.here, self.network, self.other, self.host))
        column.addSpacing(UNIT)
        column.addWidget(muted(f"{_KEYS}."))
        column.addLayout(row(self.keys))
        column.addWidget(self.lock("known_keys", self.keys))
        column.addSpacing(UNIT)
        column.addWidget(title("Other inputs"))
        # Below each other: in a large text they have no room side by side.
        column.addWidget(self.spotlight)
        column.addLayout(row(self.spotlight_port))
        column.addWidget(self.lock("spotlight", self.spotlight))
        column.addWidget(self.lock("spotlight_port", self.spotlight_port))
        column.addWidget(self.mail)
        column.addLayout(row(self.smtp_port))
        column.addWidget(self.lock("smtp_port", self.mail, self.smtp_port))
        column.addSpacing(UNIT)
        column.addWidget(muted(_RESTARTS))
        column.addLayout(row(self.apply, self.back))

    def _connect(self) -> None:
        for spin in (self.port, self.spotlight_port, self.smtp_port):
            # What is typed counts at once here: nothing holds before it is applied.
            spin.setKeyboardTracking(True)
            spin.valueChanged.connect(lambda _value: self._judge())
        for choice in (self.here, self.network, self.other, self.spotlight, self.mail):
            choice.toggled.connect(lambda _on: self._judge())
        for line in (self.host, self.keys):
            line.textChanged.connect(lambda _text: self._judge())
            line.returnPressed.connect(self._apply)

    def show_settings(self) -> None:
        chosen = self.settings.chosen
        self._fill(self.host, chosen.host)
        self._fill(self.keys, ", ".join(chosen.known_keys))
        for spin, value in (
            (self.port, chosen.port),
            (self.spotlight_port, chosen.spotlight_port),
            (self.smtp_port, chosen.smtp_port or 2525),
        ):
            spin.setValue(value)
        is_here = chosen.host == _LOOPBACK
        (self.here if is_here else self.network if chosen.host == _EVERYWHERE else self.other).setChecked(
            True
        )
        self.spotlight.setChecked(chosen.spotlight)
        self.mail.setChecked(chosen.smtp_port is not None)
        self._shown = self._values()
        self._judge()

    def _fill(self, line: QLineEdit, text: str) -> None:
        if line.text() != text:
            line.setText(text)

    def _values(self) -> dict[str, Any]:
        host = self.host.text().strip() or _LOOPBACK
        keys = tuple(part.strip() for part in self.keys.text().split(",") if part.strip())
        return {
            "port": self.port.value(),
            "host": _LOOPBACK if self.here.isChecked() else _EVERYWHERE if self.network.isChecked() else host,
            "known_keys": keys,
            "spotlight": self.spotlight.isChecked(),
            "spotlight_port": self.spotlight_port.value(),
            "smtp_port": self.smtp_port.value() if self.mail.isChecked() else None,
        }

    def _changed(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self._values().items()
            if value != self._shown.get(name) and not self.settings.why_locked(name)
        }

    def _judge(self) -> None:
        values = self._values()
        self.host.setVisible(self.other.isChecked())
        self.warning.setVisible(not is_loopback(values["host"]) and not values["known_keys"])
        self.spotlight_port.setEnabled(values["spotlight"] and not self.settings.why_locked("spotlight_port"))
        self.smtp_port.setEnabled(self.mail.isChecked() and not self.settings.why_locked("smtp_port"))
        has_changed = bool(self._changed())
        self.apply.setEnabled(has_changed)
        self.back.setEnabled(has_changed)

    def _apply(self) -> None:
        changed = self._changed()
        if changed:
            self.settings.change("the receiver's " + " and ".join(changed).replace("_", " "), changed)
