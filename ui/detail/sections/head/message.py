"""A message from an error, wrapped: code in it in the code font, and addresses that can be opened."""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from app.plain_text import clipped
from ui.detail import links
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import LONGEST_SHOWN, MARGIN, Action, MenuEntry
from ui.detail.page.sheet import Font, Sheet, Span, Zone
from ui.detail.page.typography import NARROWEST_CHARACTER, Typography

_ADDRESS_OR_CODE = re.compile(
    f"(?P<address>(?i:{links.IN_TEXT.pattern}))"
    r"|`[^`\n]{1,300}`"  # as in Markdown
    r"|(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\(\)"  # a call
    r"|(?<![\w./@])[A-Za-z_]\w*(?:(?:\.|::|->)[A-Za-z_]\w*)*(?:::|->|\.)[A-Za-z_]*[A-Z_]\w*"  # a.b_c, A::B
    r"|(?<![\w.])\w*[A-Za-z0-9]_\w+"  # snake_case
    r"|(?<![\w.:/-])(?:\.{0,2}/)?(?:[\w.-]+/)+[\w.-]+\.\w{1,5}(?::\d+){0,2}"  # a/path.py:12
)
# What is written from right to left is set by Qt as one piece: pieces of it would stand in the wrong order.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """Some characters of a message that are code, or an address (`url`)."""

    start: int
    end: int
    url: str = ""


def parts_of(text: str) -> list[Part]:
    """The parts of a message that are not prose, in order; they do not overlap. Of very many, the first."""
    found: list[Part] = []
    for match in _ADDRESS_OR_CODE.finditer(text):
        if len(found) == _MOST_PARTS:
            break
        if (address := match["address"]) is None:
            found.append(Part(*match.span()))
            continue
        url = address[: links.end_in_text(address)]
        if links.read(url) is not None:
            found.append(Part(match.start(), match.start() + len(url), url))
    return found


class Message(Paragraph):
    """A paragraph with styles. `open_link` asks whether an address of it is to be opened."""

    __slots__ = ("_open_link",)

    def __init__(
        self,
        key: Hashable,
        text: str,
        font: Font,
        open_link: Callable[[str], None],
        *,
        most_lines: int,
        more: Action | None = None,
        menu: Sequence[MenuEntry] = (),
    ) -> None:
        super().__init__(key, text, font, most_lines=most_lines, more=more, menu=menu)
        self._open_link = open_link

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        room = max(width - 2 * MARGIN, int(4 * type_.column))
        shown, left_out = clipped(self.text, LONGEST_SHOWN)
        read = shown[: int((self.most_lines + 1) * room / NARROWEST_CHARACTER)]
        parts = [] if _RIGHT_TO_LEFT.search(read) else parts_of(read)
        if not parts:
            return super().lay_out(type_, width)
        sheet = Sheet()
        lines = _wrapped(read, parts, type_, self.font, room, self.most_lines + 1)
        height, y = type_.leading(self.font), 2.0
        for start, end in lines[: self.most_lines]:
            self._put_line(sheet, type_, read, (start, end), parts, y)
            y += height
        complete = len(lines) <= self.most_lines and len(read) == len(shown)
        self._shown = len(self.text) if complete and not left_out else lines[: self.most_lines][-1][1]
        if left_out or not complete:
            y = self._more(sheet, type_, MARGIN, y, left_out, width)
        sheet.height = y + 2
        return sheet

    def _put_line(
        self,
        sheet: Sheet,
        type_: Typography,
        text: str,
        line: tuple[int, int],
        parts: Sequence[Part],
        y: float,
    ) -> None:
        first, last = line
        baseline = y + type_.baseline(self.font, type_.leading(self.font))
        x = float(MARGIN)
        before = "\n" if first and text[first - 1] == "\n" else ""
        for start, end, part in _pieces(first, last, parts):
            font = self._font_of(part)
            colour = "accent" if part is not None and part.url else self.colour
            piece = text[start:end]
            span = Span(x, baseline, type_.advance(piece, font), piece, font, colour, before=before)
            if part is not None and part.url:
                span.zone = self._link(sheet, type_, span, part.url)
            sheet.spans.append(span)
            x += span.width
            before = ""

    def _font_of(self, part: Part | None) -> Font:
        return Font.CODE if self.font is Font.BODY and part is not None and not part.url else self.font

    def _link(self, sheet: Sheet, type_: Typography, span: Span, url: str) -> int:
        top, height = span.baseline - type_.ascent(span.font), type_.leading(span.font)
        area = QRectF(span.x - 2, top - 1, span.width + 4, height)
        zone = Zone(
            area, f"Open {url[:200]}", lambda: self._open_link(url), None, url[:2_000], whole_row=False
        )
        sheet.zones.append(zone)
        return len(sheet.zones) - 1


def _wrapped(
    text: str, parts: Sequence[Part], type_: Typography, font: Font, width: float, most: int
) -> list[tuple[int, int]]:
    """Where the lines of a text begin and end, at most so many; the end is before a line break."""
    lines: list[tuple[int, int]] = []
    begin = 0
    for paragraph in text.split("\n"):
        inside = [part for part in parts if begin <= part.start < begin + len(paragraph)]
        # In a title, code stays in the title's font.
        code = [part for part in inside if not part.url and font is Font.BODY]
        ranges = [(part.start - begin, part.end - begin) for part in code]
        for start, end in type_.wrap_mixed(paragraph, font, Font.CODE, ranges, width):
            lines.append((begin + start, begin + end))
        if len(lines) >= most:
            return lines[:most]
        begin += len(paragraph) + 1
    return lines


def _pieces(first: int, last: int, parts: Sequence[Part]) -> Iterator[tuple[int, int, Part | None]]:
    """A line cut at the parts: from, to, and which part it is of."""
    at = first
    for part in parts:
        start, end = max(part.start, first), min(part.end, last)
        if start >= end:
            continue
        if at < start:
            yield at, start, None
        yield start, end, part
        at = end
    if at < last or first == last:
        yield at, last, None
