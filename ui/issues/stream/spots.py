"""Where a person is in each list, to come back to it: after a search, from a page, at the next start."""

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.sorting import Sort
from ui.issues.row.metrics import Density
from ui.places import INBOX, Place

_MOST = 100
_SORTS = {sort.value: sort for sort in Sort}


class Spot(Struct, frozen=True):
    """A list, and where one is in it.

    `current` is the issue that is selected. `top` is the one at the upper edge, `offset` pixels of it above
    that; without it the list is at its beginning.
    """

    place: Place = INBOX
    text: str = ""
    current: int | None = None
    top: int | None = None
    offset: int = 0

    @property
    def around(self) -> int | None:
        """The issue that has to be loaded."""
        return self.top if self.current is None else self.current


class ListState(Struct, frozen=True):
    """What is stored at the end of the program."""

    spot: Spot = Spot()
    sorts: tuple[tuple[Place, Sort], ...] = ()
    density: Density = Density.COMFORTABLE


class Spots:
    """The last spot in each place, and by what each is sorted."""

    def __init__(self) -> None:
        self._spots: dict[Place, Spot] = {}
        self._sorts: dict[Place, Sort] = {}

    def leave(self, spot: Spot) -> None:
        """Remember a spot, without its search but the one of a saved view."""
        self._spots.pop(spot.place, None)
        self._spots[spot.place] = replace(spot, text=spot.place.text)
        while len(self._spots) > _MOST:
            self._spots.pop(next(iter(self._spots)))

    def of(self, place: Place) -> Spot:
        """The spot in a place; where nobody was, its beginning."""
        return self._spots.get(place) or Spot(place, place.text)

    def sort(self, place: Place) -> Sort:
        """By what a place is sorted."""
        own = "" if place.saved is None else place.saved.sort
        return self._sorts.get(place, _SORTS.get(own, Sort.LAST_SEEN))

    def set_sort(self, place: Place, sort: Sort) -> None:
        """Sort a place by this from now on."""
        self._sorts[place] = sort

    def encode(self, spot: Spot, density: Density) -> str:
        """All that is stored, with the spot that is shown."""
        sorts = tuple(pair for pair in self._sorts.items() if pair[1] is not Sort.LAST_SEEN)[-_MOST:]
        return msgspec.json.encode(ListState(spot, sorts, density)).decode()

    def decode(self, text: str) -> ListState:
        """Take over what was stored; where it cannot be read, the beginning."""
        try:
            state = msgspec.json.decode(text, type=ListState)
        except msgspec.MsgspecError:
            state = ListState()
        self._sorts.update(state.sorts)
        return state
