"""“Notifications”: the rules and channels of notices, and whether notices arrive.

The dialog blocks nothing. A change is stored at once, and can be undone.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import notifications
from app.model import from_micros
from app.notifications.rules import Rule
from ui.link.store_access import StoreAccess
from ui.notifications.actions import NotificationActions
from ui.notifications.channel_check import ChannelCheck
from ui.notifications.channel_form import ChannelForm
from ui.notifications.channel_test import ChannelTest
from ui.notifications.entry import NotificationEntry
from ui.notifications.rule_form import RuleForm
from ui.notifications.rule_text import sentence
from ui.theme import UNIT, font_title
from ui.undo import UndoStack
from ui.widgets.plain_label import PlainLabel
from ui.wording import age

if TYPE_CHECKING:
    from app.notifications.directory import NamedRule
    from app.store.database import Connection
    from app.store.notices.channels import Channel

T = TypeVar("T", bound=Struct)

_SIZE = (760, 600)
_MARGIN = QSize(48, 48)
_NO_CHANNELS = "None yet. What is told on this desktop needs none."


class Listed(Struct, frozen=True):
    """Everything the dialog shows."""

    rules: "list[NamedRule]"
    channels: "list[Channel]"


class NotificationsDialog(QDialog):
    """Channels and rules, each with what can be done with it."""

    def __init__(
        self, store: StoreAccess, undo: UndoStack, channel_test: ChannelTest, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Notifications")
        self.setMinimumSize(560, 400)
        self.resize(*_SIZE)
        self._store = store
        self._undo = undo
        self._channel_test = channel_test
        self._listed: Listed | None = None
        self._answers: dict[str, tuple[bool, str]] = {}
        self.acts = NotificationActions(store, undo, self)
        self.channels: list[NotificationEntry] = []
        self.rules: list[NotificationEntry] = []
        self._area = QScrollArea(widgetResizable=True)
        self._area.setAccessibleName("Channels and rules")
        self._lay_out()
        self._clear()
        self.acts.committed.connect(self.refresh)
        channel_test.answered.connect(self._answer)

    def open(self) -> None:
        """Come to the front."""
        self.refresh()
        if not self.isVisible() and (over := self.parentWidget()) is not None:
            self.resize(self.size().boundedTo(over.size() - _MARGIN))
        self.show()
        self.raise_()
        self.activateWindow()

    def refresh(self) -> None:
        """Read the rules and channels."""

        def read(connection: "Connection") -> Listed:
            directory = notifications.directory
            return Listed(directory.all_rules(connection), directory.all_channels(connection))

        self._store.read(read, self._show)

    def _lay_out(self) -> None:
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)

    def _show(self, listed: Listed) -> None:
        if listed == self._listed:
            return
        self._listed = listed
        focused = self._focused()
        self._clear()
        names = {channel.id: channel.name for channel in listed.channels}
        self.rules = [self._rule(rule, names) for rule in listed.rules]
        self.channels = [self._channel(channel) for channel in listed.channels]
        self._section("Rules", "Add a rule", self._new_rule, self.rules, "None: nobody is told of anything.")
        self._page.addSpacing(3 * UNIT)
        self._section("Channels", "Add a channel", self._new_channel, self.channels, _NO_CHANNELS)
        self._page.addStretch(1)
        self._focus(focused)

    def _section(
        self, title: str, add: str, act: object, entries: list[NotificationEntry], nothing: str
    ) -> None:
        heading = PlainLabel(title)
        heading.setFont(font_title())
        button = QPushButton(add)
        button.setObjectName("secondary")
        button.setAutoDefault(False)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(act)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(button)
        self._page.addLayout(top)
        for entry in entries:
            self._page.addWidget(entry)
        if not entries:
            label = PlainLabel(nothing, wordWrap=True)
            label.setObjectName("muted")
            self._page.addWidget(label)

    def _rule(self, rule: "NamedRule", names: dict[int, str]) -> NotificationEntry:
        entry = NotificationEntry(rule.name, sentence(rule.rule, names), on=rule.enabled)
        entry.switched.connect(
            lambda on: self.acts.change_rule(_with(rule, enabled=on), f"{rule.name} {'on' if on else 'off'}")
        )
        entry.button("Edit").clicked.connect(lambda: self._edit_rule(rule, names))
        entry.button("Remove").clicked.connect(lambda: self.acts.remove_rule(rule))
        return entry

    def _channel(self, channel: "Channel") -> NotificationEntry:
        since = channel.last_sent and age(from_micros(channel.last_sent), datetime.now(UTC))
        text = (
            f"{channel.where} · last notice {since} ago" if since else f"{channel.where} · nothing sent yet"
        )
        entry = NotificationEntry(channel.name, text, on=channel.enabled)
        entry.switched.connect(
            lambda on: self.acts.change_channel(
                _with(channel, enabled=on), f"{channel.name} {'on' if on else 'off'}"
            )
        )
        entry.button("Try it").clicked.connect(lambda: self._try(channel.name, entry))
        entry.button("Edit").clicked.connect(lambda: self._edit_channel(channel))
        entry.button("Remove").clicked.connect(lambda: self.acts.remove_channel(channel))
        took, message = self._answers.get(channel.name, (False, ""))
        entry.report_problem(message if took else channel.last_error or message)
        return entry

    def _new_channel(self) -> None:
        form = ChannelForm(parent=self, check=ChannelCheck(self._channel_test.data_dir, self))
        form.saved.connect(self.acts.add_channel)
        form.open()

    def _edit_channel(self, channel: "Channel") -> None:
        form = ChannelForm(channel, self, check=ChannelCheck(self._channel_test.data_dir, self))
        form.saved.connect(
            lambda name, url: self.acts.change_channel(
                _with(channel, name=name, url=url or channel.url), f"{name} changed"
            )
        )
        form.open()

    def _new_rule(self) -> None:
        names = {channel.id: channel.name for channel in self._listed.channels} if self._listed else {}
        form = RuleForm("", Rule(), names, self)
        form.saved.connect(self.acts.add_rule)
        form.open()

    def _edit_rule(self, rule: "NamedRule", names: dict[int, str]) -> None:
        form = RuleForm(rule.name, rule.rule, names, self)
        form.saved.connect(
            lambda name, changed: self.acts.change_rule(
                _with(rule, name=name, rule=changed), f"{name} changed"
            )
        )
        form.open()

    def _try(self, name: str, entry: NotificationEntry) -> None:
        if self._channel_test.run(name):
            entry.report_progress("Sending a test …")
        else:
            self._undo.report("Another channel is being tried; wait for its answer.")

    def _answer(self, name: str, took: bool, message: str) -> None:
        self._answers[name] = (took, message)
        # The error in the store is the same, or gone; the answer is new in any case.
        self._listed = None
        self.refresh()

    def _clear(self) -> None:
        # Each time a new widget: the entries of the last one are deleted with it.
        page = QWidget()
        page.setObjectName("page")
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(*(4 * (3 * UNIT,)))
        self._page.setSpacing(0)
        self._area.setWidget(page)

    def _focused(self) -> str:
        widget = self.focusWidget()
        return widget.accessibleName() if isinstance(widget, QCheckBox) else ""

    def _focus(self, name: str) -> None:
        for entry in (*self.rules, *self.channels):
            if name and entry.switch.accessibleName() == name:
                entry.switch.setFocus()


def _with(value: T, **changes: object) -> T:
    return msgspec.structs.replace(value, **changes)
