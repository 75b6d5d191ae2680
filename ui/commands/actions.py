"""The actions of the window: one for each command, with its present keys."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.commands.keymap import keymap
from ui.commands.table import BY_NAME, COMMANDS


class Commands(QObject):
    """All commands, to be run by key, from a menu or by name. Keys follow the keymap.

    `reasons` say for a command why it cannot be run now; an empty reason, or none, means that it can.
    `refused` carries that as a sentence, when a person wanted it all the same.
    """

    refused = Signal(str)

    def __init__(
        self,
        window: QWidget,
        doers: Mapping[str, Callable[[], None]],
        reasons: Mapping[str, Callable[[], str]] | None = None,
    ) -> None:
        super().__init__(window)
        self._doers = doers
        self._reasons = {} if reasons is None else reasons
        self.actions = make_actions(window, {name: partial(self.run, name) for name in doers})

    def reason(self, name: str) -> str:
        """Why a command cannot be run now; empty, if it can."""
        ask = self._reasons.get(name)
        return "" if ask is None else ask()

    def run(self, name: str) -> None:
        """Run a command, as its key does, or say why not."""
        reason = self.reason(name)
        if reason:
            self.refused.emit(f"{BY_NAME[name].label.removesuffix(' …')}: {reason}")
        else:
            self._doers[name]()


def make_actions(window: QWidget, doers: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """Actions for all commands, at work wherever in the window the cursor is but in a text field.

    A text field takes its own keys, undo and redo too, before they become a shortcut (`ShortcutOverride`).
    """
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        action = _CommandAction(command.name, command.label, window)
        everywhere = Qt.ShortcutContext.ApplicationShortcut
        action.setShortcutContext(everywhere if command.everywhere else Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, do=doers[command.name]: do())
        window.addAction(action)
        actions[command.name] = action
    return actions


class _CommandAction(QAction):
    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(label, parent)
        self._name = name
        keymap().changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        sequences = keymap().sequences(self._name)
        if sequences != self.shortcuts():
            self.setShortcuts(sequences)
