"""Asks at which commit an issue is resolved, and resolves it there. Git is asked beside the UI thread."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app import fix_check, store
from app.git import examine, frames, repository
from app.git.command import GitError
from app.git.repository import Commit
from app.model import Event
from app.plain_text import elided
from app.preferences import Preferences
from ui import issues
from ui.issues.actions import IssueActions
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.widgets.mnemonic import add_action, without_mnemonic
from ui.wording import ago

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.store.inbox.issues.fixes import Fix

_LONGEST_SUBJECT = 60
_MOST_NAMES = 3


class Choices(Struct, frozen=True):
    """The folder of the event's repository with its last commits, or a sentence on why there are none.

    `changed` are those of the event's files that have changes which are not committed.
    """

    folder: Path | None = None
    commits: tuple[Commit, ...] = ()
    changed: tuple[str, ...] = ()
    problem: str = ""


class FixController(QObject):
    """Opens its menu and dialog over `window`. `say` shows a sentence to the person."""

    def __init__(
        self,
        actions: IssueActions,
        access: StoreAccess,
        lookups: Background,
        preferences: PreferencesAccess,
        say: Callable[[str], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._actions = actions
        self._store = access
        self._lookups = lookups
        self._preferences = preferences
        self._say = say
        self._window = window
        self._menu: QMenu | None = None

    def resolve_at(self, issue_ids: Sequence[int], event: Event, at: QPoint) -> None:
        """Ask for the commit, in a menu at this place of the screen. `event` is in the repository."""
        chosen = self._preferences.chosen
        self._lookups.run(lambda: choices(event, chosen), lambda found: self._offer(issue_ids, found, at))

    def _offer(self, issue_ids: Sequence[int], found: Choices, at: QPoint) -> None:
        if found.folder is None:
            self._say(found.problem)
            return
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = QMenu("Resolve at", self._window)
        if found.changed:
            names = ", ".join(found.changed[:_MOST_NAMES])
            menu.addAction(without_mnemonic(f"Not committed yet: {names}")).setEnabled(False)
            menu.addSeparator()
        for commit in found.commits:
            text = f"{commit.short}  {elided(commit.subject, _LONGEST_SUBJECT)}  ({ago(commit.written_at)})"
            add_action(menu, text, partial(self._resolve, issue_ids, found.folder, commit.hash))
        menu.addSeparator()
        menu.addAction("&Another commit …", lambda: self._ask(issue_ids, found.folder))
        menu.popup(at)

    def _ask(self, issue_ids: Sequence[int], folder: Path | None) -> None:
        if folder is None:
            return
        dialog = issues.question_dialog.QuestionDialog(
            "Resolve", "Resolved at the commit (a hash, a tag, a branch):", "Resolve", self._window
        )
        dialog.answered.connect(partial(self._resolve, issue_ids, folder))
        dialog.open()

    def _resolve(self, issue_ids: Sequence[int], folder: Path, revision: str) -> None:
        def look_up(releases: Sequence[str]) -> None:
            self._lookups.run(
                lambda: _fix(folder, revision, releases), lambda found: self._act(issue_ids, found)
            )

        self._store.read(lambda connection: store.releases.recent(connection, issue_ids), look_up)

    def _act(self, issue_ids: Sequence[int], found: "Fix | str") -> None:
        if isinstance(found, str):
            self._say(found)
        else:
            self._actions.resolve_at(issue_ids, found)


def choices(event: Event, chosen: Preferences) -> Choices:
    """The last commits of the repository that the event's files are in. Asks git."""
    found = frames.of_event(event, chosen)
    if not found.frames:
        return Choices(problem=frames.why_none(found))
    try:
        where = repository.find(found.frames[0].path)
        commits = repository.last_commits(where)
        mine = (file.path for file in found.files() if file.path.is_relative_to(where.root))
        changed = tuple(path.name for path in mine if examine.uncommitted_since(where, path))
        return Choices(where.root, commits, changed)
    except GitError as error:
        return Choices(problem=str(error))


def _fix(folder: Path, revision: str, releases: Sequence[str]) -> "Fix | str":
    try:
        return fix_check.at_commit.look_up(folder, revision, releases)
    except GitError as error:
        return str(error)
