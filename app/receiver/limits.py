"""Limits of size and time: for one request, one connection, and all of them together.

Sizes are bytes as they arrive, except where `decoded` says so. The cap on decoded bytes is absolute, never a
ratio: an honest report of a recursion reached 800:1 (docs/protocols.md, section 1, rule 3).
"""

import sys

from app.protocols.wire import encoding
from app.receiver.refused import Refused
from app.settings import KIB, MIB, Settings

if sys.platform != "win32":
    import resource

# -- one request -------------------------------------------------------------------------------------------

# Request line and headers. Also the limit of a chunked body's framing (sizes, extensions, trailers), beyond
# the body itself …
MAX_HEAD_BYTES = 64 * KIB
# … plus this for each byte of the body: chunks of one byte have five bytes of framing each.
MAX_FRAMING_PER_BYTE = 16
# Each piece of a chunked body costs about a microsecond of the receiver's thread.
MAX_PIECES = 500_000
# From this number on pieces are joined: a million small ones take more memory than their content.
GATHERED_PIECES = 1_024
# Bodies up to this size are not counted: the number of connections bounds them.
SMALL_BODY_BYTES = 64 * KIB
# From this size on a worker thread checks the body, which would delay the other requests.
LARGE_BODY_BYTES = 256 * KIB
# Threads for large bodies: as many are unpacked at the same time, and no more.
WORKERS = 2
# Requests of one connection that wait for their answers while it sends more; further ones are not read.
MAX_PIPELINED = 100

# -- one connection ----------------------------------------------------------------------------------------

# How long a head may take, and a new connection may be silent. Clients send theirs within milliseconds.
HEAD_SECONDS = 15.0
# How long a client may be silent in the middle of a body …
SILENCE_SECONDS = 30.0
# … and how long a body may take in all, however slowly it arrives: 64 MiB at 220 kB a second.
BODY_SECONDS = 300.0
# raygun for Node up to 2.0 never reads its answer, and its app does not end until the connection is closed.
IDLE_SECONDS = 5.0
# A body that arrives at this speed does not count as slow when connections are closed to make room.
STEADY_BYTES_PER_SECOND = 20 * KIB
# How long a client may leave answers unread, beyond what the socket's buffers hold.
UNREAD_SECONDS = 30.0
# How long a mail server may use one connection, for one mail or several.
MAIL_SECONDS = 600.0
RETRY_SECONDS = 5

# -- all connections ---------------------------------------------------------------------------------------

# Some 30 kB each; a browser and forty services at once need a tenth of it.
MAX_CONNECTIONS = 2_000
MAX_MAIL_CONNECTIONS = 100
# Descriptors for the store, its readers, the jobs and their processes.
RESERVED_DESCRIPTORS = 256
# The descriptors requested for that many connections, where the system's hard limit allows.
WANTED_DESCRIPTORS = 4_096
# Connections that may be accepted before the ones closed for them have released their descriptors.
ACCEPTED_AT_ONCE = 64

# -- what is refused ---------------------------------------------------------------------------------------

# How much of one refused body is stored; max_refused_bytes limits all of them together.
MAX_KEPT_BODY_BYTES = 16 * MIB
# How much is stored of a body whose Content-Length is too large: enough for the error, quick to receive.
TOO_LARGE_BEGINNING_BYTES = 1 * MIB
# Limits of what waits in memory to be written.
MAX_REFUSALS_WAITING = 200
MAX_REFUSED_BYTES_WAITING = 16 * MIB
REFUSED_BYTES_PER_WRITE = 4 * MIB


def readable(size: int) -> str:
    """`size` bytes, exactly, and in MiB where that is shorter."""
    return f"{size // MIB} MiB" if size % MIB == 0 else f"{size} bytes"


def check_head(size: int) -> None:
    """Raises `Refused` (431) for a request line and headers beyond reason."""
    if size > MAX_HEAD_BYTES:
        raise Refused(431, f"The headers are larger than {readable(MAX_HEAD_BYTES)}.")


def check_decoded(body: bytes, content_encoding: str, limit: int) -> None:
    """Raises `Refused` (413) when `body` decodes to more than `limit`; its protocol judges a damaged one."""
    try:
        encoding.check_size(body, content_encoding, limit)
    except encoding.TooLarge as error:
        raise Refused(
            413, f"The decoded body is larger than {readable(limit)} (setting max_decoded_bytes)."
        ) from error
    except encoding.EncodingError:
        return


def descriptors() -> int:
    """How many descriptors this process may have open, once the limit is as high as it may go."""
    if sys.platform != "win32":
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        infinite = resource.RLIM_INFINITY
        wanted = WANTED_DESCRIPTORS if hard == infinite else min(hard, WANTED_DESCRIPTORS)
        if soft != infinite and soft < wanted:
            try:
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            except (OSError, ValueError):
                # The system may have a lower limit of its own: then the current one stays.
                return soft
            return wanted
        return WANTED_DESCRIPTORS if soft == infinite else soft
    else:  # noqa: RET505 - for the type checker, which knows one of both only
        # Windows has no such limit in practice.
        return WANTED_DESCRIPTORS


def max_connections(available: int) -> int:
    """How many connections are held open where `available` descriptors are to be had."""
    return max(16, min(MAX_CONNECTIONS, available - RESERVED_DESCRIPTORS - 3 * ACCEPTED_AT_ONCE))


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
        """Release `size` bytes."""
        self._left += size
