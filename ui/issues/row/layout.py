"""Where each part of a row stands, for one issue, width and density.

Narrow rows leave out what matters least: first the sparkline goes, then the users, then the badges. The
headline stays.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import QRect, QRectF

from app.model import Issue
from app.plain_text import compact_line
from ui.issues.issue_text import headline, transaction
from ui.issues.row import metrics as at
from ui.issues.row.badges import badges_of
from ui.issues.row.metrics import Density, RowMetrics
from ui.issues.row.texts import (
    SEPARATOR,
    fitted_headline,
    fitted_place,
    is_type_whole,
    place_parts,
    short_place,
)
from ui.widgets.ink import Ink
from ui.wording import count

# So wide a row has each of these, where lines are so high.
USUAL_LINE = 20
SPARKLINE_FROM, USERS_FROM, PLACE_FROM = 360, 300, 620
COMPACT_SPARKLINE_FROM, COMPACT_USERS_FROM = 560, 480
SPARKLINE_WIDTH = 40
_CHIP_PADDING = 6
_CHIP_GAP = 6
_LEAST_HEADLINE, _LEAST_COMPACT_HEADLINE = 150, 220
_COMPACT_PLACE = 0.32
# What a badge may take of a row without being asked, and the letters of a headline that are measured then.
_LITTLE, _LONGEST = 0.2, 200

# The parts of a text that a search has found, as (begin, end).
Found = Callable[[str], Sequence[tuple[int, int]]]


class Inks(Struct, frozen=True):
    """The fonts of a row."""

    body: Ink
    strong: Ink
    small: Ink


class Text(Struct, frozen=True):
    """A text with its ink, and its colour as the theme calls it."""

    x: int
    baseline: int
    text: str
    ink: Ink
    colour: str


class Chip(Struct, frozen=True):
    """A badge's ground, and the text on it."""

    box: QRectF
    text: Text


class RowLayout(Struct, frozen=True):
    """A row as it is painted, but for its age, which ends at `age_right`. `is_cut`: not all of a text is."""

    texts: tuple[Text, ...]
    chips: tuple[Chip, ...]
    found: tuple[QRectF, ...]
    users: QRect | None
    star: QRect | None
    sparkline: QRect | None
    age_right: int
    age_baseline: int
    is_cut: bool


class Options(Struct, frozen=True):
    """What rows show, all alike."""

    with_project: bool = True
    with_sparkline: bool = False
    found: Found | None = None


class _Maker:
    def __init__(self, width: int, metrics: RowMetrics, inks: Inks, options: Options) -> None:
        self.width, self.metrics, self.inks, self.options = width, metrics, inks, options
        # In a larger text, less fits: the width as it is to the text of usual size.
        self.room = width * USUAL_LINE // metrics.line
        self.is_compact = metrics.density is Density.COMPACT
        self.texts: list[Text] = []
        self.chips: list[Chip] = []
        self.found: list[QRectF] = []
        # A compact row that is narrow has file and line at most.
        self.is_cut = self.is_compact and self.room < PLACE_FROM
        self.first = self._baseline(metrics.first)
        self.second = self._baseline(metrics.second)

    def _baseline(self, top: int) -> int:
        body = self.metrics.body_metrics
        return top + (self.metrics.line + body.ascent() - body.descent()) // 2

    def make(self, issue: Issue, now: datetime) -> RowLayout:
        right = self.width - at.RIGHT
        age_left = right - self.metrics.age_width
        numbers_right = age_left - at.GAP if self.is_compact else right
        star, users, sparkline, numbers_left = self._numbers(issue, numbers_right)
        end = (numbers_left if self.is_compact else age_left) - at.GAP
        end = self._badges(issue, now, end)
        if self.is_compact:
            if self.room >= PLACE_FROM:
                room = int((end - at.TEXT_LEFT) * _COMPACT_PLACE)
                end -= room + at.GAP
                self._place(issue, end + at.GAP, room)
            else:
                end = self._short_place(issue, end)
        else:
            self._place(issue, at.TEXT_LEFT, numbers_left - at.GAP - at.TEXT_LEFT)
        self._headline(issue, end)
        return RowLayout(
            tuple(self.texts),
            tuple(self.chips),
            tuple(self.found),
            users,
            star,
            sparkline,
            right,
            self.first,
            self.is_cut,
        )

    def _numbers(self, issue: Issue, right: int) -> tuple[QRect | None, QRect | None, QRect | None, int]:
        """From the right to the left: how often, how many users, the sparkline; and where they begin."""
        metrics, ink = self.metrics, self.inks.small
        times = f"{count(issue.count)}×"
        self._small(times, right - ink.width(times), "text_muted")
        users_column, count_column = metrics.columns(self.room)
        left = right - max(count_column, ink.width(times))
        users: QRect | None = None
        if self.room >= (COMPACT_USERS_FROM if self.is_compact else USERS_FROM):
            number = count(issue.users)
            right = left - at.GAP
            column = max(users_column, ink.width(number))
            left = right - column - metrics.icon - 2
            if issue.users:
                begin = right - ink.width(number)
                self._small(number, begin, "text_faint")
                users = self._icon(begin - metrics.icon - 2)
        star: QRect | None = None
        if issue.pinned:
            left -= at.GAP + metrics.icon
            star = self._icon(left)
        sparkline: QRect | None = None
        wide_enough = self.room >= (COMPACT_SPARKLINE_FROM if self.is_compact else SPARKLINE_FROM)
        if self.options.with_sparkline and wide_enough:
            left -= at.GAP + SPARKLINE_WIDTH
            sparkline = QRect(left, metrics.second + 3, SPARKLINE_WIDTH, metrics.line - 6)
        return star, users, sparkline, left

    def _icon(self, left: int) -> QRect:
        size = self.metrics.icon
        return QRect(left, self.metrics.second + (self.metrics.line - size) // 2, size, size)

    def _small(self, text: str, x: int, colour: str) -> None:
        self.texts.append(Text(x, self.second, text, self.inks.small, colour))

    def _badges(self, issue: Issue, now: datetime, right: int) -> int:
        """Paint what there is room for; returns where the headline has to end."""
        ink = self.inks.small
        for badge in reversed(badges_of(issue, now)):
            least = _LEAST_COMPACT_HEADLINE if self.is_compact else _LEAST_HEADLINE
            room = right - at.TEXT_LEFT - least - 2 * _CHIP_PADDING
            if room < ink.width(badge.text[:3]):
                break
            said = badge.text if self._spares(issue, right, ink.width(badge.text)) else badge.text.split()[0]
            self.is_cut = self.is_cut or said != badge.text
            text = ink.elided(said, min(room, (self.width - at.TEXT_LEFT) // 2))
            wide = ink.width(text) + 2 * _CHIP_PADDING
            high = self.metrics.line - 2
            box = QRectF(right - wide, self.metrics.first + 1, wide, high)
            inside = Text(right - wide + _CHIP_PADDING, self.first, text, ink, badge.tone.value)
            self.chips.append(Chip(box, inside))
            right -= wide + _CHIP_GAP
        return right

    def _spares(self, issue: Issue, right: int, wide: int) -> bool:
        """Whether a badge so wide takes nothing from the headline, or little."""
        room = right - at.TEXT_LEFT - wide - 2 * _CHIP_PADDING - _CHIP_GAP
        if wide <= (self.width - at.TEXT_LEFT) * _LITTLE:
            return True
        kind, message = headline(issue)
        ink = self.inks.strong if issue.unread else self.inks.body
        return ink.width(kind[:_LONGEST]) + 8 + self.inks.body.width(message[:_LONGEST]) <= room

    def _place(self, issue: Issue, left: int, room: int) -> None:
        parts = place_parts(issue, with_project=self.options.with_project)
        ink = self.inks.small
        least = 2 if self.options.with_project else 1
        during = compact_line(transaction(issue) or "")
        shown = fitted_place(parts, max(0, room), ink.width, ink.elided, least=least, shortened=during)
        self.is_cut = self.is_cut or shown != SEPARATOR.join(parts)
        self._add(Text(left, self.second, shown, ink, "text_faint"))

    def _short_place(self, issue: Issue, right: int) -> int:
        """File and line, beside a type that is whole; returns where the headline has to end."""
        ink = self.inks.small
        text = short_place(issue)
        left = right - ink.width(text)
        kind, message = headline(issue)
        kind_ink = self.inks.strong if issue.unread else self.inks.body
        room = left - at.GAP - at.TEXT_LEFT
        if not text or not is_type_whole(kind_ink.width(kind), self.inks.body.width(message), room):
            return right
        self._add(Text(left, self.second, text, ink, "text_faint"))
        return left - at.GAP

    def _headline(self, issue: Issue, end: int) -> None:
        body, kind_ink = self.inks.body, self.inks.strong if issue.unread else self.inks.body
        kind, message = headline(issue)
        shown, rest = fitted_headline(
            kind,
            message,
            max(0, end - at.TEXT_LEFT),
            (kind_ink.width, body.width),
            (kind_ink.elided, body.elided),
        )
        self.is_cut = self.is_cut or (shown, rest) != (kind, message)
        self._add(Text(at.TEXT_LEFT, self.first, shown, kind_ink, "text" if issue.unread else "text_muted"))
        if rest:
            left = at.TEXT_LEFT + kind_ink.width(shown) + 8
            self._add(Text(left, self.first, rest, body, "text_muted" if issue.unread else "text_faint"))

    def _add(self, text: Text) -> None:
        self.texts.append(text)
        if self.options.found is None:
            return
        top = text.baseline - text.ink.ascent - 1
        for begin, end in self.options.found(text.text):
            left = text.x + text.ink.width(text.text[:begin])
            wide = text.ink.width(text.text[begin:end])
            self.found.append(QRectF(left - 1, top, wide + 2, text.ink.height + 2))


def layout_of(
    issue: Issue, width: int, metrics: RowMetrics, inks: Inks, options: Options, now: datetime
) -> RowLayout:
    """The layout of an issue's row of this width."""
    return _Maker(width, metrics, inks, options).make(issue, now)
