"""Notification rules, and which happenings each matches. Pure: `outbox` applies them."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from app.happenings import Happening, Kind
from app.model import Level

ROUND_NUMBERS = (1, 10, 100, 1_000)
MINUTE = 60_000_000
_SEVERITY = {level: rank for rank, level in enumerate(reversed(Level))}

MinuteOfDay = Annotated[int, Meta(ge=0, lt=24 * 60)]


class QuietHours(Struct, frozen=True):
    """Quiet hours from `begins` to `ends` of local time, in minutes after midnight; they may span midnight.

    When both are the same, no hour is quiet.
    """

    begins: MinuteOfDay
    ends: MinuteOfDay

    def until(self, now: int) -> int | None:
        """The end of the quiet hours that `now` is in, None when it is in none; in microseconds."""
        local = datetime.fromtimestamp(now / 1e6, UTC).astimezone()
        minute = local.hour * 60 + local.minute
        over_midnight = self.begins > self.ends
        if over_midnight:
            quiet = minute >= self.begins or minute < self.ends
        else:
            quiet = self.begins <= minute < self.ends
        if not quiet:
            return None
        day = local.date() + timedelta(days=over_midnight and minute >= self.begins)
        # The UTC offset may change meanwhile: compute the end in that day's own local time. In an hour that
        # occurs twice, the end may have passed once and be still to come.
        ends = (
            datetime(day.year, day.month, day.day, self.ends // 60, self.ends % 60, fold=fold).astimezone()
            for fold in (0, 1)
        )
        micros = (int(end.timestamp()) * 1_000_000 for end in ends)
        return next((end for end in micros if end > now), now + 1)


class Rule(Struct, frozen=True, kw_only=True):
    """Which happenings make a notice, and for which channels. No projects or no environments means any.

    `counts` are the numbers of events at which an issue makes another notice. `level` is the mildest that
    matches. `desktop` sends to this desktop, `channels` are the numbers of the others. After a notice, its
    issue makes none for `cooldown_minutes`; what goes beyond `most_per_hour`, or happens in quiet hours, is
    counted in one notice. A muted issue makes none.
    """

    kinds: tuple[Kind, ...] = (Kind.NEW, Kind.REGRESSED)
    counts: tuple[int, ...] = ()
    projects: tuple[str, ...] = ()
    level: Level = Level.ERROR
    environments: tuple[str, ...] = ()
    desktop: bool = True
    channels: tuple[int, ...] = ()
    quiet: QuietHours | None = None
    cooldown_minutes: Annotated[int, Meta(ge=0, le=24 * 60)] = 5
    most_per_hour: Annotated[int, Meta(ge=1, le=1_000)] = 20

    def matches(self, happening: Happening) -> bool:
        """Whether it makes a notice."""
        return (
            not happening.is_muted
            and self._wants(happening)
            and _SEVERITY[happening.level] >= _SEVERITY[self.level]
            and (not self.projects or happening.project in self.projects)
            and (not self.environments or happening.environment in self.environments)
        )

    def targets(self) -> tuple[int | None, ...]:
        """The channels to send to, None being the desktop."""
        return ((None,) if self.desktop else ()) + self.channels

    def _wants(self, happening: Happening) -> bool:
        if happening.kind is Kind.COUNT:
            return happening.count in self.counts
        # An issue's first event makes it new: it makes no second notice as a number.
        is_first = happening.kind is Kind.NEW and 1 in self.counts
        return is_first or happening.kind in self.kinds


def worst(one: Level, other: Level) -> Level:
    """The worse of two levels."""
    return max(one, other, key=_SEVERITY.__getitem__)
