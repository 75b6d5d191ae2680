"""What a person reads, found again after rows above it have changed.

The row at the top of the view is named by its key. Where it is gone, the one before it that is still there
says where the view begins.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from ui.detail.page.layout import Place, Stacking

_KEYS = 100


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row of a section by its key, with those above it; `offset` is from its top to the view's."""

    section: int
    keys: tuple[Hashable, ...]
    offset: float


def anchor_at(stacking: Stacking, y: float) -> Anchor | None:
    """The anchor of a view that begins at this height; None at the top of the page, which stays there."""
    index = stacking.index_at(y)
    if y <= 0 or index < 0:
        return None
    keys = tuple(stacking.keys_before(index, _KEYS))
    return Anchor(stacking.section_of(index), keys, y - stacking.tops[index])


def height_of(stacking: Stacking, anchor: Anchor | None) -> float | None:
    """Where the view begins now; None while the anchor's section is not there."""
    if anchor is None:
        return 0.0
    if anchor.section >= len(stacking.starts):
        return None
    for number, key in enumerate(anchor.keys):
        index = stacking.find(Place(anchor.section, key))
        if index is not None:
            top, end = stacking.tops[index], stacking.tops[index + 1]
            return end if number else min(top + anchor.offset, end)
    return stacking.tops[stacking.starts[anchor.section]]
