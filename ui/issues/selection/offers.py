"""What can be done to the selected issues: each command with its label, and why one makes no sense."""

from msgspec import Struct

from app.model import Issue, IssueState

_OPEN = (IssueState.OPEN, IssueState.REGRESSED)
# One more, and the transaction of a merge would hold up the receiver.
MOST_MERGED = 200


class Selected(Struct, frozen=True):
    """The selection: `issues` are those whose rows are loaded.

    With `is_all` it is everything that the list shows, `number` issues where that is known.
    """

    issues: tuple[Issue, ...] = ()
    is_all: bool = False
    number: int | None = None

    @property
    def count(self) -> int | None:
        """How many issues are meant, where that is known."""
        return self.number if self.is_all else len(self.issues)

    @property
    def is_nothing(self) -> bool:
        """Whether no issue is meant."""
        return not self.is_all and not self.issues

    @property
    def is_one(self) -> bool:
        """Whether it is a single issue."""
        return not self.is_all and len(self.issues) == 1


class Offer(Struct, frozen=True):
    """A command: its name, its label, its icon's meaning, and why it does not apply (None: it does)."""

    command: str
    label: str
    meaning: str
    reason: str | None = None

    @property
    def applies(self) -> bool:
        """Whether the command makes sense now."""
        return self.reason is None


def offers(selected: Selected) -> list[Offer]:
    """The commands for these issues, in their order in the bar and in the menu."""
    issues, them = selected.issues, "It is" if selected.is_one else "All of them are"
    # Of what is not loaded, nobody knows the state: there the loaded ones decide for all.
    is_unresolved = any(issue.state is not IssueState.RESOLVED for issue in issues)
    is_unmuted = any(issue.state is not IssueState.MUTED for issue in issues)
    is_done = any(issue.state not in _OPEN for issue in issues)
    reads = any(issue.unread for issue in issues)
    pins = not all(issue.pinned for issue in issues)
    return [
        Offer("resolve", "Resolve", "resolve", None if is_unresolved else f"{them} resolved"),
        Offer("mute", "Mute …", "mute", None if is_unmuted else f"{them} muted"),
        Offer("reopen", "Reopen", "reopen", None if is_done else f"{them} open"),
        Offer("toggle_read", "Mark as read", "read")
        if reads
        else Offer("toggle_read", "Mark as unread", "unread"),
        Offer("pin", "Pin", "pin") if pins else Offer("pin", "Take off the pin", "pinned"),
        Offer("merge", "Merge …", "merge", why_not_merged(selected)),
        Offer("delete", "Delete", "delete"),
        Offer("copy_issues", "Copy …", "copy"),
        Offer("export_issues", "Export …", "export"),
    ]


def why_not_merged(selected: Selected) -> str | None:
    """Why these issues cannot be merged, as far as that is known without the store."""
    if selected.is_all or len(selected.issues) > MOST_MERGED:
        return f"Only up to {MOST_MERGED} issues, selected one by one, are merged at once"
    if len(selected.issues) < 2:
        return "Merging takes two issues or more"
    if len({issue.project for issue in selected.issues}) > 1:
        return "They are of different projects"
    return None
