"""What a person changes of channels and rules: each change is one short transaction, and can be undone."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from app import notifications, store
from app.notifications.rules import Rule
from ui.acts import Act, ChangedElsewhere
from ui.undo import Actions

if TYPE_CHECKING:
    from app.notifications.directory import NamedRule, PreviousRow
    from app.store.database import Connection
    from app.store.notices.channels import Channel


class _Table(Struct, frozen=True):
    """How channels are read and written, or rules. `values` gives what a person sets of one."""

    listed: Callable[["Connection"], Sequence[Any]]
    change: Callable[["Connection", Any], "PreviousRow | None"]
    remove: Callable[["Connection", Any], "PreviousRow"]
    values: Callable[[Any], object]

    def find(self, connection: "Connection", item: Any) -> Any:
        """The channel or rule as it is now, or None."""
        return next((each for each in self.listed(connection) if each.id == item.id), None)

    def demand(self, connection: "Connection", item: Any) -> None:
        """Raises `ChangedElsewhere` unless the channel or rule still has the values of `item`."""
        found = self.find(connection, item)
        if found is None or self.values(found) != self.values(item):
            raise ChangedElsewhere


def _channels() -> _Table:
    directory = notifications.directory
    return _Table(
        directory.all_channels,
        directory.change_channel,
        directory.remove_channel,
        lambda channel: (channel.name, channel.url, channel.enabled),
    )


def _rules() -> _Table:
    directory = notifications.directory
    return _Table(
        directory.all_rules,
        directory.change_rule,
        directory.remove_rule,
        lambda rule: (rule.name, rule.enabled, rule.rule),
    )


# Called off the UI thread only: it loads SQLAlchemy.
_TableOf = Callable[[], _Table]


class NotificationActions(Actions):
    """Acts on channels and rules. A name that is taken is refused."""

    def add_channel(self, name: str, url: str) -> None:
        """Add a channel."""
        self._add(
            _channels, name, lambda connection: notifications.directory.add_channel(connection, name, url)
        )

    def change_channel(self, channel: "Channel", sentence: str) -> None:
        """Give the channel of that id these values."""
        self._change(_channels, channel, sentence)

    def remove_channel(self, channel: "Channel") -> None:
        """Remove a channel."""
        self._remove(_channels, channel)

    def add_rule(self, name: str, rule: Rule) -> None:
        """Add a rule."""
        self._add(_rules, name, lambda connection: notifications.directory.add_rule(connection, name, rule))

    def change_rule(self, rule: "NamedRule", sentence: str) -> None:
        """Give the rule of that id these values."""
        self._change(_rules, rule, sentence)

    def remove_rule(self, rule: "NamedRule") -> None:
        """Remove a rule."""
        self._remove(_rules, rule)

    def explain(self, error: BaseException) -> str | None:
        return str(error) if isinstance(error, store.channels.NameTaken) else None

    def _add(self, table: _TableOf, name: str, add: "Callable[[Connection], Channel | NamedRule]") -> None:
        def undo(connection: "Connection", added: "Channel | NamedRule") -> None:
            table().demand(connection, added)
            table().remove(connection, added)

        def again(
            _connection: "Connection", added: "Channel | NamedRule"
        ) -> "Callable[[Connection], Channel | NamedRule]":
            # With the id that it had: later acts name it.
            def restore(connection: "Connection") -> "Channel | NamedRule":
                notifications.directory.restore(connection, notifications.directory.PreviousRow(added))
                return added

            return restore

        self.stack.do(self, Act(sentence=f"{name} added", do=add, undo=undo, again=again))

    def _change(self, table: _TableOf, item: "Channel | NamedRule", sentence: str) -> None:
        def undo(connection: "Connection", changed: "PreviousRow") -> None:
            table().demand(connection, item)
            notifications.directory.restore(connection, changed)

        self.stack.do(
            self, Act(sentence=sentence, do=lambda connection: table().change(connection, item), undo=undo)
        )

    def _remove(self, table: _TableOf, item: "Channel | NamedRule") -> None:
        def do(connection: "Connection") -> "PreviousRow | None":
            found = table().find(connection, item)
            return None if found is None else table().remove(connection, found)

        def undo(connection: "Connection", removed: "PreviousRow") -> None:
            if table().find(connection, removed.before) is not None:
                raise ChangedElsewhere
            notifications.directory.restore(connection, removed)

        self.stack.do(self, Act(sentence=f"{item.name} removed", do=do, undo=undo))
