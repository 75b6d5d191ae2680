"""The page's fonts, and every measure that depends on them.

Texts are cut before they are measured: Qt shapes the whole of a string to elide it, and an event may bring
one of ten megabytes.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from ui.detail.page.sheet import Font

NARROWEST_CHARACTER = 2.0
_BREAK = "\u200b"
_LONG_WORD = re.compile(r"\S{30,}")
_JOINT = re.compile(r"[./\\:_](?=\w)")


class Typography:
    """Fonts with their metrics. Replaced when the theme's fonts change."""

    def __init__(self, fonts: dict[Font, QFont]) -> None:
        self.fonts = fonts
        self._metrics = {role: QFontMetricsF(font) for role, font in fonts.items()}
        self.column = self._metrics[Font.CODE].horizontalAdvance("0")
        self._leading = {role: self._line_height(role) for role in Font}

    def _line_height(self, role: Font) -> float:
        generous = 1.5 if role in (Font.BODY, Font.SMALL, Font.CODE, Font.CODE_STRONG) else 1.4
        return float(round(self._metrics[role].ascent() * generous + self._metrics[role].descent()))

    def leading(self, font: Font) -> float:
        """Height of one line of text, in pixels."""
        return self._leading[font]

    def baseline(self, font: Font, height: float) -> float:
        """The position of the baseline when one line is centred in `height`."""
        metrics = self._metrics[font]
        return round((height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent())

    def ascent(self, font: Font) -> float:
        return self._metrics[font].ascent()

    def descent(self, font: Font) -> float:
        return self._metrics[font].descent()

    def advance(self, text: str, font: Font) -> float:
        if font is Font.CODE and text.isascii():
            return len(text) * self.column
        return self._metrics[font].horizontalAdvance(text)

    def elide(
        self, text: str, font: Font, width: float, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> str:
        """`text`, cut with an ellipsis where it is wider than `width`."""
        most = int(width / NARROWEST_CHARACTER) + 2
        if len(text) > most:
            text = text[:most] if mode is Qt.TextElideMode.ElideRight else text[-most:]
        elif self.advance(text, font) <= width:
            return text
        return self._metrics[font].elidedText(text, mode, max(0.0, width))

    def character_at(self, text: str, font: Font, x: float) -> int:
        """Index of the gap between characters that is nearest to `x`."""
        if x <= 0:
            return 0
        if font is Font.CODE and text.isascii():
            return min(len(text), round(x / self.column))
        low, high = 0, len(text)
        while low < high:
            middle = (low + high) // 2
            if self.advance(text[: middle + 1], font) - self.advance(text[middle : middle + 1], font) / 2 < x:
                low = middle + 1
            else:
                high = middle
        return low

    def wrap(self, text: str, font: Font, width: float, most_lines: int) -> tuple[list[str], bool]:
        """The text's lines at this width, at most so many, and whether that was all.

        Words too long for a line are broken anywhere. Joined with nothing between, lines of one
        paragraph give the text again; a paragraph's last line ends with its newline.
        """
        lines: list[str] = []
        room = max(width, 4 * self.column)
        most = int((most_lines + 1) * room / NARROWEST_CHARACTER)
        complete = len(text) <= most
        text = text[:most]
        *firsts, last = text.split("\n")
        for paragraph in [*(first + "\n" for first in firsts), last]:
            if len(lines) >= most_lines:
                return lines, False
            lines += self._wrap_paragraph(paragraph, font, room)
        return lines[:most_lines], complete and len(lines) <= most_lines

    def wrap_mixed(
        self, paragraph: str, font: Font, other: Font, ranges: Sequence[tuple[int, int]], width: float
    ) -> list[tuple[int, int]]:
        """Where the lines of a paragraph begin and end when the characters in `ranges` are set in `other`."""
        units = _utf16_places(paragraph)
        formats = []
        for start, end in ranges:
            style = QTextCharFormat()
            style.setFont(self.fonts[other])
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = units(start), units(end) - units(start), style
            formats.append(one)
        ends = [end for _start, end in _lines_of_qt(paragraph, self.fonts[font], width, formats)]
        places = [_character_at(paragraph, end) for end in ends] or [0]
        places[-1] = len(paragraph)
        return list(pairwise([0, *places]))

    def _wrap_paragraph(self, paragraph: str, font: Font, width: float) -> list[str]:
        if self.advance(paragraph.rstrip("\n"), font) <= width:
            return [paragraph]
        if font is Font.CODE and paragraph.isascii():
            return _wrapped_by_columns(paragraph, int(width / self.column))
        text = paragraph.removesuffix("\n")
        if _BREAK not in text:
            # Of dotted names and paths, whole parts stay together.
            text = _LONG_WORD.sub(lambda word: _JOINT.sub(f"\\g<0>{_BREAK}", word[0]), text)
            lines = [line.replace(_BREAK, "") for line in _wrapped_by_qt(text, self.fonts[font], width)]
        else:
            lines = _wrapped_by_qt(text, self.fonts[font], width)
        if paragraph.endswith("\n"):
            lines[-1] += "\n"
        return lines


def _wrapped_by_columns(paragraph: str, columns: int) -> list[str]:
    """Breaks after a space where there is one in a line's last half, else anywhere."""
    lines = []
    start = 0
    while len(paragraph) - start > columns:
        space = paragraph.rfind(" ", start + columns // 2, start + columns)
        end = start + columns if space < 0 else space + 1
        lines.append(paragraph[start:end])
        start = end
    lines.append(paragraph[start:])
    return lines


def _wrapped_by_qt(paragraph: str, font: QFont, width: float) -> list[str]:
    # Qt counts UTF-16 units and Python characters, so lines are cut from the encoded text.
    encoded = paragraph.encode("utf-16-le", "replace")
    lines = [
        encoded[start * 2 : end * 2].decode("utf-16-le", "replace")
        for start, end in _lines_of_qt(paragraph, font, width, ())
    ]
    return lines or [paragraph]


def _lines_of_qt(
    paragraph: str, font: QFont, width: float, formats: Sequence[QTextLayout.FormatRange]
) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, in UTF-16 units."""
    layout = QTextLayout(paragraph, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if formats:
        layout.setFormats(formats)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        yield line.textStart(), line.textStart() + line.textLength()
    layout.endLayout()


def _utf16_places(text: str) -> Callable[[int], int]:
    """Which UTF-16 unit a character is at."""
    if text.isascii() or max(text) <= "\uffff":
        return lambda place: place
    return lambda place: len(text[:place].encode("utf-16-le", "replace")) // 2


def _character_at(text: str, unit: int) -> int:
    """Which character a UTF-16 unit is of."""
    if text.isascii() or max(text) <= "\uffff":
        return unit
    return len(text.encode("utf-16-le", "replace")[: unit * 2].decode("utf-16-le", "ignore"))
