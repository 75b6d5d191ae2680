"""Menus and dialogs before an act: how long to mute, in which release it is resolved, what to note.

Each is made, and its module loaded, when it is first used: the window is shown without.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from ui import issues
from ui.issues.actions import IssueActions
from ui.widgets.mnemonic import add_action


class Prompts(QObject):
    """Opens menus and dialogs over `window`, and runs what was chosen through `actions`."""

    def __init__(self, actions: IssueActions, window: QWidget) -> None:
        super().__init__(window)
        self._actions = actions
        self._window = window

    def mute(self, issue_ids: Sequence[int], at: QPoint, *, is_above: bool = False) -> None:
        """Ask how long to mute, in a menu at this place of the screen, or above it."""
        if issue_ids:
            menu = issues.mute_menu.MuteMenu(self._window)
            # After it is closed it may still ask for a number: it is deleted when the next menu is made.
            self._replace("mute", menu)
            menu.chosen.connect(lambda choice: self._actions.mute(issue_ids, choice))
            menu.popup(at - QPoint(0, menu.sizeHint().height() if is_above else 0))

    def resolve_in(self, issue_ids: Sequence[int], releases: Sequence[str], at: QPoint) -> None:
        """Ask for the release that has the fix, the newest first."""
        if issue_ids and releases:
            menu = QMenu("Resolve in", self._window)
            self._replace("resolve", menu)
            for release in releases:
                add_action(menu, release, partial(self._actions.resolve_in, issue_ids, release))
            menu.addSeparator()
            menu.addAction("&Another release …", lambda: self._ask_release(issue_ids))
            menu.popup(at)

    def note(self, issue_id: int, about: str) -> None:
        """Ask for a note on an issue; `about` is its title."""
        dialog = issues.note_dialog.NoteDialog(about, self._window)
        dialog.written.connect(lambda text: self._actions.note(issue_id, text))
        dialog.open()

    def _ask_release(self, issue_ids: Sequence[int]) -> None:
        dialog = issues.question_dialog.QuestionDialog(
            "Resolve", "Resolved in the release:", "Resolve", self._window
        )
        dialog.answered.connect(partial(self._actions.resolve_in, issue_ids))
        dialog.open()

    def _replace(self, name: str, menu: QMenu) -> None:
        menu.setObjectName(f"ask-{name}")
        for old in self._window.findChildren(QMenu, f"ask-{name}"):
            if old is not menu:
                old.deleteLater()
