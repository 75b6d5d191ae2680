"""The outcome of a fault."""

from msgspec import Struct

from tests.torture.comparison import Comparison


class Outcome(Struct, frozen=True):
    """The outcome of a fault that was injected `times` times. `figure` is what was measured, in a few words.

    `complaints` say what went wrong apart from the comparison with the store.
    """

    times: int
    comparison: Comparison
    figure: str = ""
    complaints: tuple[str, ...] = ()

    @property
    def is_survived(self) -> bool:
        """Whether nothing was lost or counted twice, and there are no complaints."""
        return self.comparison.is_exact and not self.complaints
