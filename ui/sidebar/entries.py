"""Which rows the sidebar has: views, the queue, the doctor, saved views, runs, projects, what is hidden.

Every number is how many issues of a place are unread; the queue's is how many reports wait, and a run's how
many errors came in it. A zero is left out. Of very many projects those with the newest activity are listed;
the search finds the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from msgspec import Struct

from app.plain_text import compact_line, plural
from app.run_ending import RunState
from ui.places import TITLES, Page, Place, SavedSearch, ShownRun, ViewName
from ui.sidebar import run_wording
from ui.wording import count

if TYPE_CHECKING:
    from app.store.places.place_counts import Counts, ProjectCount
    from app.store.places.run_numbers import ListedRun, ListedRuns
    from app.store.places.saved_views import SavedView

# A larger number of what is counted one by one is cut: see `place_counts.MOST`.
MOST = 1_000
CUT = f"{MOST // 1000}k+"


class Kind(Enum):
    """What a row is."""

    VIEW = auto()
    SAVED = auto()
    PAGE = auto()
    PROJECT = auto()
    HEADING = auto()
    HIDDEN = auto()
    RUN = auto()
    # Opens the list of all.
    RUNS = auto()


class SidebarEntry(Struct, frozen=True):
    """One row; without a place it is a heading, or the row of what is hidden.

    `number` is what is unread and `issues` what there is in all; a `is_cut` number is above `MOST`. `id` is
    that of a saved view or of a project, whose `colour` is a token of the theme and whose `sign` stands in
    place of the icon. Of a `run`, `line` is the second line, and begins with how it is with it.
    """

    label: str
    icon: str = ""
    place: Place | Page | None = None
    number: int = 0
    kind: Kind = Kind.HEADING
    id: int = 0
    issues: int | None = None
    is_cut: bool = False
    colour: str | None = None
    sign: str | None = None
    run: "ListedRun | None" = None
    line: str = ""

    @property
    def identity(self) -> tuple[Kind, object]:
        """What makes it the same row when all else has changed."""
        if self.id:
            return self.kind, self.id
        return self.kind, self.place if self.place is not None else self.label

    @property
    def strong(self) -> bool:
        """Whether something in it has not been seen."""
        if self.run is not None:
            return self.run.state is RunState.RUNNING
        return self.number > 0 and self.kind is not Kind.PAGE

    @property
    def shown_number(self) -> str:
        """The number as the row has it."""
        if not self.number:
            return ""
        if self.run is not None:
            return f"{run_wording.MOST_COUNTED // 1000}k+" if self.is_cut else count(self.number)
        return CUT if self.is_cut else count(self.number)

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        if self.run is not None:
            return run_wording.spoken(self.run)
        name = compact_line(self.label)
        if self.place is Page.QUEUE:
            return f"{name}, {plural(self.number, 'report')}"
        if isinstance(self.place, Place):
            return f"{name}, {'more than ' if self.is_cut else ''}{plural(self._told, 'unread issue')}"
        return name

    @property
    def told(self) -> str:
        """What the number means, with the whole name."""
        if self.place is Page.QUEUE:
            return f"Queue: {plural(self.number, 'report')} waiting or failed"
        if self.run is not None:
            return run_wording.explained(self.run)
        if not isinstance(self.place, Place):
            return self.label
        many = f"over {MOST:,}" if self.is_cut else f"{self.number:,}"
        whole = "" if self.issues is None or self.is_cut else f" of {plural(self.issues, 'issue')}"
        return f"{self.label}: {many} unread{whole}"

    @property
    def _told(self) -> int:
        return MOST if self.is_cut else self.number


ICONS: dict[ViewName, str] = {
    "inbox": "inbox",
    "unread": "unread",
    "new_today": "clock",
    "regressed": "reopen",
    "escalating": "events",
    "pinned": "flag",
    "muted": "mute",
    "resolved": "resolve",
    "everything": "everything",
}
QUEUE = SidebarEntry(Page.QUEUE.value, "queue", Page.QUEUE, kind=Kind.PAGE)
DOCTOR = SidebarEntry(Page.DOCTOR.value, "doctor", Page.DOCTOR, kind=Kind.PAGE)
_PROJECTS = SidebarEntry("Projects")
_SAVED = SidebarEntry("Views")
_RUNS = SidebarEntry("Runs")


def at_first() -> list[SidebarEntry]:
    """The rows before anything has been read."""
    return [*(_view(name) for name in ICONS if name != "pinned"), QUEUE, DOCTOR]


def entries(
    counts: "Counts",
    queue_number: int,
    here: Place | Page | None = None,
    saved: "Sequence[SavedView]" = (),
    saved_numbers: Mapping[int, int | None] | None = None,
    runs: "ListedRuns | None" = None,
) -> list[SidebarEntry]:
    """All rows. `here` is the current place: it stays in the list. A saved view's number may be unknown."""
    rows = list(_views(counts, here))
    rows += [
        SidebarEntry(QUEUE.label, QUEUE.icon, QUEUE.place, queue_number, Kind.PAGE),
        DOCTOR,
    ]
    if saved:
        rows.append(_SAVED)
        rows += [_saved(view, (saved_numbers or {}).get(view.id)) for view in saved]
    rows += _runs(runs, here)
    if counts.projects or counts.hidden:
        rows.append(_PROJECTS)
    rows += [_project(item) for item in counts.projects]
    shown = {entry.place for entry in rows}
    if (
        isinstance(here, Place)
        and here.project is not None
        and here.saved is None
        and here.run is None
        and here not in shown
    ):
        hidden = next((each for each in counts.hidden if each.project == here.project), None)
        if hidden is not None:
            rows.append(_project(hidden))
        elif counts.more_projects:
            rows.append(SidebarEntry(here.project, "project", here, kind=Kind.PROJECT))
    if counts.more_projects:
        rows.append(SidebarEntry(f"{counts.more_projects:,} more: project:NAME"))
    if counts.hidden:
        rows.append(SidebarEntry(f"Hidden ({len(counts.hidden):,})", "show", kind=Kind.HIDDEN, id=-1))
    return rows


def _views(counts: "Counts", here: Place | Page | None) -> Iterator[SidebarEntry]:
    issues: dict[str, int] = {view.value: number for view, number in counts.views.items()}
    unread: dict[str, int] = {view.value: number for view, number in counts.unread.items()}
    for name in ICONS:
        if name == "pinned" and not issues.get(name) and here != Place(name):
            continue
        yield _view(name, unread.get(name, 0), issues.get(name, 0))


def _view(name: ViewName, number: int = 0, issues: int | None = None) -> SidebarEntry:
    is_counted_singly = name in ("new_today", "escalating", "pinned")
    return SidebarEntry(
        TITLES[name],
        ICONS[name],
        Place(name),
        number,
        Kind.VIEW,
        issues=issues,
        is_cut=is_counted_singly and number > MOST,
    )


def _saved(view: "SavedView", number: int | None) -> SidebarEntry:
    return SidebarEntry(
        view.name,
        "search",
        place_of(view),
        number or 0,
        Kind.SAVED,
        view.id,
        is_cut=number is not None and number > MOST,
    )


def place_of(view: "SavedView") -> Place:
    """The place of a saved view."""
    search = SavedSearch(view.id, view.name, view.text, view.sort)
    return Place(view.view.value, view.project, search)


def _runs(found: "ListedRuns | None", here: Place | Page | None) -> Iterator[SidebarEntry]:
    """The runs that are listed, and the shown one; then the way to all of them."""
    listed = [] if found is None else [_run(run) for run in found.runs]
    shown = here.during(None) if isinstance(here, Place) and here.run is not None else None
    is_other = shown is not None and shown not in [entry.place for entry in listed]
    if not listed and not is_other:
        return
    yield _RUNS
    yield from listed
    if is_other and shown is not None and shown.run is not None:
        label = compact_line(shown.run.command)
        yield SidebarEntry(label, "clock", shown, kind=Kind.RUN, id=shown.run.id)
    more = 0 if found is None else found.more
    yield SidebarEntry(f"All runs ({more + len(listed):,}) …", "list", kind=Kind.RUNS, id=-1)


def _run(run: "ListedRun") -> SidebarEntry:
    return SidebarEntry(
        run.command,
        run_wording.ICONS[run.state],
        place_of_run(run.id, run.command),
        min(run.errors, run_wording.MOST_COUNTED),
        Kind.RUN,
        run.id,
        is_cut=run.errors > run_wording.MOST_COUNTED,
        colour=run_wording.TOKENS[run.state],
        run=run,
        line=run_wording.line(run),
    )


def place_of_run(number: int, command: str) -> Place:
    """The place of what came in a run, whatever became of it since."""
    return Place("everything", run=ShownRun(number, compact_line(command)))


def _project(item: "ProjectCount") -> SidebarEntry:
    return SidebarEntry(
        item.project,
        "project",
        Place("inbox", item.project),
        item.unread,
        Kind.PROJECT,
        item.id,
        issues=item.issues,
        colour=item.colour,
        sign=item.icon,
    )
