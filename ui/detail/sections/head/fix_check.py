"""Whether the error came again since one of its files was saved: a line below the header, kept up to date."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app import fix_check
from app.fix_check.holding import Holding, Verdict, judge
from app.git import frames
from app.git.frames import FrameFiles, files_differ
from app.model import Issue, IssueState, from_micros, to_micros
from app.plain_text import plural
from app.preferences import Preferences
from ui.detail.page.rows import Row, Space
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.saved_files import SavedFiles
from ui.theme import UNIT
from ui.wording import ago, duration, local

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.store.database import Connection
    from app.store.inbox.triage.recurrence import Recurrence

_TICK_MS = 1_000
# Whether the request ran again is looked up so often, while that matters.
_TICKS_A_LOOK = 10
# A save long ago says nothing of what a person does now.
_RECENT_SECONDS = 14 * 86_400
_COLOURS = {
    Verdict.SEEN: "level_error",
    Verdict.NOT_SEEN: "text_muted",
    Verdict.HOLDS: "success",
}


class FixCheckSection(Section):
    """The newest save of the frames' files, and what came since. Nothing while no file was saved."""

    name = "Since the save"

    def begin(self) -> None:
        self.issue: Issue = self.detail.issue
        self._asked_with: Preferences | None = None
        self._has_ended = False
        self._files: tuple[Path, ...] = ()
        self._saved: tuple[Path, datetime] | None = None
        self._known: Recurrence | None = None
        self._shown = ""
        self._ticks = 0
        self._watch: SavedFiles | None = None
        self._clock: QTimer | None = None

    def rows(self) -> list[Row]:
        event, chosen = self.event, self.host.preferences.chosen
        # Again, when a folder was confirmed meanwhile.
        if self._asked_with is None or files_differ(self._asked_with, chosen):
            self._asked_with = chosen
            self.host.in_background(lambda: frames.of_event(event, chosen), self._watch_files)
        holding = self._holding()
        if self._saved is None or holding is None:
            self._shown = ""
            return []
        file, saved_at = self._saved
        self._shown = sentence(holding)
        colour = _COLOURS[holding.verdict]
        pieces = [
            (file.name, Font.CODE, "text"),
            (f"saved {ago(saved_at)}", Font.BODY, "text_muted"),
            (f"· {self._shown}", Font.BODY, colour),
        ]
        tooltip = f"{file}, saved at {local(saved_at)}"
        return [Space("gap", UNIT), TextLine("saved", pieces, dot=colour, tooltip=tooltip)]

    def follow(self, issue: Issue) -> None:
        """The issue has changed: it may have come again."""
        has_come = issue.last_seen != self.issue.last_seen
        self.issue = issue
        if has_come:
            self._look()

    def end(self) -> None:
        self._has_ended = True
        if self._watch is not None:
            self._watch.close()
        if self._clock is not None:
            self._clock.stop()

    def _watch_files(self, found: FrameFiles) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        if self._has_ended or not found.frames:
            return
        self._files = tuple(file.path for file in found.files())
        self._watch = SavedFiles(self._files, self._ask_when_saved)
        self._ask_when_saved()

    def _ask_when_saved(self) -> None:
        files = self._files
        self.host.in_background(lambda: newest_save(files), self._take_save)

    def _take_save(self, saved: tuple[Path, datetime] | None) -> None:
        self._saved = saved
        if saved is None or self._has_ended:
            return
        age = (datetime.now(UTC) - saved[1]).total_seconds()
        if saved[1] <= self.issue.first_seen or age > _RECENT_SECONDS:
            self.host.rebuild(self)
            return
        self._look()
        if self._clock is None:
            # It ends with the page, too.
            self._clock = QTimer(self.host if isinstance(self.host, QObject) else None)
            self._clock.setInterval(_TICK_MS)
            self._clock.timeout.connect(self._tick)
            self._clock.start()

    def _tick(self) -> None:
        self._ticks += 1
        if self._saved is None:
            return
        age = (datetime.now(UTC) - self._saved[1]).total_seconds()
        if self._ticks % _TICKS_A_LOOK == 0 and age < 3_600:
            self._look()
        elif age < 60 or self._ticks % 20 == 0:
            self.host.rebuild(self)

    def _look(self) -> None:
        """Read when the issue came, and its transaction was seen elsewhere."""
        if self._saved is None:
            return
        issue_id, event, saved_at = self.issue.id, self.event, to_micros(self._saved[1])

        def read(connection: "Connection") -> "Recurrence":
            return fix_check.reruns.read(connection, issue_id, event.project, event.transaction, saved_at)

        self.host.from_store(read, self._take_recurrence)

    def _take_recurrence(self, known: "Recurrence") -> None:
        if not self._has_ended:
            self._known = known
            self.host.rebuild(self)

    def _holding(self) -> Holding | None:
        if self._saved is None or self._known is None or self._saved[1] <= self.issue.first_seen:
            return None
        if self.issue.state is IssueState.MUTED:
            return None
        arrivals = [from_micros(at) for at in self._known.arrivals]
        elsewhere = [from_micros(at) for at in self._known.elsewhere]
        return judge(self._saved[1], datetime.now(UTC), arrivals, elsewhere)


def newest_save(files: tuple[Path, ...]) -> tuple[Path, datetime] | None:
    """The file that was saved last, and when; None when none of them is there."""
    saved = []
    for file in files:
        try:
            saved.append((datetime.fromtimestamp(file.stat().st_mtime, UTC), file))
        except (OSError, ValueError, OverflowError):
            continue  # it was removed, or its time is none
    if not saved:
        return None
    at, file = max(saved)
    return file, at


def sentence(holding: Holding) -> str:
    """What a verdict stands on, in words."""
    usually = "" if holding.usual is None else duration(holding.usual.total_seconds())
    if holding.verdict is Verdict.SEEN:
        return f"seen {plural(holding.times, 'time')} since"
    if holding.verdict is Verdict.HOLDS and holding.times:
        return f"it holds: its request ran {plural(holding.times, 'time')} since"
    if holding.verdict is Verdict.HOLDS and holding.quiet is not None:
        return f"it holds: quiet for {holding.quiet:,.0f} times as long as it usually took ({usually})"
    return f"not seen since; it usually took {usually} to come again" if usually else "not seen since"
