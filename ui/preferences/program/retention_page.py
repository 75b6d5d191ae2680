"""How much is kept, how much there is now, and what a change would remove, before it is applied."""

from contextlib import closing
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from shiboken6 import isValid

from app import store
from app.clock import now_micros
from app.plain_text import plural
from app.settings import MIB, Retention
from app.store.errors import StoreError
from ui.link.background import Ticket
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.program.settings_page import SettingsPage, button, form, muted, number, row, title
from ui.theme import UNIT
from ui.wording import size

if TYPE_CHECKING:
    from app.store.upkeep.retention_preview import RetentionPreview

PAUSE_MS = 250
_ABOUT = (
    "What is beyond any of these goes, the oldest first. The first and last event of an issue stay, unless "
    "the size is exceeded: then whole issues go last of all, resolved and muted ones first."
)


class RetentionPage(SettingsPage):
    """Three bounds. What they would remove is counted while they are changed."""

    def __init__(self, access: PreferencesAccess) -> None:
        super().__init__(access)
        self._ticket: Ticket | None = None
        self._shown: Retention | None = None
        self.events = number("Events per issue", 1, 1_000_000)
        self.days = number("Days", 1, 36_500, " days")
        self.megabytes = number("Size", 16, 4_000_000, " MiB")
        self.effect = muted("")
        self.apply = button("Apply", self._apply, "primary")
        self.back = button("Discard", self.show_settings)
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._count)
        column = self.column
        column.addWidget(title("Retention"))
        column.addWidget(muted(_ABOUT))
        column.addSpacing(UNIT)
        column.addLayout(
            form(
                ("Events per issue", self.events),
                ("Age at most", self.days),
                ("Size at most", self.megabytes),
            )
        )
        column.addSpacing(UNIT)
        column.addWidget(self.effect)
        column.addLayout(row(self.apply, self.back))
        for spin in (self.events, self.days, self.megabytes):
            spin.setKeyboardTracking(True)
            spin.valueChanged.connect(lambda _value: self._judge())
        self.end()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count()

    def show_settings(self) -> None:
        policy = self._shown = self.settings.chosen.retention
        self.events.setValue(policy.events_per_issue)
        self.days.setValue(policy.days)
        self.megabytes.setValue(policy.total_bytes // MIB)
        self._judge()

    def policy(self) -> Retention:
        """What the fields say."""
        megabytes = self.megabytes.value()
        shown = self.settings.chosen.retention.total_bytes
        return Retention(
            events_per_issue=self.events.value(),
            days=self.days.value(),
            # A size that is no whole number of MiB stays as it is until it is changed.
            total_bytes=shown if shown // MIB == megabytes else megabytes * MIB,
        )

    def _judge(self) -> None:
        has_changed = self.policy() != self._shown
        self.apply.setEnabled(has_changed)
        self.back.setEnabled(has_changed)
        if self.isVisible():
            self._pause.start()

    def _count(self) -> None:
        folder, policy = self.access.data_dir, self.policy()
        if self._ticket is not None:
            self._ticket.cancel()

        def work() -> "RetentionPreview | str":
            try:
                with (
                    closing(store.database.open_existing(folder)) as database,
                    database.reading() as connection,
                ):
                    return store.retention_preview.preview(connection, policy, now_micros())
            except StoreError as error:
                return str(error)

        self._ticket = self.access.background.run(work, lambda found: self._show_effect(found, policy))

    def _show_effect(self, found: "RetentionPreview | str", policy: Retention) -> None:
        if not isValid(self):
            return
        if isinstance(found, str):
            self.effect.setText(found)
            return
        now = f"Now: {plural(found.events, 'event')} in {size(found.used_bytes)}."
        self.effect.setText(f"{now} {_effect(found, policy)}")

    def _apply(self) -> None:
        before, after = self._shown, self.policy()
        if before is None or after == before:
            return
        changed: dict[str, Any] = {
            f"retention.{name}": getattr(after, name)
            for name in Retention.__struct_fields__
            if getattr(after, name) != getattr(before, name)
        }
        self.settings.change("retention", changed)
        self.settings.asked.emit("run-job", "retention")


def _effect(found: "RetentionPreview", policy: Retention) -> str:
    parts = []
    if found.surplus_events:
        parts.append(f"{found.surplus_events:,} beyond {policy.events_per_issue:,} an issue")
    if found.old_events:
        parts.append(f"{found.old_events:,} older than {plural(policy.days, 'day')}")
    if found.surplus_bytes:
        parts.append(f"the oldest that fill {size(found.surplus_bytes)}")
    return f"Of these, at most this goes: {'; '.join(parts)}." if parts else "With this, nothing goes."
