"""What can be done by key: one table, from which the actions, their menus and the help are made."""

from collections.abc import Callable, Mapping

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from ui.theme import UNIT, font_code
from ui.widgets.plain_label import PlainLabel


class Command(Struct, frozen=True):
    """A command with its keys; the first of them is shown.

    One that is `everywhere` works in the window's dialogs, too. With `standard`, the platform's own
    keys for it are added.
    """

    name: str
    label: str
    keys: tuple[str, ...]
    everywhere: bool = False
    is_listed: bool = True
    standard: QKeySequence.StandardKey | None = None

    def sequences(self) -> list[QKeySequence]:
        """All of its keys, each once. Needs the application: the platform is asked."""
        sequences = [QKeySequence(key) for key in self.keys]
        platform = [] if self.standard is None else QKeySequence.keyBindings(self.standard)
        return [*sequences, *(each for each in platform if each not in sequences)]


SECTIONS_WITH_KEYS = 9
COMMANDS = (
    Command("next", "Next issue", ("J",)),
    Command("previous", "Previous issue", ("K",)),
    Command("resolve", "Resolve", ("E",)),
    Command("resolve_in", "Resolve in a release …", ("Shift+E",)),
    Command("resolve_at", "Resolve at a commit …", ("Ctrl+E",)),
    Command("mute", "Mute …", ("M",)),
    Command("reopen", "Reopen", ("Shift+O",)),
    Command("open", "Open in the editor", ("O",)),
    Command("note", "Add a note", ("N",)),
    Command("merge", "Merge the selected issues", ("G",)),
    Command("correct", "Correct the grouping …", ("Shift+G",)),
    Command("compare", "Compare the event …", ("Shift+C",)),
    Command("replay", "Replay the event's request …", ("P",)),
    Command("track", "Create an issue in GitHub or GitLab …", ("T",)),
    Command("corrections", "Corrections of the grouping", ("Ctrl+G",)),
    Command("toggle_read", "Mark as read or unread", ("U",)),
    Command("undo", "Undo", ("Z", "Ctrl+Z"), everywhere=True, standard=QKeySequence.StandardKey.Undo),
    Command(
        "redo",
        "Redo",
        ("Shift+Z", "Ctrl+Shift+Z"),
        everywhere=True,
        standard=QKeySequence.StandardKey.Redo,
    ),
    Command("search", "Search", ("/",)),
    Command(
        "find",
        "Find in the event, when reading it; in the list, search",
        ("Ctrl+F",),
        standard=QKeySequence.StandardKey.Find,
    ),
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
    Command("save_view", "Save this search as a view …", ("Ctrl+S",)),
    Command("new_session", "New session: only what comes from now on", ("Ctrl+Shift+N",)),
    Command("connect", "Connect an app", ("C",)),
    Command("doctor", "Doctor: why does nothing arrive?", ("D",)),
    Command("notifications", "Notifications", ("Shift+N",)),
    Command("again", "In the doctor: check again; in the queue: retry, or run the job", ("R",)),
    Command("again_all", "In the queue: retry all that failed, or all that was refused", ("Shift+R",)),
    Command("discard", "In the queue: discard", ("Del",)),
    Command("in_app", "In stack traces: the app's own frames, or all of them", ("F",)),
    Command("frame_order", "In stack traces: the newest call first, or the oldest", ("V",)),
    Command("copy_as", "Copy the event as … or export it", ("Y",)),
    Command("export", "Export the event …", ("Ctrl+Shift+E",)),
    Command("import", "Import files …", ("Ctrl+O",)),
    Command("preferences", "Preferences", ("Ctrl+,",), standard=QKeySequence.StandardKey.Preferences),
    Command("help", "Keys", ("?",)),
    Command("quit", "Quit", ("Ctrl+Q",)),
)
_GIVEN = (
    ("↑ ↓", "Walk through the list"),
    ("Shift ↑ ↓", "Select several"),
    ("Enter", "Read: go to the event; on a frame, open it in the editor"),
    ("Space ← →", "On the event: open and fold"),
    ("M M", "Mute for ever"),
    ("1 – 9", "Sections of the event"),
    ("[ ] { }", "Previous and next, first and last event of the issue"),
    ("Home End", "First and last issue"),
    ("← →", "In the queue: from tab to tab"),
    ("Ctrl+Shift+C", "Copy the event as it was copied last"),
    ("Esc", "Leave the search, clear the selection"),
)


ON_THE_EVENT = (
    "resolve_in",
    "resolve_at",
    "open",
    "find",
    "find_next",
    "find_previous",
    "compare",
    "replay",
    "track",
    *(f"section_{number}" for number in range(1, SECTIONS_WITH_KEYS + 1)),
)
"""The commands that act on the shown event: `ui.detail_services` runs them."""


def make_actions(window: QWidget, doers: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """Actions for all commands, at work wherever in the window the cursor is but in a text field.

    A text field takes its own keys, undo and redo too, before they become a shortcut (`ShortcutOverride`).
    """
    actions = {}
    for command in COMMANDS:
        action = QAction(command.label, window)
        action.setShortcuts(command.sequences())
        everywhere = Qt.ShortcutContext.ApplicationShortcut
        action.setShortcutContext(everywhere if command.everywhere else Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked=False, do=doers[command.name]: do())
        window.addAction(action)
        actions[command.name] = action
    return actions


class KeysHelp(QDialog):
    """All keys on one small page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        grid = QGridLayout(self)
        grid.setContentsMargins(*(4 * (3 * UNIT,)))
        grid.setHorizontalSpacing(3 * UNIT)
        grid.setVerticalSpacing(UNIT)
        rows = (
            *_GIVEN,
            *((" ".join(command.keys), command.label) for command in COMMANDS if command.is_listed),
        )
        for row, (keys, label) in enumerate(rows):
            shown = PlainLabel(keys)
            shown.setFont(font_code())
            shown.setObjectName("muted")
            grid.addWidget(shown, row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(PlainLabel(label), row, 1)
