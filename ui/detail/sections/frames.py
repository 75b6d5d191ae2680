"""The frames of one stack: which are open, which are folded into one line, and the rows of each."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt

from app.local_files import names
from app.model import Frame
from app.plain_text import one_line, plural
from ui.detail.page.rows import MARGIN, Action, Folded, MenuEntry, Row, Space, TextLine, chevron, put
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font, Mark, Shape, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.detail.requests import OpenFrame
from ui.detail.sections.frame_source import FrameSources
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text
from ui.theme import UNIT

OPEN_IN_RAISED = 5
OPEN_IN_CAUSE = 1
MORE_AT_ONCE = 100
_FEW_LINES = 2
_MOST_TOGETHER = 60
_PACKAGE_FOLDERS = ("site-packages/", "dist-packages/", "node_modules/", "gems/")


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive frames that show as one line until opened. `repeats`: all of them are the same call."""

    first: int
    last: int
    repeats: bool = False


def runs(frames: Sequence[Frame]) -> list[Run]:
    """The stack, oldest call first, as single frames and runs to fold: libraries, recursion, great depth."""
    found: list[Run] = []
    start = 0
    while start < len(frames):
        end = start + 1
        while end < len(frames) and _same_call(frames[end], frames[start]):
            end += 1
        repeats = end - start >= 3
        if not repeats:
            end = start + 1
            while not frames[start].in_app and end < len(frames) and not frames[end].in_app:
                end += 1
        if repeats and frames[start].in_app:
            found += [Run(start, end - 2, repeats=True), Run(end - 1, end - 1)]
        else:
            found.append(Run(start, end - 1, repeats))
        start = end
    return _middle_folded(found)


def _same_call(one: Frame, other: Frame) -> bool:
    return (one.function, one.line, one.filename) == (other.function, other.line, other.filename)


def _middle_folded(found: list[Run]) -> list[Run]:
    if len(found) <= _MOST_TOGETHER:
        return found
    half = _MOST_TOGETHER // 2
    middle = Run(found[half].first, found[-half - 1].last)
    return [*found[:half], middle, *found[-half:]]


def package(frame: Frame) -> str:
    """The library that a frame belongs to, as people call it."""
    path = (frame.abs_path or frame.filename or "").replace("\\", "/")
    for folder in _PACKAGE_FOLDERS:
        _, found, rest = path.rpartition(folder)
        if found:
            parts = rest.split("/")
            name = "/".join(parts[:2]) if rest.startswith("@") else parts[0]
            return name.removesuffix(".py")
    if frame.module:
        return frame.module.split(".")[0].split("/")[0]
    return path.rpartition("/")[2]


def where(frame: Frame) -> str:
    """`shop/payment.py:42`, as editors take it."""
    name = frame.filename or frame.abs_path or frame.module or ""
    return f"{name}:{frame.line}" if frame.line is not None else name


class FrameRow(Row):
    """A frame's own line: function, and file with line number. The one that failed has a mark."""

    __slots__ = ("activate", "crashed", "frame", "open_editor", "opened", "tooltip")

    def __init__(
        self,
        key: Hashable,
        frame: Frame,
        *,
        opened: bool | None,
        crashed: bool,
        activate: Action | None,
        open_editor: Action | None,
        menu: Sequence[MenuEntry],
        tooltip: str = "",
    ) -> None:
        function = one_line(frame.function or "?", 200)
        super().__init__(
            key, f"{function}, {one_line(where(frame))}{', failed here' if crashed else ''}", menu
        )
        self.frame = frame
        self.opened = opened
        self.crashed = crashed
        self.activate = activate
        self.open_editor = open_editor
        self.tooltip = tooltip

    def height(self, type_: Typography, width: int) -> float:
        return type_.leading(Font.CODE) + UNIT

    def may_act(self) -> bool:
        return self.activate is not None

    def folded(self) -> Folded | None:
        frame = self.frame
        return Folded(lambda: _inside(frame), self.activate) if self.opened is False else None

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        height = self.height(type_, width)
        sheet = Sheet(height=height)
        baseline = type_.baseline(Font.CODE, height)
        frame = self.frame
        colour = "text" if frame.in_app else "text_muted"
        font = Font.CODE_STRONG if frame.in_app else Font.CODE
        right = width - MARGIN
        x = float(MARGIN)
        function = one_line(frame.function or "?", 200)
        x = put(
            sheet, type_, x, baseline, function, font, colour, room=(right - x) * 0.55, whole=frame.function
        )
        if self.crashed:
            sheet.marks.append(Mark(QRectF(x + UNIT + 1, height / 2 - 3, 6, 6), "level_error", Shape.DOT))
            x += UNIT * 2
        start = end = x + UNIT * 1.5
        if place := where(frame):
            end = put(
                sheet,
                type_,
                start,
                baseline,
                one_line(place, 2000),
                Font.CODE,
                "text_muted",
                room=right - x - UNIT * 1.5,
                mode=Qt.TextElideMode.ElideLeft,
                whole=place,
            )
        if self.activate is not None:
            if self.opened is not None:
                chevron(sheet, MARGIN, height, self.opened)
            area = QRectF(MARGIN - 2.5 * UNIT, 0, right - MARGIN + 3.5 * UNIT, height)
            tooltip = self.tooltip
            if self.open_editor is not None:
                tooltip = f"{tooltip}\nEnter or O opens it in the editor, Space folds".strip()
            zone = Zone(area, self.name, self.activate, self.opened, tooltip, enter=self.open_editor)
            sheet.zones.append(zone)
        if self.open_editor is not None:
            self._offer_editor(sheet, start, end, height)
        return sheet

    def _offer_editor(self, sheet: Sheet, start: float, end: float, height: float) -> None:
        """Make file and line, the last piece of the row, a zone of their own."""
        if self.open_editor is None or end <= start:
            return
        area = QRectF(start - UNIT / 2, 0, end - start + UNIT, height)
        name = f"Open {one_line(where(self.frame))} in the editor"
        tooltip = f"{self.frame.abs_path or ''}\nOpen in the editor (O)".strip()
        by_key = self.activate is None
        zone = Zone(area, name, self.open_editor, None, tooltip, whole_row=False, by_key=by_key)
        sheet.spans[-1].zone = len(sheet.zones)
        sheet.zones.append(zone)


class FrameList:
    """The rows of one stack within a section. `owner` distinguishes it from the section's other stacks."""

    def __init__(
        self, section: Section, owner: Hashable, frames: tuple[Frame, ...], *, failed: bool, leading: bool
    ) -> None:
        self._section = section
        self._owner = owner
        self._failed = failed
        self._leading = leading
        self._toggled: set[Hashable] = set()
        self._shown: dict[Hashable, int] = {}
        self._trees: dict[int, Tree] = {}
        self._sources = FrameSources(section, frames, self._take)
        self._take(frames)

    def _take(self, frames: tuple[Frame, ...]) -> None:
        """Show these frames: those that were sent, or what is known of them by now."""
        self._frames = frames
        self._crash = self._failing_frame() if self._failed else None
        self._runs = runs(frames)
        near_crash = [n for n in range(len(frames) - 1, -1, -1) if frames[n].in_app]
        most = OPEN_IN_RAISED if self._leading else OPEN_IN_CAUSE
        self._open_at_first = frozenset(near_crash[:most] or ([] if not frames else [len(frames) - 1]))

    def _failing_frame(self) -> int | None:
        ours = (n for n in range(len(self._frames) - 1, -1, -1) if self._frames[n].in_app)
        return next(ours, len(self._frames) - 1 if self._frames else None)

    def rows(self) -> list[Row]:
        """In the order that the reader has chosen."""
        self._sources.prepare()
        preferences = self._section.host.preferences.chosen
        rows: list[Row] = []
        for run in reversed(self._runs) if preferences.newest_first else self._runs:
            rows += self._run(run)
        return rows

    def _run(self, run: Run) -> list[Row]:
        numbers = list(range(run.first, run.last + 1))
        only_in_app = self._section.host.preferences.chosen.only_in_app
        if only_in_app and not any(self._frames[number].in_app for number in numbers):
            return []
        if len(numbers) == 1:
            return self._frame(numbers[0])
        key = (self._owner, "run", run.first)
        opened = key in self._toggled
        rows: list[Row] = [self._fold(key, run, opened)]
        if opened:
            if self._section.host.preferences.chosen.newest_first:
                numbers.reverse()
            shown = self._shown.get(key, MORE_AT_ONCE)
            for number in numbers[:shown]:
                rows += self._frame(number)
            if len(numbers) > shown:
                rows.append(self._more(key, numbers[shown:]))
        return rows

    def _more(self, key: Hashable, left: Sequence[int]) -> TextLine:
        def activate() -> None:
            self._shown[key] = self._shown.get(key, MORE_AT_ONCE) + MORE_AT_ONCE
            self._section.host.rebuild(self._section)

        def hidden() -> str:
            return _searched([self._frames[number] for number in left])

        pieces = [(plural(len(left), "more frame"), Font.SMALL, "accent")]
        return TextLine((key, "more"), pieces, activate=activate, opened=False, hidden=hidden)

    def _fold(self, key: Hashable, run: Run, opened: bool) -> TextLine:
        number = run.last - run.first + 1
        first = self._frames[run.first]
        if run.repeats:
            text = f"{plural(number, 'more call', 'more calls')} of {one_line(first.function or '?', 60)}"
        else:
            text = plural(number, "frame")
            names = list(dict.fromkeys(package(self._frames[n]) for n in range(run.first, run.last + 1)))
            names = [one_line(name, 40) for name in names if name]
            if names:
                text += " in " + ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
        return TextLine(
            key,
            [(text, Font.SMALL, "text_muted")],
            activate=lambda: self._toggle(key),
            opened=opened,
            hidden=lambda: _searched(self._frames[run.first : run.last + 1]),
        )

    def _toggle(self, key: Hashable) -> None:
        self._toggled ^= {key}
        self._section.host.rebuild(self._section)

    def _frame(self, number: int) -> list[Row]:
        frame = self._frames[number]
        key = (self._owner, "frame", number)
        has_more = bool(frame.vars) or self._sources.has_more(number)
        opened = has_more and ((number in self._open_at_first) != (key in self._toggled))
        if opened:
            self._sources.need(number)
            frame = self._frames[number]
        row = FrameRow(
            key,
            frame,
            opened=opened if has_more else None,
            crashed=number == self._crash,
            activate=(lambda: self._toggle(key)) if has_more else None,
            open_editor=self._opener(frame),
            menu=self._menu(number, frame),
            tooltip=self._sources.tooltip(number),
        )
        return [row, *self._opened_frame(number, frame)] if opened else [row]

    def _opened_frame(self, number: int, frame: Frame) -> list[Row]:
        rows: list[Row] = []
        primary = number == self._crash
        key = (self._owner, "source", number)
        all_lines = primary != (key in self._toggled)
        rows += self._sources.rows(
            key,
            number,
            around=None if all_lines else _FEW_LINES,
            activate=None if primary else lambda: self._toggle(key),
            menu=self._menu(number, frame),
        )
        if frame.vars:
            rows += self._locals(number, frame, open_at_first=primary)
        rows.append(Space((self._owner, "gap", number), UNIT))
        return rows

    def _locals(self, number: int, frame: Frame, *, open_at_first: bool) -> list[Row]:
        key = (self._owner, "locals", number)
        opened = open_at_first != (key in self._toggled)
        text = plural(len(frame.vars), "local")
        rows: list[Row] = [Space((key, "gap"), UNIT // 2)]
        rows.append(
            TextLine(
                key,
                [(text, Font.SMALL, "text_muted")],
                activate=lambda: self._toggle(key),
                opened=opened,
                hidden=lambda: as_text(frame.vars),
            )
        )
        if opened:
            tree = self._trees.setdefault(number, Tree(self._section, f"locals {self._owner} {number}"))
            rows += tree.rows(frame.vars)
        return rows

    def _opener(self, frame: Frame) -> Action | None:
        """What opens the frame in the editor; None where it names no file."""
        if not any(names.canonical(name) for name in (frame.abs_path, frame.filename) if name):
            return None
        return lambda: self._section.host.request(OpenFrame(frame))

    def _menu(self, number: int, frame: Frame) -> tuple[MenuEntry, ...]:
        copy = self._section.host.copy
        opener = self._opener(frame)
        path = frame.abs_path or frame.filename or ""
        located = f"{path}:{frame.line}" if frame.line is not None else path
        entries = [] if opener is None else [MenuEntry("Open in the editor", opener)]
        if path:
            entries.append(MenuEntry("Copy path and line", lambda: copy(located, "Path")))
        if frame.function:
            entries.append(MenuEntry("Copy function", lambda: copy(frame.function or "", "Function")))
        if frame.context:
            entries.append(MenuEntry("Copy source", lambda: copy(_source(frame), "Source")))
        if frame.vars:
            entries.append(MenuEntry("Copy locals", lambda: copy(as_text(frame.vars), "Locals")))
        return (*entries, *self._sources.menu(number))


def _source(frame: Frame) -> str:
    return "\n".join(text.rstrip("\r\n") for _, text in frame.context)


def _inside(frame: Frame) -> str:
    """What a closed frame folds away, for the search in the page."""
    return f"{_source(frame)}\n{as_text(frame.vars) if frame.vars else ''}"


def _searched(frames: Sequence[Frame]) -> str:
    """All that frames say, for the same."""
    return "\n".join(f"{frame.function} {where(frame)}\n{_inside(frame)}" for frame in frames)
