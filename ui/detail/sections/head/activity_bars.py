"""When an issue happened, as small bars: one an hour, a day or a week."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from app.plain_text import plural
from ui.detail.page.columns import put_columns
from ui.detail.page.rows import put
from ui.detail.page.sheet import Font, Sheet, Zone
from ui.detail.page.typography import Typography
from ui.wording import day

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from collections.abc import Callable

    from app.store.inbox.counts.activity import Activity

HEIGHT = 34
_WIDEST_BAR = 12.0
_DAY_HOURS, _WEEK_HOURS = 24, 168
_UNITS = {1: "hour", _DAY_HOURS: "day", _WEEK_HOURS: "week"}


class ActivityBars:
    """The bars of an activity. `copy` puts them on the clipboard, a line each."""

    def __init__(self, activity: "Activity", copy: "Callable[[str], None]") -> None:
        self._activity = activity
        self._copy = copy
        self._now = datetime.now(UTC)

    def put(self, sheet: Sheet, type_: Typography, area: QRectF) -> None:
        """Draws them into this part of a row, with the first and the last time below."""
        counts = self._activity.counts
        caption = type_.leading(Font.SMALL)
        foot = area.bottom() - caption
        bars = QRectF(area.left(), area.top(), area.width(), foot - area.top())
        tips = [f"{self._when(number)}: {plural(count, 'event')}" for number, count in enumerate(counts)]
        width = put_columns(sheet, bars, counts, tips, _WIDEST_BAR)
        baseline = foot + type_.baseline(Font.SMALL, caption)
        first, last = self._label(0), self._label(len(counts) - 1)
        put(
            sheet,
            type_,
            area.left(),
            baseline,
            first,
            Font.SMALL,
            "text_faint",
            whole=self.sentence(),
            before="\n",
        )
        ends = area.left() + width - type_.advance(last, Font.SMALL)
        if ends > area.left() + type_.advance(first, Font.SMALL) + 8:
            put(sheet, type_, ends, baseline, last, Font.SMALL, "text_faint", whole="", before="")
        whole = QRectF(area.left() - 4, area.top() - 2, width + 8, area.height() + 4)
        sheet.zones.append(Zone(whole, self.sentence(), self._copy_lines, None, "", whole_row=False))

    def sentence(self) -> str:
        """All of them in words."""
        counts = self._activity.counts
        most = max(range(len(counts)), key=counts.__getitem__)
        return (
            f"Events by the {_UNITS[self._activity.step]}, {self._when(0)} to {self._when(len(counts) - 1)}: "
            f"{sum(counts):,}, most of them {self._when(most)} ({counts[most]:,})"
        )

    def _copy_lines(self) -> None:
        self._copy("\n".join(f"{self._when(n)}\t{count}" for n, count in enumerate(self._activity.counts)))

    def _moment(self, number: int) -> datetime:
        hour = self._activity.begin + number * self._activity.step
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=hour)

    def _when(self, number: int) -> str:
        moment, step = self._moment(number), self._activity.step
        if step == _WEEK_HOURS:
            return f"week of {day(moment, self._now)}"
        if step == _DAY_HOURS:
            # The day's middle: its beginning is an hour off where the clock was changed since.
            return day(moment + timedelta(hours=12), self._now)
        return f"{day(moment, self._now)} {moment.astimezone():%H:%M}"

    def _label(self, number: int) -> str:
        return self._when(number).removeprefix("week of ")
