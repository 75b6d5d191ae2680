"""What git knows about the error: who wrote the failing line, the suspects, and what changed since."""

from collections.abc import Iterator
from datetime import datetime
from threading import Event as Stop
from typing import TYPE_CHECKING

from app import store
from app.git import examine, frames
from app.git.command import Stopped
from app.git.examine import ChangedFile, Examination, Window
from app.git.failing_line import LineHistory
from app.git.frames import FrameFile, files_differ
from app.git.repository import Commit
from app.git.suspects import Suspect
from app.model import from_micros
from app.plain_text import one_line, plural
from app.preferences import Preferences
from ui.detail.page.heading import Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import INDENT, MenuEntry, Row, Space
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.theme import UNIT
from ui.wording import ago, duration, local

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.store.database import Connection
    from app.store.inbox.triage.recurrence import Onset

# Git is not asked about an event that was only passed.
_PAUSE_SECONDS = 0.2


class GitSection(Section):
    """Loads when the page is shown; folded while there is nothing to say, and then says why."""

    name = "Git"
    jump = "Git"

    def begin(self) -> None:
        self._found: Examination | None = None
        self._lines: dict[str, LineHistory] = {}
        self._has_code = frames.has_code(self.event)
        self._asked_with: Preferences | None = None
        self._stop = Stop()

    def rows(self) -> list[Row]:
        if not self._has_code:
            return []
        # Again, when a folder was confirmed meanwhile.
        chosen = self.host.preferences.chosen
        if self._asked_with is None or files_differ(self._asked_with, chosen):
            self._asked_with = chosen
            self._ask()
        found = self._found
        if found is None:
            return [Heading(self.name, "…", opened=False, toggle=self._toggle)]
        opened = self.is_open("all", not found.problem)
        rows: list[Row] = [Heading(self.name, examine.summary(found), opened=opened, toggle=self._toggle)]
        if opened and found.problem:
            rows.append(Paragraph("problem", found.problem, Font.BODY, "text_muted"))
        elif opened:
            rows += self._failing(found)
            rows += self._suspects(found)
            rows += self._changed(found)
        return rows

    def end(self) -> None:
        self._stop.set()

    def _toggle(self) -> None:
        self.toggle("all", self._found is not None and not self._found.problem)

    def _ask(self) -> None:
        issue_id, release = self.detail.issue.id, self.event.release

        def read(connection: "Connection") -> "Onset | None":
            return store.recurrence.onset(connection, issue_id, release)

        self.host.from_store(read, self._examine)

    def _examine(self, onset: "Onset | None") -> None:
        event, chosen, stop = self.event, self.host.preferences.chosen, self._stop
        window = window_of(onset, self.detail.issue.first_seen)

        def work() -> Examination | None:
            if stop.wait(_PAUSE_SECONDS):
                return None
            try:
                found = frames.of_event(event, chosen)
                return examine.examine(found, event.release, event.received_at, window, stop)
            except Stopped:
                return None

        if not stop.is_set():
            self.host.in_background(work, self._take)

    def _take(self, found: Examination | None) -> None:
        if found is not None:
            self._found = found
            self.host.rebuild(self)

    def _failing(self, found: Examination) -> Iterator[Row]:
        if found.line is not None:
            yield from self._line("failing", found.line)
        others = found.frames[1:]
        if not others:
            return
        opened = self.is_open("frames")
        pieces = [(plural(len(others), "other frame"), Font.SMALL, "accent")]
        yield TextLine("frames", pieces, activate=lambda: self.toggle("frames"), opened=opened, indent=INDENT)
        for number, frame in enumerate(others if opened else ()):
            if frame.place in self._lines:
                yield from self._line(("frame", number), self._lines[frame.place])
            else:
                yield self._closed_line(("frame", number), frame)

    def _closed_line(self, key: object, frame: FrameFile) -> TextLine:
        release, stop = self.event.release, self._stop

        def work() -> LineHistory | None:
            try:
                return examine.line_of(frame, release, stop)
            except Stopped:
                return None

        pieces = [(frame.place, Font.CODE, "text"), (frame.frame.function or "", Font.CODE, "text_muted")]
        return TextLine(
            key,
            pieces,
            indent=INDENT,
            activate=lambda: self.host.in_background(work, self._take_line),
            tooltip="Who wrote this line",
        )

    def _take_line(self, line: LineHistory | None) -> None:
        if line is not None:
            self._lines[line.place] = line
            self.host.rebuild(self)

    def _line(self, key: object, line: LineHistory) -> Iterator[Row]:
        pieces = [(line.place, Font.CODE, "text")]
        if line.text.strip():
            pieces.append((line.text.strip(), Font.CODE, "text_muted"))
        yield TextLine((key, "place"), pieces)
        if line.blamed is None:
            saved = "" if line.saved_at is None else f", saved {ago(line.saved_at)}"
            note = line.note[:1].upper() + line.note[1:]
            yield Paragraph((key, "note"), f"{note}{saved}", Font.BODY, "text_muted", indent=INDENT)
            return
        commit = line.blamed.commit
        edge = ", or before: the history that is here begins with it" if line.blamed.is_edge else ""
        rest = f"{self._how_long_before(commit)}{edge} · {line.note}"
        yield from self._commit((key, "commit"), commit, rest)

    def _how_long_before(self, commit: Commit) -> str:
        seconds = (self.detail.issue.first_seen - commit.committed_at).total_seconds()
        when = "before" if seconds >= 0 else "after"
        return f"{duration(abs(seconds))} {when} the first event"

    def _commit(self, key: object, commit: Commit, rest: str) -> Iterator[Row]:
        show = f"git show {commit.hash}"
        menu = (
            MenuEntry("Copy hash", lambda: self.host.copy(commit.hash, "Hash")),
            MenuEntry(f"Copy “git show {commit.short}”", lambda: self.host.copy(show, "Command")),
        )
        pieces = [
            (commit.short, Font.CODE, "accent"),
            (commit.subject, Font.BODY, "text"),
            (f"{commit.author}, {ago(commit.written_at)}", Font.SMALL, "text_muted"),
        ]
        yield TextLine(
            key,
            pieces,
            indent=INDENT,
            activate=lambda: self.host.copy(commit.hash, "Hash"),
            tooltip=f"{commit.author}, {local(commit.written_at)[:16]}. Copies the hash.",
            menu=menu,
        )
        yield Paragraph((key, "rest"), rest, Font.SMALL, "text_faint", indent=INDENT)

    def _suspects(self, found: Examination) -> Iterator[Row]:
        window = found.window or "before its first event"
        label = "Suspects" if found.suspects else "No commit touched these files"
        yield Space("above suspects", UNIT)
        yield TextLine("suspects", [(label, Font.STRONG, "text"), (window, Font.SMALL, "text_faint")])
        for suspect in found.suspects:
            yield from self._commit(("suspect", suspect.commit.hash), suspect.commit, reason(suspect))

    def _changed(self, found: Examination) -> Iterator[Row]:
        if found.changed:
            yield Space("above changed", UNIT)
            yield TextLine("changed", [("Changed since the event", Font.STRONG, "text")])
        for file in found.changed:
            pieces = [(file.name, Font.CODE, "text"), (change(file), Font.BODY, "text_muted")]
            yield TextLine(("changed", file.name), pieces, indent=INDENT)


def window_of(onset: "Onset | None", first_seen: datetime) -> Window:
    """When the commits came that may have brought the issue, and why these."""
    if onset is None:
        return Window(before=first_seen)
    before = from_micros(onset.at)
    if onset.quiet_since is not None:
        pause = duration((onset.at - onset.quiet_since) / 1e6)
        because = f"in the {pause} in which it was quiet"
        return Window(before=before, after=from_micros(onset.quiet_since), because=because)
    if onset.release is not None and onset.release_seen is not None:
        because = f"since {one_line(onset.release, 60)} was first seen, the release before it"
        return Window(
            before=before,
            after=from_micros(onset.release_seen),
            after_release=onset.release,
            because=because,
        )
    return Window(before=before)


def reason(suspect: Suspect) -> str:
    """Why a commit is one, and how much of it is about these files."""
    more = len(suspect.files) - 1
    return f"{suspect.why}, and {plural(more, 'other file')} of the frames" if more > 0 else suspect.why


def change(file: ChangedFile) -> str:
    """What happened to a file since the event."""
    parts = []
    if file.commits:
        parts.append(f"{plural(file.commits, 'commit')}, the newest {file.newest}")
    if file.saved_at is not None:
        parts.append(f"not committed, saved {ago(file.saved_at)}")
    return " · ".join(parts)
