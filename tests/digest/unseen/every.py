"""All pairs that grouping was not tuned on when they were written, by where they come from."""

from collections.abc import Callable, Iterator

from tests.digest.unseen import named, recorded, said
from tests.digest.unseen.pairs import Pair
from tests.digest.unseen.written import every as written

SOURCES: dict[str, Callable[[], Iterator[Pair]]] = {
    "recorded requests, and on the wire": recorded.pairs,
    "printed traces": recorded.printed,
    "messages": said.pairs,
    "names": named.pairs,
    "platforms without a recording": written.pairs,
}
