"""What came of a fault."""

from msgspec import Struct

from tests.torture.books import Books


class Outcome(Struct, frozen=True):
    """What came of a fault that was done `times` times. `figure` is what was measured, in a few words.

    `complaints` say what went wrong beside the books; without any, and with books that balance, the fault was
    survived.
    """

    times: int
    books: Books
    figure: str = ""
    complaints: tuple[str, ...] = ()

    @property
    def is_survived(self) -> bool:
        """Whether nothing was lost, nothing counted twice, and nothing else is to be complained of."""
        return self.books.balance and not self.complaints
