"""The frames of one stack: which are open, which are folded into one line, and the rows of each."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from app.local_files import names
from app.model import LEFT_OUT, REPEATED, Frame, Trimmed
from app.plain_text import one_line, plural
from app.protocols.event.failing_frame import choice
from ui.detail.page.rows import Action, MenuEntry, Row, Space
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.requests import OpenFrame
from ui.detail.sections.stack.frame_row import FrameRow, searched, source_text
from ui.detail.sections.stack.frame_runs import Run, package, runs
from ui.detail.sections.stack.frame_source import FrameSources
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text
from ui.detail.values import copies, dialect, remarks
from ui.theme import UNIT

OPEN_IN_RAISED = 5
OPEN_IN_CAUSE = 1
MORE_AT_ONCE = 100
_FEW_LINES = 2
_MOST_NAMES = 4
# Its serializer's MAX_DATABAG_BREADTH, which no option changes.
_MOST_OF_SENTRY = 10
_MARKS = frozenset((LEFT_OUT, REPEATED))


class FrameList:
    """The rows of one stack within a section.

    `path` leads to the frames in the event, and distinguishes the stack from the section's others. `failed`:
    the error came out of it. `leading`: it is the one that the person came for.
    """

    def __init__(
        self,
        section: Section,
        path: tuple[str, ...],
        frames: tuple[Frame, ...],
        *,
        failed: bool,
        leading: bool,
    ) -> None:
        self._section = section
        self._path = path
        self._failed = failed
        self._leading = leading
        self._toggled: set[Hashable] = set()
        self._shown: dict[Hashable, int] = {}
        self._trees: dict[int, Tree] = {}
        # Of ten thousand frames that are open on the page, each is made once, not with every rebuild.
        self._lines: dict[tuple[int, bool], FrameRow] = {}
        self._runs: dict[bool, list[Run]] = {}
        self._sources = FrameSources(section, frames, self._take)
        self._take(frames)

    def _take(self, frames: tuple[Frame, ...]) -> None:
        """Show these frames: those that were sent, or what is known of them by now."""
        self._frames = frames
        self._lines.clear()
        self._runs.clear()
        failing = choice.failing(frames, self._section.event.platform)
        self._crash = failing if self._failed else None
        newest_first = [n for n in range(len(frames) - 1, -1, -1) if frames[n].in_app and n != failing]
        near_crash = newest_first if failing is None else [failing, *newest_first]
        most = OPEN_IN_RAISED if self._leading else OPEN_IN_CAUSE
        self._open_at_first = frozenset(near_crash[:most])

    def rows(self) -> list[Row]:
        """In the order, and with the frames, that the reader has chosen."""
        self._sources.prepare()
        chosen = self._section.host.preferences.chosen
        folded = self._runs.get(chosen.only_in_app)
        if folded is None:
            folded = runs(self._frames, fold_libraries=chosen.only_in_app)
            if chosen.only_in_app and self._crash is not None and not self._frames[self._crash].in_app:
                folded = _without(folded, self._crash)
            self._runs[chosen.only_in_app] = folded
        rows: list[Row] = []
        for run in reversed(folded) if chosen.newest_first else folded:
            rows += self._run(run)
        return [*rows, *self._trimmed_rows()]

    def _trimmed_rows(self) -> list[Row]:
        trimmed = remarks.at(self._section.event.trimmed, self._path)
        if trimmed is None:
            return []
        text = missing_frames(trimmed, len(self._frames))
        return [TextLine((self._path, "trimmed"), [(text, Font.SMALL, "text_faint")])]

    def _run(self, run: Run) -> list[Row]:
        if run.length == 1:
            return self._frame(run.first)
        key = (self._path, "run", run.first, run.length)
        opened = key in self._toggled
        rows: list[Row] = [self._fold(key, run, opened)]
        if opened:
            numbers: range = range(run.first, run.last + 1)
            if self._section.host.preferences.chosen.newest_first:
                numbers = numbers[::-1]
            shown = self._shown.get(key, MORE_AT_ONCE)
            for number in numbers[:shown]:
                rows += self._frame(number)
            if run.length > shown:
                rows.append(self._more(key, numbers[shown:]))
        elif gap := self._gap(run.last):
            rows = self._ordered(rows, gap)
        return rows

    def _more(self, key: Hashable, left: Sequence[int]) -> TextLine:
        def activate() -> None:
            self._shown[key] = self._shown.get(key, MORE_AT_ONCE) + MORE_AT_ONCE
            self._section.host.rebuild(self._section)

        def hidden() -> str:
            return searched([self._frames[number] for number in left])

        pieces = [(plural(len(left), "more frame"), Font.SMALL, "accent")]
        return TextLine((key, "more"), pieces, activate=activate, opened=False, hidden=hidden, hint=True)

    def _fold(self, key: Hashable, run: Run, opened: bool) -> TextLine:
        text = self._of_cycle(run) if run.cycle else self._of_libraries(run)
        return TextLine(
            key,
            [(text, Font.SMALL, "text_muted")],
            activate=lambda: self._toggle(key),
            opened=opened,
            hidden=lambda: searched(self._frames[run.first : run.last + 1]),
        )

    def _of_cycle(self, run: Run) -> str:
        names = [
            one_line(self._frames[number].function or "?", 60)
            for number in range(run.first, run.first + run.cycle)
        ]
        rounds = run.length // run.cycle
        if run.cycle == 1:
            return f"{plural(rounds, 'more call')} of {names[0]}"
        return f"{plural(rounds, 'more round')} of {' → '.join(names)}, {plural(run.length, 'frame')}"

    def _of_libraries(self, run: Run) -> str:
        text = plural(run.length, "frame")
        names = list(dict.fromkeys(package(self._frames[n]) for n in range(run.first, run.last + 1)))
        names = [one_line(name, 40) for name in names if name]
        if names:
            text += " in " + ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
        return text

    def _toggle(self, key: Hashable) -> None:
        self._toggled ^= {key}
        self._section.host.rebuild(self._section)

    def _frame(self, number: int) -> list[Row]:
        frame = self._frames[number]
        key = (self._path, "frame", number)
        has_more = any(name not in _MARKS for name in frame.vars) or self._sources.has_more(number)
        opened = has_more and ((number in self._open_at_first) != (key in self._toggled))
        if opened:
            self._sources.need(number)
            frame = self._frames[number]
        row = self._lines.get((number, opened))
        if row is None:
            row = self._lines[number, opened] = FrameRow(
                key,
                frame,
                opened=opened if has_more else None,
                crashed=number == self._crash,
                activate=(lambda: self._toggle(key)) if has_more else None,
                open_editor=self._opener(frame),
                menu=self._menu(number, frame),
                tooltip=self._sources.tooltip(number),
            )
        rows: list[Row] = [row, *self._opened_frame(number, frame)] if opened else [row]
        gap = self._gap(number)
        return self._ordered(rows, gap) if gap else rows

    def _gap(self, number: int) -> TextLine | None:
        """What is missing between this frame and the one that it called."""
        given = self._frames[number].vars
        if LEFT_OUT in given:
            text = f"Left out here: {one_line(str(given[LEFT_OUT]), 80)}"
        elif REPEATED in given:
            text = f"Called {one_line(str(given[REPEATED]), 80)}"
        else:
            return None
        return TextLine((self._path, "gap", number), [(text, Font.SMALL, "text_faint")])

    def _ordered(self, rows: list[Row], gap: TextLine) -> list[Row]:
        return [gap, *rows] if self._section.host.preferences.chosen.newest_first else [*rows, gap]

    def _opened_frame(self, number: int, frame: Frame) -> list[Row]:
        rows: list[Row] = []
        primary = number == self._crash
        key = (self._path, "source", number)
        all_lines = primary != (key in self._toggled)
        rows += self._sources.rows(
            key,
            number,
            around=None if all_lines else _FEW_LINES,
            activate=None if primary else lambda: self._toggle(key),
            menu=self._menu(number, frame),
        )
        given = {name: value for name, value in frame.vars.items() if name not in _MARKS}
        if given:
            rows += self._locals(number, given, open_at_first=primary)
        rows.append(Space((self._path, "below", number), UNIT))
        return rows

    def _locals(self, number: int, given: Mapping[str, Any], *, open_at_first: bool) -> list[Row]:
        key = (self._path, "locals", number)
        opened = open_at_first != (key in self._toggled)
        event = self._section.event
        tree = self._trees.get(number)
        if tree is None:
            tree = self._trees[number] = Tree(
                self._section,
                f"locals {self._path} {number}",
                dialect=dialect.of_locals(event),
                remarks=remarks.below(event, *self._path, str(number), "vars"),
            )
        pieces = [(plural(len(given), "local"), Font.SMALL, "text_muted")]
        if len(given) == _MOST_OF_SENTRY and dialect.is_from_sentrys_python(event):
            pieces.append(("the client sends no more", Font.SMALL, "text_faint"))
        line = TextLine(
            key,
            pieces,
            activate=lambda: self._toggle(key),
            opened=opened,
            control=tree.search_control(given) if opened else None,
            hidden=lambda: as_text(given),
        )
        return [Space((key, "above"), UNIT // 2), line, *(tree.rows(given) if opened else [])]

    def _opener(self, frame: Frame) -> Action | None:
        """What opens the frame in the editor; None where it names no file."""
        if not any(names.canonical(name) for name in (frame.abs_path, frame.filename) if name):
            return None
        return lambda: self._section.host.request(OpenFrame(frame))

    def _menu(self, number: int, frame: Frame) -> tuple[MenuEntry, ...]:
        copy = self._section.host.copy
        path = frame.abs_path or frame.filename or ""
        located = f"{path}:{frame.line}" if frame.line is not None else path
        opener = self._opener(frame)
        entries = [] if opener is None else [MenuEntry("Open in the editor", opener)]
        if path:
            entries.append(MenuEntry("Copy path and line", lambda: copy(located, "Path")))
        if frame.function:
            entries.append(MenuEntry("Copy function", lambda: copy(frame.function or "", "Function")))
        if frame.context:
            entries.append(MenuEntry("Copy source", lambda: copy(source_text(frame), "Source")))
        if frame.vars:
            words = dialect.of_locals(self._section.event)
            entries.append(
                MenuEntry("Copy locals", lambda: copy(copies.json_text(frame.vars, words), "Locals"))
            )
        return (*entries, *self._sources.menu(number))


def missing_frames(trimmed: Trimmed, sent: int) -> str:
    """What a client left out of a stack of which `sent` frames came."""
    if trimmed.length is not None and trimmed.length > sent:
        return f"The client sent {sent:,} of {plural(trimmed.length, 'frame')}."
    if sent:
        return f"The stack was {remarks.in_words(trimmed)}."
    why = {"config": ": it was longer than the client sends", "limit": ": it was too large"}
    return f"The client left out this stack trace{why.get(trimmed.rule or '', '')}."


def _without(folded: list[Run], number: int) -> list[Run]:
    """The runs with one frame of them on its own."""
    found = []
    for run in folded:
        if run.first <= number <= run.last and run.length > 1:
            parts = (Run(run.first, number - 1), Run(number, number), Run(number + 1, run.last))
            found += [part for part in parts if part.length > 0]
        else:
            found.append(run)
    return found
