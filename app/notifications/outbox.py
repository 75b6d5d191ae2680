"""What is to be told: written by the digest in its own transaction, sent by whoever it is for."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.happenings import Happening


def enter(connection: Connection, happenings: Sequence[Happening], now: int) -> None:
    """Write what is to be told of `happenings`; `now` is in microseconds."""
