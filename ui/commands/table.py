"""Every command of the window with its keys, by group: from this come actions, menus, palette and help."""

from PySide6.QtGui import QKeySequence

from ui.commands.command import Command, FixedKey, Group

SECTIONS_WITH_KEYS = 9
PLACES_WITH_KEYS = 9
COMMANDS_BY_GROUP: dict[Group, tuple[Command, ...]] = {
    Group.LISTS: (
        Command("next", "Next issue", ("J",)),
        Command("previous", "Previous issue", ("K",)),
        Command("arrivals", "Show what has come", (".",)),
        Command("select", "Select the issue, or not", ("X",)),
        Command("select_all", "Select all that are loaded; again: all that match", ("Ctrl+A",)),
        Command("search", "Search", ("/",)),
        Command("sort", "Sort the list …", ("Ctrl+Shift+S",)),
        Command("density", "Rows of one line, or of two", ("Shift+D",)),
        Command("save_view", "Save this search as a view …", ("Ctrl+S",)),
        Command("new_session", "New session: only what comes from now on", ("Ctrl+Shift+N",)),
        Command("new_in_run", "In a run: only what is new against the run before, or all", ("W",)),
        Command("facets", "Facets beside the list", ("Shift+F",)),
        Command(
            "find",
            "Find in the event, when reading it; in the list, search",
            ("Ctrl+F",),
            standard=QKeySequence.StandardKey.Find,
        ),
    ),
    Group.ISSUE: (
        Command("resolve", "Resolve", ("E",)),
        Command("resolve_in", "Resolve in a release …", ("Shift+E",)),
        Command("resolve_at", "Resolve at a commit …", ("Ctrl+E",)),
        Command("mute", "Mute …", ("M",)),
        Command("reopen", "Reopen", ("Shift+O",)),
        Command("toggle_read", "Mark as read or unread", ("U",)),
        Command("pin", "Pin, or take off the pin", ("S",)),
        Command("note", "Add a note", ("N",)),
        Command("merge", "Merge the selected issues", ("Ctrl+M",)),
        Command("correct", "Correct the grouping …", ("Shift+G",)),
        Command("delete", "Delete the selected issues", ("#",)),
        Command("copy_issues", "Copy the selected issues …", ("Shift+Y",)),
        Command("export_issues", "Export the selected issues …", ("Ctrl+Shift+X",)),
        Command("track", "Create an issue in GitHub or GitLab …", ("T",)),
    ),
    Group.EVENT: (
        Command("open", "Open in the editor", ("O",)),
        Command("event_previous", "Previous event of the issue", ("[",)),
        Command("event_next", "Next event of the issue", ("]",)),
        # Qt reports a shifted bracket as the brace that it types on most keyboards.
        Command("event_first", "First event of the issue", ("Shift+[", "{")),
        Command("event_last", "Last event of the issue", ("Shift+]", "}")),
        Command(
            "find_next", "Find in the event, next match", ("F3",), standard=QKeySequence.StandardKey.FindNext
        ),
        Command(
            "find_previous",
            "Find in the event, previous match",
            ("Shift+F3",),
            standard=QKeySequence.StandardKey.FindPrevious,
        ),
        *(
            Command(f"section_{number}", f"Section {number} of the event", (str(number),), is_listed=False)
            for number in range(1, SECTIONS_WITH_KEYS + 1)
        ),
        Command("in_app", "In stack traces: the app's own frames, or all of them", ("F",)),
        Command("frame_order", "In stack traces: the newest call first, or the oldest", ("V",)),
        Command("compare", "Compare the event …", ("Shift+C",)),
        Command("replay", "Replay the event's request …", ("P",)),
        Command("copy_as", "Copy the event as … or export it", ("Y",)),
        Command("copy_again", "Copy the event as it was copied last", ("Ctrl+Shift+C",)),
        Command("export", "Export the event …", ("Ctrl+Shift+E",)),
        Command("delete_event", "Delete the event", ("Shift+Del",)),
    ),
    Group.GO_TO: (
        Command("palette", "Find a command, a place, an issue or a setting …", ("Ctrl+K",)),
        Command("go_inbox", "Go to the inbox", ("G, I",)),
        Command("go_unread", "Go to what is unread", ("G, U",)),
        Command("go_new_today", "Go to what is new today", ("G, N",)),
        Command("go_regressed", "Go to what came back", ("G, B",)),
        Command("go_escalating", "Go to what escalates", ("G, E",)),
        Command("go_pinned", "Go to what is pinned", ("G, S",)),
        Command("go_resolved", "Go to what is resolved", ("G, R",)),
        Command("go_muted", "Go to what is muted", ("G, M",)),
        Command("go_everything", "Go to everything", ("G, A",)),
        Command("go_project", "Go to a project …", ("G, P",)),
        Command("go_run", "Go to what came since the newest run began", ("G, L",)),
        Command("go_queue", "Go to the queue", ("G, Q",)),
        Command("doctor", "Doctor: why does nothing arrive?", ("D", "G, D")),
        *(
            Command(f"place_{number}", f"Place {number} of the sidebar", (f"Ctrl+{number}",), is_listed=False)
            for number in range(1, PLACES_WITH_KEYS + 1)
        ),
        Command("next_pane", "Next pane: sidebar, list, event", ("F6",)),
        Command("previous_pane", "Previous pane", ("Shift+F6",)),
    ),
    Group.QUEUE: (
        Command("again", "In the doctor: check again; in the queue: retry, or run the job", ("R",)),
        Command("again_all", "In the queue: retry all that failed, or all that was refused", ("Shift+R",)),
        Command("discard", "In the queue: discard; in the list: delete", ("Del",)),
    ),
    Group.WINDOW: (
        Command("undo", "Undo", ("Z", "Ctrl+Z"), everywhere=True, standard=QKeySequence.StandardKey.Undo),
        Command(
            "redo",
            "Redo",
            ("Shift+Z", "Ctrl+Shift+Z"),
            everywhere=True,
            standard=QKeySequence.StandardKey.Redo,
        ),
        Command("corrections", "Corrections of the grouping", ("Ctrl+G",)),
        Command("deleted", "Recently deleted", ("Ctrl+D",)),
        Command("runs", "Runs of commands", ("Ctrl+R",)),
        Command("clear", "Delete all issues", ()),
        Command("connect", "Connect an app", ("C",)),
        Command("connect_assistant", "Connect an assistant", ()),
        Command("notifications", "Notifications", ("Shift+N",)),
        Command("import", "Import files …", ("Ctrl+O",)),
        Command("preferences", "Preferences", ("Ctrl+,",), standard=QKeySequence.StandardKey.Preferences),
        Command("pause", "Pause intake, or resume it", ("Shift+P",)),
        Command("forward", "Pass a project's reports on to another server …", ()),
        Command("fault", "Answer a project's clients with a fault …", ()),
        Command("help", "Keys", ("?",)),
        Command("quit", "Quit", ("Ctrl+Q",)),
    ),
}
COMMANDS: tuple[Command, ...] = tuple(
    command for commands in COMMANDS_BY_GROUP.values() for command in commands
)
BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}
FIXED: dict[Group, tuple[FixedKey, ...]] = {
    Group.LISTS: (
        FixedKey("↑ ↓", "Walk through the list"),
        FixedKey("Shift ↑ ↓ J K", "Select several"),
        FixedKey("Home End", "First and last issue"),
        FixedKey("Enter", "Read: go to the event"),
        FixedKey("Esc", "Leave the search, clear the selection"),
    ),
    Group.ISSUE: (FixedKey("M M", "Mute for ever"),),
    Group.EVENT: (
        FixedKey("Enter", "On a frame: open it in the editor"),
        FixedKey("↑ ↓ Tab", "From part to part of the page"),
        FixedKey("Space ← →", "Open and fold a part"),
        FixedKey("1 – 9", "Sections of the event"),
        FixedKey("Home End", "Top and bottom of the page"),
        FixedKey("Ctrl+A Ctrl+C", "Select the whole page; copy the selection, or the line"),
    ),
    Group.GO_TO: (FixedKey("Ctrl+1 – 9", "Places in the sidebar, from the top"),),
    Group.QUEUE: (FixedKey("← →", "In the queue: from tab to tab"),),
    Group.WINDOW: (FixedKey("Tab Shift+Tab", "From control to control"),),
}
"""Keys that cannot be changed, for the help."""


ON_THE_EVENT = (
    "resolve_in",
    "resolve_at",
    "open",
    "event_previous",
    "event_next",
    "event_first",
    "event_last",
    "find",
    "find_next",
    "find_previous",
    "compare",
    "replay",
    "track",
    "copy_again",
    *(f"section_{number}" for number in range(1, SECTIONS_WITH_KEYS + 1)),
)
"""The commands that act on the shown event: `ui.detail_services` runs them."""
