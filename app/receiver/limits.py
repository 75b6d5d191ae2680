"""How much is taken: of one request, and of all that are being read at the same time.

Sizes are bytes as they arrive, except where `decoded` says so. The cap on decoded bytes is absolute, never a
ratio: an honest report of a recursion reached 800:1 (docs/protocols.md, section 1, rule 3).
"""

from app.protocols import encoding
from app.receiver.refused import Refused
from app.settings import KIB, MIB, Settings

MAX_HEAD_BYTES = 64 * KIB
# Up to here nobody counts: there are only so many connections.
SMALL_BODY_BYTES = 64 * KIB
# From here on a worker thread looks into the body: it would hold up the others.
LARGE_BODY_BYTES = 256 * KIB
# For so long a client may be silent in the middle of a body.
SILENCE_SECONDS = 30.0
RETRY_SECONDS = 5


def readable(size: int) -> str:
    """`size` bytes, exactly, and in MiB where that is shorter."""
    return f"{size // MIB} MiB" if size % MIB == 0 else f"{size} bytes"


def check_head(size: int) -> None:
    """Raises `Refused` (431) for a request line and headers beyond reason."""
    if size > MAX_HEAD_BYTES:
        raise Refused(431, f"The headers are larger than {readable(MAX_HEAD_BYTES)}.")


def check_decoded(body: bytes, content_encoding: str, limit: int) -> None:
    """Raises `Refused` (413) when `body` grows beyond `limit`; a damaged one is for its protocol to judge."""
    try:
        encoding.check_size(body, content_encoding, limit)
    except encoding.TooLarge as error:
        raise Refused(
            413, f"The decoded body is larger than {readable(limit)} (setting max_decoded_bytes)."
        ) from error
    except encoding.EncodingError:
        return


class Room:
    """The memory for bodies between their first byte and their commit; `limit` is that of a single one."""

    def __init__(self, settings: Settings) -> None:
        self.limit = settings.max_body_bytes
        # As much as a few of the largest bodies; more would go to swap.
        self._left = 4 * settings.max_body_bytes

    def check(self, size: int) -> None:
        """Raises `Refused` (413) when a body of `size` bytes is too large."""
        if size > self.limit:
            raise Refused(413, f"The body is larger than {readable(self.limit)} (setting max_body_bytes).")

    def take(self, size: int) -> None:
        """Hold `size` bytes more. Raises `Refused` (503) when too much arrives at the same time."""
        self._left -= size
        if self._left < 0:
            raise Refused(503, "Too many large bodies arrive at the same time.", retry_after=RETRY_SECONDS)

    def give_back(self, size: int) -> None:
        """Let go of `size` bytes."""
        self._left += size
