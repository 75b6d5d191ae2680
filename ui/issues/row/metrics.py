"""Where the parts of a row stand, by the fonts in force: a larger text makes higher rows."""

from enum import StrEnum

from PySide6.QtGui import QFontMetrics

from ui.theme import UNIT, font_body, font_small, font_strong

INSET = UNIT
MARK_LEFT = INSET + 12
TEXT_LEFT = MARK_LEFT + 20
RIGHT = INSET + 12
GAP = 12
# So wide a row has columns for numbers of four digits.
LARGE_NUMBERS_FROM = 470
_LEADING = 5
_PADDING = 16
_COMPACT_PADDING = 12


class Density(StrEnum):
    """How much room a row takes."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"


class RowMetrics:
    """Of one density: `height` of a row, its `line`, and where its lines begin (`first`, `second`).

    A compact row has one line: its second is its first.
    """

    def __init__(self, density: Density) -> None:
        self.density = density
        self.body, self.strong, self.small = font_body(), font_strong(), font_small()
        self.body_metrics = QFontMetrics(self.body)
        self.strong_metrics = QFontMetrics(self.strong)
        self.small_metrics = QFontMetrics(self.small)
        self.line = self.body_metrics.height() + _LEADING
        if density is Density.COMPACT:
            self.height = self.line + _COMPACT_PADDING
            self.first = self.second = _COMPACT_PADDING // 2
        else:
            self.height = 2 * self.line + _PADDING
            self.first = _PADDING // 2 + 1
            self.second = self.first + self.line
        # Times, counts and users stand in columns, as long as they are as short as most are.
        self.age_width = max(map(self.small_metrics.horizontalAdvance, ("59m", "now")))
        self._numbers = self.small_metrics.horizontalAdvance("999")
        self._large_numbers = self.small_metrics.horizontalAdvance("9,999")
        self._times = self.small_metrics.horizontalAdvance("×")
        self.icon = self.small_metrics.ascent() + 2

    def columns(self, width: int) -> tuple[int, int]:
        """How wide the columns of users and of events are, in a row of this width."""
        number = self._large_numbers if width >= LARGE_NUMBERS_FROM else self._numbers
        return number, number + self._times


def row_height(density: Density = Density.COMFORTABLE) -> int:
    """How high a row is, by the fonts in force."""
    return RowMetrics(density).height
