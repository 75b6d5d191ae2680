"""Whether an error is gone since its file was saved. Pure: all that it depends on is an argument."""

import statistics
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

# Events so close together are one time that the error came: a flood says nothing of how long it takes.
BURST = timedelta(seconds=10)
# Quiet for so many times as long as it usually took to come back, an error is taken to be gone.
ENOUGH = 3.0


class Verdict(StrEnum):
    """`SEEN`: it came again. `NOT_SEEN`: it did not, which says little yet. `HOLDS`: it had occasion to."""

    SEEN = "seen"
    NOT_SEEN = "not seen"
    HOLDS = "holds"


class Holding(Struct, frozen=True, kw_only=True):
    """The verdict and what it stands on.

    `times` is how often the error came since the save (`SEEN`), or its request ran again (`HOLDS`). `quiet`
    is for how many times as long as it usually took, `usual`, nothing has come; None where that is not known.
    """

    verdict: Verdict
    times: int = 0
    usual: timedelta | None = None
    quiet: float | None = None


def judge(
    saved_at: datetime, now: datetime, arrivals: Sequence[datetime], reruns: Sequence[datetime]
) -> Holding:
    """Judge a save at `saved_at`.

    `arrivals` are times at which events of the issue came, `reruns` times at which the request or transaction
    that failed was seen to run without it.
    """
    seen = sum(at > saved_at for at in arrivals)
    if seen:
        return Holding(verdict=Verdict.SEEN, times=seen)
    usual = usual_pause(arrivals)
    quiet = None if usual is None else max(0.0, (now - saved_at) / usual)
    ran = sum(at > saved_at for at in reruns)
    holds = ran > 0 or (quiet is not None and quiet >= ENOUGH)
    return Holding(verdict=Verdict.HOLDS if holds else Verdict.NOT_SEEN, times=ran, usual=usual, quiet=quiet)


def usual_pause(arrivals: Sequence[datetime]) -> timedelta | None:
    """How long it usually took until the error came again; None when it came once, or in one burst."""
    pauses: list[float] = []
    last: datetime | None = None
    for at in sorted(arrivals):
        if last is not None and at - last >= BURST:
            pauses.append((at - last).total_seconds())
        last = at
    return timedelta(seconds=statistics.median(pauses)) if pauses else None
