"""Opens the palette with what there is just now, and does what is chosen."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.model import Issue
from ui.commands.actions import Commands
from ui.issues.pane import IssuesPane
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.palette import sources
from ui.palette.entry import Entry, Kind
from ui.palette.issue_finder import IssueFinder
from ui.palette.palette import Palette
from ui.sidebar.sidebar import Sidebar

MOST_RECENT = 12
_HINT = "What to do, or where to go"
_HINT_PROJECT = "Go to a project"


class PaletteController(QObject):
    """`show_issue` and `show_setting` go to an issue, and to a page of the preferences and its control."""

    def __init__(
        self,
        window: MainWindow,
        store: StoreAccess,
        preferences: PreferencesAccess,
        commands: Commands,
        show_issue: Callable[[int], None],
        show_setting: Callable[[str, str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._issues: IssuesPane = window.issues
        self._sidebar: Sidebar = window.sidebar
        self._preferences = preferences
        self._commands = commands
        self._show_issue, self._show_setting = show_issue, show_setting
        self._finds_issues = False
        self.finder = IssueFinder(store, self)
        self.palette = Palette(window)
        self.palette.chosen.connect(self._run)
        self.palette.typed.connect(self._find)
        self.finder.found.connect(self._add_issues)

    def warm_up(self) -> None:
        """Paint it once before it is first opened, which takes longest."""
        self.palette.grab()

    def open(self) -> None:
        """Offer everything."""
        self._finds_issues = True
        entries = [
            *sources.places(self._sidebar),
            *sources.commands(self._commands),
            *sources.settings(self._show_setting),
            *sources.listed_issues(self._issues.model, self._show_issue),
        ]
        self.palette.offer(entries, self._preferences.chosen.palette_recent, _HINT)

    def open_projects(self) -> None:
        """Offer the projects."""
        self._finds_issues = False
        entries = [each for each in sources.places(self._sidebar) if each.kind is Kind.PROJECT]
        self.palette.offer(entries, self._preferences.chosen.palette_recent, _HINT_PROJECT)

    def _find(self, text: str) -> None:
        if self._finds_issues:
            self.finder.find(text)

    def _add_issues(self, text: str, issues: list[Issue]) -> None:
        self.palette.add_found(text, [sources.issue_entry(each, self._show_issue) for each in issues])

    def _run(self, entry: Entry) -> None:
        if entry.key:
            before = (key for key in self._preferences.chosen.palette_recent if key != entry.key)
            self._preferences.change(palette_recent=(entry.key, *before)[:MOST_RECENT])
        entry.run()
