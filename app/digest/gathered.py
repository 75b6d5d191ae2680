"""What the digest has understood and not yet filed, and whether an issue in it is new."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.digest.before_digest import Understood
from app.store.queue.report_queue import Claim, ReportSetback

# The keys that are remembered; an issue whose key is forgotten is only shown sooner.
MOST_KEYS = 10_000


class Gathered(Struct, frozen=True):
    """Reports in line that are filed together; `left` leave the line, of which `large` for the slow lane.

    `is_news`: one of them is of an issue that has not been filed lately.
    """

    claim: Claim
    understood: Sequence[Understood]
    left: Sequence[ReportSetback]
    large: int
    is_news: bool

    def followed_by(self, more: "Gathered") -> "Gathered":
        """Both together; `more` are the next reports in line."""
        return Gathered(
            replace(more.claim, reports=(*self.claim.reports, *more.claim.reports)),
            (*self.understood, *more.understood),
            (*self.left, *more.left),
            self.large + more.large,
            self.is_news or more.is_news,
        )


class FiledKeys:
    """The grouping keys that were filed lately, by project."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, str]] = set()

    def is_news(self, understood: Sequence[Understood]) -> bool:
        """Whether an event has another key than all that were filed lately."""
        return not self._keys.issuperset(_keys_of(understood))

    def filed(self, understood: Sequence[Understood]) -> None:
        """These are filed."""
        if len(self._keys) > MOST_KEYS:
            self._keys.clear()
        self._keys.update(_keys_of(understood))


def _keys_of(understood: Sequence[Understood]) -> Iterable[tuple[str, str]]:
    return ((event.project, event.key) for each in understood for event in each.entries.events)
