"""Where the palette's entries come from: commands, the sidebar, the preferences, the list of issues."""

from collections.abc import Callable, Iterator

from app.model import Issue
from app.plain_text import compact_line
from ui.commands.actions import Commands
from ui.commands.keymap import keymap
from ui.commands.table import COMMANDS_BY_GROUP
from ui.issues.model import IssueListModel
from ui.palette.entry import Entry, Kind
from ui.places import Page
from ui.preferences.catalogue import SETTINGS
from ui.sidebar.entries import Kind as Row
from ui.sidebar.sidebar import Sidebar

MOST_ISSUES = 500
# The palette itself, and what it offers under another name.
_LEFT_OUT = frozenset({"palette", "go_project"})


def commands(known: Commands) -> Iterator[Entry]:
    """Every command, with its present key, and why it cannot be run now."""
    for group, members in COMMANDS_BY_GROUP.items():
        for command in members:
            if command.is_listed and command.name not in _LEFT_OUT:
                yield Entry(
                    kind=Kind.COMMAND,
                    key=f"command:{command.name}",
                    title=command.label,
                    detail=group.value,
                    shortcut=keymap().shown(command.name),
                    icon="events",
                    reason=known.reason(command.name),
                    run=lambda name=command.name: known.run(name),  # type: ignore[misc]
                )


def places(sidebar: Sidebar) -> Iterator[Entry]:
    """Views, pages and projects, as the sidebar has them."""
    for entry in sidebar.model.entries:
        if entry.place is None:
            continue
        is_project = entry.kind is Row.PROJECT
        kind = Kind.PROJECT if is_project else Kind.PLACE
        number = f"{entry.number:,}" if entry.number else ""
        yield Entry(
            kind=kind,
            key=f"{kind.value.lower()}:{entry.label}",
            title=compact_line(entry.label),
            detail=number,
            words="page" if isinstance(entry.place, Page) else "",
            icon=entry.icon,
            run=lambda place=entry.place: sidebar.go_to(place),  # type: ignore[misc]
        )


def settings(show: Callable[[str, str], None]) -> Iterator[Entry]:
    """The pages of the preferences, and each setting."""
    for page, members in SETTINGS.items():
        yield Entry(
            kind=Kind.SETTING,
            key=f"setting:{page}",
            title=f"Preferences: {page}",
            icon="settings",
            run=lambda page=page: show(page, ""),  # type: ignore[misc]
        )
        for setting in members:
            yield Entry(
                kind=Kind.SETTING,
                key=f"setting:{page}:{setting.control}",
                title=setting.label,
                detail=page,
                words=setting.words,
                icon="settings",
                run=lambda page=page, control=setting.control: show(page, control),  # type: ignore[misc]
            )


def listed_issues(model: IssueListModel, show: Callable[[int], None]) -> Iterator[Entry]:
    """The issues of the list that is shown, as far as it is loaded."""
    for row in range(min(model.rowCount(), MOST_ISSUES)):
        yield issue_entry(model.issue(row), show)


def issue_entry(issue: Issue, show: Callable[[int], None]) -> Entry:
    """An issue; it is not remembered, as there are many, and they go."""
    return Entry(
        kind=Kind.ISSUE,
        title=compact_line(issue.title),
        detail=compact_line(issue.project),
        icon="bug",
        run=lambda: show(issue.id),
    )
