"""What the window adds to the frames of one stack, after they are shown as they were sent.

Originals of bundled scripts, readable names, source from disk or from the commit that ran, marks where the
file here is another, colours. All of it is read off the UI thread, and none of it changes how events are
grouped.
"""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from app.git import texts
from app.local_files import locate
from app.local_files.locate import LocalFile
from app.model import Event, Frame
from app.plain_text import one_line
from app.preferences import Preferences
from app.source import (
    colours,
    debug_ids,
    dev_server,
    differences,
    file_text,
    language,
    names,
    script_names,
    source_maps,
    versions,
)
from app.source.dev_server import DevServers
from app.source.differences import DiffLine
from app.source.excerpt import Line, lines_of
from app.source.file_text import FileText, Unreadable
from app.source.source_maps import Missing, Original
from app.source.symbol_process import SymbolProcess
from app.source.symbol_process import shared as shared_process
from app.source.versions import Version

MOST_TRANSLATED = 400
MOST_FILES = 40


class About(Struct, frozen=True, kw_only=True):
    """What of an event says where its source is.

    `commits` are the texts that may name what ran, `debug_ids` those of scripts, as (address, id).
    """

    project: str
    platform: str | None
    happened_at: datetime
    commits: tuple[str, ...] = ()
    debug_ids: tuple[tuple[str, str], ...] = ()


class Origin(Enum):
    """Where the lines that are shown come from."""

    SENT = auto()
    MAP = auto()
    DISK = auto()
    COMMIT = auto()
    NOWHERE = auto()


class Shown(Struct, frozen=True, kw_only=True):
    """A frame as it is shown. `lines` have colours when it `is_coloured`.

    `symbol` is the function's name as compiled, `compiled` the place in the bundle, where those are others.
    `why_not` says why an original or a source cannot be shown. `ask` is a file of this machine that would be
    read if a person confirmed its folder. `version` names a commit. `other_lines` are the numbers of lines
    that the file here has otherwise, `moved_to` where the failing one stands in it now. `changed` says that
    the file was saved after the error, or is another than the commit's.
    """

    frame: Frame
    origin: Origin
    lines: tuple[Line, ...] = ()
    is_coloured: bool = False
    symbol: str = ""
    compiled: str = ""
    why_not: str = ""
    ask: Path | None = None
    file: Path | None = None
    version: str = ""
    other_lines: frozenset[int] = frozenset()
    moved_to: int | None = None
    changed: bool = False

    @property
    def has_difference(self) -> bool:
        """Whether there is something to compare, and it is not the same."""
        return bool(self.other_lines) or (self.origin is Origin.COMMIT and self.changed)


class Enriched(Struct, frozen=True, kw_only=True):
    """All frames as they are shown, and what is known of those that were looked at, by their index."""

    frames: tuple[Frame, ...]
    shown: dict[int, Shown]


def about(event: Event) -> About:
    """What of this event is asked for."""
    return About(
        project=event.project,
        platform=event.platform,
        happened_at=event.timestamp,
        commits=versions.commits_named(event),
        debug_ids=debug_ids.of_event(event),
    )


def enrich(
    sent: Sequence[Frame],
    look_at: Iterable[int],
    about: About,
    chosen: Preferences,
    *,
    colour: Container[int] | None = None,
    process: SymbolProcess = shared_process,
    servers: DevServers = dev_server.shared,
) -> Enriched:
    """Read what there is for the frames of a stack, oldest call first; source only for those in `look_at`.

    Colours cost a millisecond or two a frame: they come only to those in `colour`, None for all.
    """
    frames = [_named_by_bundler(frame) for frame in sent]
    start = max(0, len(frames) - MOST_TRANSLATED)
    ids = dict(about.debug_ids)
    finder = source_maps.Finder(about.project, chosen, process=process, servers=servers, ids=ids)
    originals = {start + index: found for index, found in finder.find(frames[start:]).items()}
    for index, found in originals.items():
        if isinstance(found, Original):
            frames[index] = found.frame
    symbols = _readable(frames, about, process)
    for index, readable in symbols.items():
        frames[index] = replace(frames[index], function=readable)
    shown = {}
    files: set[str] = set()
    for index in look_at:
        looked = _Look(sent[index], frames[index], originals.get(index), about, chosen, files)
        shown[index] = looked.shown(sent[index].function or "" if index in symbols else "")
        if colour is None or index in colour:
            shown[index] = with_colours(shown[index], about.platform)
        frames[index] = shown[index].frame
    return Enriched(frames=tuple(frames), shown=shown)


def with_colours(shown: Shown, platform: str | None) -> Shown:
    """The same with its lines coloured."""
    frame = shown.frame
    lines = colours.coloured(shown.lines, language.of(frame, platform), frame.line)
    return replace(shown, lines=lines, is_coloured=True)


def difference(shown: Shown, about: About) -> tuple[DiffLine, ...]:
    """How the file here differs from what is shown; empty when it cannot be read any more."""
    if shown.file is None:
        return ()
    try:
        here = file_text.read(shown.file)
    except Unreadable:
        return ()
    if shown.origin is Origin.COMMIT:
        version = versions.of_file(shown.file, about.commits)
        return () if version is None else differences.between(version.lines, here.lines)
    return differences.of_excerpt(shown.frame.context, here.lines)


def _named_by_bundler(frame: Frame) -> Frame:
    """webpack's own names of modules, as the file is called."""
    name = frame.filename or ""
    if not name.startswith(("webpack", "turbopack", "rspack")):
        return frame
    cleaned = script_names.clean(name)
    return replace(frame, filename=cleaned)


def _readable(frames: Sequence[Frame], about: About, process: SymbolProcess) -> dict[int, str]:
    found = names.readable(frames, about.platform, process)
    if not found:
        return {}
    return {index: found[key] for index, frame in enumerate(frames) if (key := names.key(frame)) in found}


class _Look:
    """What is found out about one frame."""

    def __init__(
        self,
        sent: Frame,
        frame: Frame,
        original: Original | Missing | None,
        about: About,
        chosen: Preferences,
        files: set[str],
    ) -> None:
        self._sent = sent
        self._frame = frame
        self._original = original
        self._about = about
        self._local = self._locate(chosen, files)

    def _locate(self, chosen: Preferences, files: set[str]) -> LocalFile | None:
        name = self._frame.abs_path or self._frame.filename
        if self._frame.line is None or name is None or (name not in files and len(files) >= MOST_FILES):
            return None
        files.add(name)
        return locate.find(self._frame, self._about.project, chosen)

    def shown(self, symbol: str) -> Shown:
        missing = self._original if isinstance(self._original, Missing) else None
        base = Shown(
            frame=self._frame,
            origin=Origin.SENT,
            symbol=symbol if symbol != self._frame.function else "",
            compiled=self._original.compiled if isinstance(self._original, Original) else "",
            why_not=missing.why if missing else "",
            ask=missing.ask if missing else None,
        )
        if base.compiled:
            base = replace(base, origin=Origin.MAP)
        base = self._compared(base) if self._frame.context else self._from_disk(base)
        return replace(base, lines=lines_of(base.frame))

    def _compared(self, base: Shown) -> Shown:
        """The client sent source: is it that of the file here?"""
        here = self._file()
        if here is None or self._local is None:
            return base
        other = differences.differs(self._frame.context, here.lines)
        line = self._frame.line or 0
        moved = texts.find(here.lines, line, self._frame.context) if line in other else None
        if moved is not None and not differences.of_excerpt(self._frame.context, here.lines):
            other = frozenset()  # all of them moved, and are the same
        return replace(
            base, file=self._local.path, other_lines=other, moved_to=moved, changed=self._saved_after(here)
        )

    def _from_disk(self, base: Shown) -> Shown:
        local = self._local
        if local is None:
            return replace(base, origin=Origin.NOWHERE)
        if local.root is None:
            return replace(base, origin=Origin.NOWHERE, ask=base.ask or local.path)
        try:
            here = file_text.read(local.path)
        except Unreadable as error:
            return replace(
                base, origin=Origin.NOWHERE, why_not=f"{one_line(local.path.name)} is not shown: {error}."
            )
        version = versions.of_file(local.path, self._about.commits)
        lines = here.lines if version is None else version.lines
        context = file_text.around(lines, self._frame.line or 0)
        if not context:
            why = (
                f"{one_line(local.path.name)} here has {len(here.lines):,} lines only: it is another version."
            )
            return replace(base, origin=Origin.NOWHERE, file=local.path, why_not=why)
        shown = replace(base, frame=replace(self._frame, context=context), file=local.path)
        if version is None:
            return replace(shown, origin=Origin.DISK, changed=self._saved_after(here))
        return replace(shown, origin=Origin.COMMIT, version=version.name, changed=_differ(version, here))

    def _file(self) -> FileText | None:
        if self._local is None or self._local.root is None:
            return None
        try:
            return file_text.read(self._local.path)
        except Unreadable:
            return None

    def _saved_after(self, here: FileText) -> bool:
        return here.changed_at > self._about.happened_at


def _differ(version: Version, here: FileText) -> bool:
    return version.lines != here.lines
