"""How much is taken: of one request, of all that are being read, and of all that wait to be digested.

Sizes are bytes as they arrive, except where `decoded` says so. The cap on decoded bytes is absolute, never a
ratio: an honest report of a recursion reached 800:1 (PROTOCOLS.md, section 1, rule 3).
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from app.protocols import encoding
from app.receiver.refused import Refused
from app.settings import KIB, MIB, Settings

MAX_HEAD_BYTES = 64 * KIB
# Above this a body is looked into by a worker thread: it would hold up the others.
LARGE_BODY_BYTES = 256 * KIB
# For so long a client may be silent in the middle of a body.
SILENCE_SECONDS = 30
RETRY_SECONDS = 5

Result = TypeVar("Result")


def check_head(head: bytes) -> None:
    """Raises `Refused` (431) for request lines and headers beyond reason."""
    if len(head) > MAX_HEAD_BYTES:
        raise Refused(431, f"The headers are larger than {MAX_HEAD_BYTES} bytes.")


def readable(size: int) -> str:
    """`size` bytes in the words of a settings file: exact, and in MiB where that is shorter."""
    return f"{size // MIB} MiB" if size % MIB == 0 else f"{size} bytes"


class BodyReader:
    """Reads bodies that do not come in one piece, up to the cap, and never too many at once."""

    def __init__(self, settings: Settings) -> None:
        self._limit = settings.max_body_bytes
        # As much as a few of the largest bodies; what lies beyond would go to swap.
        self._room = 4 * settings.max_body_bytes

    def check(self, size: int) -> None:
        """Raises `Refused` (413) when a body of `size` bytes is too large."""
        if size > self._limit:
            raise Refused(413, f"The body is larger than {readable(self._limit)} (setting max_body_bytes).")

    async def rest(
        self, first: bytes, announced: bytes | None, receive: Callable[[], Awaitable[Any]]
    ) -> bytes:
        """The whole body that began with `first`. Raises `Refused`: 400, 408, 413 or 503."""
        if announced is not None and announced.isdigit():
            self.check(int(announced[:19]))
        pieces = [first]
        size = len(first)
        self._room -= size
        try:
            while True:
                try:
                    async with asyncio.timeout(SILENCE_SECONDS):
                        message = await receive()
                except TimeoutError:
                    raise Refused(
                        408, f"The body stopped after {size} bytes, for {SILENCE_SECONDS} seconds."
                    ) from None
                if message["type"] != "http.request":
                    raise CutShort(b"".join(pieces), size, announced)
                piece = message["body"]
                pieces.append(piece)
                size += len(piece)
                self._room -= len(piece)
                self.check(size)
                if self._room < 0:
                    raise Refused(
                        503, "Too many large bodies arrive at the same time.", retry_after=RETRY_SECONDS
                    )
                if not message["more_body"]:
                    return b"".join(pieces)
        finally:
            self._room += size


class CutShort(Refused):
    """The client went away in the middle of its body; `body` is what came."""

    def __init__(self, body: bytes, size: int, announced: bytes | None) -> None:
        of = f" of {announced.decode('latin-1')}" if announced else ""
        super().__init__(400, f"The client went away after {size}{of} bytes of the body.", offset=size)
        self.body = body


class LargeBodies:
    """Looks into large bodies in a few worker threads, so that a bomb meets its limit and nobody waits."""

    def __init__(self, settings: Settings) -> None:
        self._limit = settings.max_decoded_bytes
        self._workers = ThreadPoolExecutor(2, thread_name_prefix="large-bodies")

    async def look(self, body: bytes, content_encoding: bytes, accept: Callable[[], Result]) -> Result:
        """What `accept` finds. Raises what it raises, and `Refused` (413) when the body grows too large."""

        def check_and_accept() -> Result:
            self._check(body, content_encoding.decode("latin-1"))
            return accept()

        return await asyncio.get_running_loop().run_in_executor(self._workers, check_and_accept)

    def stop(self) -> None:
        """Finish what was begun."""
        self._workers.shutdown(wait=True)

    def _check(self, body: bytes, content_encoding: str) -> None:
        try:
            encoding.decode(body, content_encoding, limit=self._limit)
        except encoding.TooLarge as error:
            raise Refused(
                413,
                f"The decoded body is larger than {readable(error.limit)} (setting max_decoded_bytes).",
            ) from error
        except encoding.EncodingError:
            # Whether a damaged body is still worth taking is for the protocol to say.
            return
