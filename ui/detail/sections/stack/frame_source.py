"""The source of a stack's frames on the page: as it was sent at first, then with what this machine adds.

A section's `FrameList` has one `FrameSources`. It reads beside the UI thread, then gives the list the frames
as they are to be shown and has the section rebuilt. Where a frame's source comes from stands below it.
"""

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from app import source
from app.model import Frame
from app.plain_text import one_line, plural
from app.source.excerpt import lines_of
from ui.detail.page.rows import INDENT, Action, MenuEntry, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.sections.stack.difference_lines import DifferenceLines
from ui.detail.sections.stack.source_lines import SourceLines

if TYPE_CHECKING:  # they bring Pygments, which the window loads off the UI thread only
    from app.source.differences import DiffLine
    from app.source.enrichment import Enriched, Shown
    from app.source.excerpt import Line

_NEWEST_LOOKED_AT = 30
_OURS_LOOKED_AT = 40
_COLOURED_AT_FIRST = 6
_LONGEST_PATH = 200


class FrameSources:
    """The source of one stack. `take(frames)` gets the frames to be shown whenever more is known."""

    def __init__(
        self, section: Section, frames: tuple[Frame, ...], take: Callable[[tuple[Frame, ...]], None]
    ) -> None:
        self._section = section
        self._sent = frames
        self._frames = frames
        self._take = take
        self._asked_with: Hashable = None
        self._asked_for: set[int] = set()
        self._coloured: set[int] = set()
        self._shown: dict[int, Shown] = {}
        self._lines: dict[int, tuple[Line, ...]] = {}
        self._opened: dict[int, frozenset[int]] = {}
        self._differences: dict[int, tuple[DiffLine, ...]] = {}
        self._folders: dict[int, tuple[Path, ...]] = {}

    def prepare(self) -> None:
        """Have the frames looked at that are shown first; again when other folders are confirmed."""
        chosen = self._section.host.preferences.chosen
        confirmed = (chosen.source_roots, chosen.path_maps)
        if self._asked_with == confirmed:
            return
        self._asked_with = confirmed
        newest = list(range(len(self._sent)))[-_NEWEST_LOOKED_AT:]
        ours = [number for number, frame in enumerate(self._sent) if frame.in_app][-_OURS_LOOKED_AT:]
        self._asked_for = {*newest, *ours, *self._asked_for}
        self._coloured = {*newest[-1:], *ours[-_COLOURED_AT_FIRST:], *self._coloured}
        self._look(sorted(self._asked_for))

    def need(self, number: int) -> None:
        """A frame is open: have it looked at, and coloured, if it was not."""
        shown = self._shown.get(number)
        if number not in self._asked_for:
            self._asked_for.add(number)
            self._coloured.add(number)
            self._look([number])
        elif shown is not None and number not in self._coloured:
            self._coloured.add(number)
            self._colour(number, shown)

    def _colour(self, number: int, shown: "Shown") -> None:
        platform = self._section.event.platform

        def arrived(coloured: "Shown") -> None:
            self._shown[number] = coloured
            self._rebuild()

        self._section.host.in_background(lambda: source.enrichment.with_colours(shown, platform), arrived)

    def _look(self, numbers: Sequence[int]) -> None:
        sent, event, coloured = self._sent, self._section.event, frozenset(self._coloured)
        chosen = self._section.host.preferences.chosen

        def look() -> "Enriched":
            about = source.enrichment.about(event)
            return source.enrichment.enrich(sent, numbers, about, chosen, colour=coloured)

        self._section.host.in_background(look, self._arrived)

    def _arrived(self, found: "Enriched") -> None:
        self._shown |= found.shown
        frames = list(found.frames)
        for number, shown in self._shown.items():
            frames[number] = shown.frame
        self._frames = tuple(frames)
        self._lines.clear()
        self._take(self._frames)
        self._section.host.rebuild(self._section)

    def has_more(self, number: int) -> bool:
        """Whether there is source, or a word about it, to open below the frame's line."""
        if self._frames[number].context:
            return True
        shown = self._shown.get(number)
        return shown is not None and bool(shown.why_not or (shown.ask and self._frames[number].in_app))

    def rows(
        self,
        key: Hashable,
        number: int,
        *,
        around: int | None,
        activate: Action | None,
        menu: Sequence[MenuEntry],
    ) -> list[Row]:
        """The lines of a frame, and below them where they come from."""
        frame = self._frames[number]
        rows: list[Row] = []
        if frame.context:
            rows.append(
                SourceLines(
                    key,
                    self._lines_of(number),
                    frame.line,
                    around=around,
                    opened=self._opened.get(number, frozenset()),
                    toggle=lambda line: self._toggle_line(number, line),
                    activate=activate,
                    menu=menu,
                )
            )
        shown = self._shown.get(number)
        return rows if shown is None else rows + self._notes(key, number, shown, menu)

    def _lines_of(self, number: int) -> "tuple[Line, ...]":
        shown = self._shown.get(number)
        if shown is not None:
            return shown.lines
        if number not in self._lines:
            self._lines[number] = lines_of(self._frames[number])
        return self._lines[number]

    def _toggle_line(self, number: int, line: int) -> None:
        self._opened[number] = self._opened.get(number, frozenset()) ^ {line}
        self._rebuild()

    def _notes(self, key: Hashable, number: int, shown: "Shown", menu: Sequence[MenuEntry]) -> list[Row]:
        rows: list[Row] = []
        if text := _origin(shown):
            rows.append(self._note((key, "origin"), text, "text_faint", menu=menu))
        if shown.has_difference:
            rows += self._difference(key, number, shown)
        elif shown.moved_to:
            text = f"In the file here, this is line {shown.moved_to:,}"
            rows.append(self._note((key, "moved"), text, "text_muted"))
        if shown.why_not:
            rows.append(self._note((key, "why"), shown.why_not, "text_faint", menu=menu))
        if shown.ask is not None and shown.frame.in_app:
            rows += self._question(key, number, shown.ask)
        return rows

    def _note(
        self,
        key: Hashable,
        text: str,
        colour: str,
        *,
        activate: Action | None = None,
        opened: bool | None = None,
        indent: int = 0,
        menu: Sequence[MenuEntry] = (),
    ) -> TextLine:
        pieces = [(text, Font.SMALL, colour)]
        return TextLine(key, pieces, indent=indent, activate=activate, opened=opened, menu=menu)

    def _difference(self, key: Hashable, number: int, shown: "Shown") -> list[Row]:
        opened = number in self._differences
        text = _difference_text(shown)
        rows: list[Row] = [
            self._note(
                (key, "differs"),
                text,
                "text_muted",
                activate=lambda: self._toggle_difference(number, shown),
                opened=opened,
            )
        ]
        if opened:
            lines = self._differences[number]
            if lines:
                rows.append(DifferenceLines((key, "diff"), lines))
            else:
                rows.append(self._note((key, "no diff"), "The file cannot be read any more.", "text_faint"))
        return rows

    def _toggle_difference(self, number: int, shown: "Shown") -> None:
        if number in self._differences:
            del self._differences[number]
            self._rebuild()
            return
        event = self._section.event

        def arrived(lines: "tuple[DiffLine, ...]") -> None:
            self._differences[number] = lines
            self._rebuild()

        self._section.host.in_background(
            lambda: source.enrichment.difference(shown, source.enrichment.about(event)), arrived
        )

    def _question(self, key: Hashable, number: int, path: Path) -> list[Row]:
        folders = self._folders.get(number)
        text = f"Show the source from {one_line(str(path), _LONGEST_PATH)} …"
        rows: list[Row] = [
            self._note(
                (key, "ask"),
                text,
                "accent",
                activate=lambda: self._toggle_question(number, path),
                opened=folders is not None,
            )
        ]
        if folders is None:
            return rows
        if not folders:
            text = "Its folder is too wide to be confirmed here. Add a folder in the preferences."
            return [*rows, self._note((key, "none"), text, "text_muted", indent=INDENT)]
        text = "The event named this file. Files below a folder that you confirm may be read and opened:"
        rows.append(self._note((key, "which"), text, "text_muted", indent=INDENT))
        return rows + [self._confirmation((key, "confirm", folder), number, folder) for folder in folders]

    def _confirmation(self, key: Hashable, number: int, folder: Path) -> TextLine:
        text = f"Confirm {one_line(str(folder), _LONGEST_PATH)}"
        return self._note(key, text, "accent", activate=lambda: self._confirm(number, folder), indent=INDENT)

    def _toggle_question(self, number: int, path: Path) -> None:
        if number in self._folders:
            del self._folders[number]
            self._rebuild()
            return

        def arrived(folders: tuple[Path, ...]) -> None:
            self._folders[number] = folders
            self._rebuild()

        self._section.host.in_background(lambda: source.project_folder.choices(path), arrived)

    def _confirm(self, number: int, folder: Path) -> None:
        self._folders.pop(number, None)
        preferences = self._section.host.preferences
        preferences.change(source_roots=(*preferences.chosen.source_roots, str(folder)))

    def _rebuild(self) -> None:
        self._section.host.rebuild(self._section)

    def tooltip(self, number: int) -> str:
        """What a frame's line hides: its whole path, and what the compiler made of name and place."""
        frame, shown = self._frames[number], self._shown.get(number)
        lines = [frame.abs_path or ""]
        if shown is not None:
            lines += [shown.symbol, f"compiled: {shown.compiled}" if shown.compiled else ""]
        return "\n".join(one_line(line, 1_000) for line in lines if line)

    def menu(self, number: int) -> tuple[MenuEntry, ...]:
        """What of a frame's source can be copied."""
        copy = self._section.host.copy
        frame, shown = self._frames[number], self._shown.get(number)
        entries = []
        own = next((text for at, text in frame.context if at == frame.line), None)
        if own is not None:
            text = own.strip("\r\n")
            entries.append(MenuEntry(f"Copy line {frame.line}", lambda: copy(text, "Line")))
        entries.append(MenuEntry("Copy frame", lambda: copy(source.trace_text.of_frame(frame), "Frame")))
        entries.append(MenuEntry("Copy stack trace", lambda: copy(self._trace(), "Stack trace")))
        if shown is not None and shown.compiled:
            compiled = _compiled_whole(self._sent[number])
            entries.append(MenuEntry("Copy compiled place", lambda: copy(compiled, "Place")))
        if shown is not None and shown.symbol:
            symbol = shown.symbol
            entries.append(MenuEntry("Copy compiled name", lambda: copy(symbol, "Name")))
        return tuple(entries)

    def _trace(self) -> str:
        event = self._section.event
        exceptions = tuple(
            replace(exception, frames=self._frames) if exception.frames is self._sent else exception
            for exception in event.exceptions
        )
        thread = next((thread for thread in event.threads if thread.frames is self._sent), None)
        if thread is not None:
            heading = f'Thread "{thread.name or thread.id or "?"}"'
            return source.trace_text.of_frames(self._frames, event.platform, heading)
        return source.trace_text.of_event(replace(event, exceptions=exceptions))


def _compiled_whole(sent: Frame) -> str:
    return f"{sent.abs_path or sent.filename}:{sent.line}:{sent.column}"


def _origin(shown: "Shown") -> str:
    kind = shown.origin.name
    if kind == "MAP":
        return f"From the source map of {one_line(shown.compiled, _LONGEST_PATH)}"
    if kind == "COMMIT":
        return f"As of {shown.version}, which the event names"
    if kind == "DISK":
        changed = " · saved after this error: lines may have moved" if shown.changed else ""
        return f"From disk{changed}"
    return ""


def _difference_text(shown: "Shown") -> str:
    if shown.origin.name == "COMMIT":
        return "The file here has changed since"
    if shown.frame.line in shown.other_lines:
        moved = f", where it is line {shown.moved_to:,}" if shown.moved_to else ""
        return f"The file here differs at this line{moved}"
    return f"The file here differs in {plural(len(shown.other_lines), 'line')} around this one"
