"""Pairs that differ in what is said alone: logged, or raised where nothing tells of the place."""

from collections.abc import Iterator

from app.model import EPOCH, Event, ExceptionInfo
from tests.digest.unseen import logged
from tests.digest.unseen.messages import ALIKE, UNLIKE
from tests.digest.unseen.pairs import Pair


def pairs() -> Iterator[Pair]:
    """Each message twice: logged, and raised."""
    for messages, alike in ((ALIKE, True), (UNLIKE, False)):
        for kind, (one, two) in messages.items():
            yield Pair("logged", f"message: {kind}", alike, _logged(one), _logged(two))
            yield Pair("raised", f"message: {kind}", alike, _raised(one), _raised(two))
    for written, alike in ((logged.ALIKE, True), (logged.UNLIKE, False)):
        for one, two in written:
            yield Pair(one, "message: of a library", alike, _logged(one), _logged(two))
            yield Pair(one, "message: of a library", alike, _raised(one), _raised(two))
    for at, (one, _two) in enumerate(ALIKE.values()):
        for other, (two, _one) in enumerate(ALIKE.values()):
            if at < other and one.split()[0] != two.split()[0]:
                yield Pair(f"{one!r} and {two!r}", "message: another", False, _logged(one), _logged(two))


def _logged(message: str) -> Event:
    return Event(
        event_id="0" * 32,
        project="shop",
        protocol="sentry.envelope",
        timestamp=EPOCH,
        received_at=EPOCH,
        title=message,
        message=message,
    )


def _raised(message: str) -> Event:
    return Event(
        event_id="0" * 32,
        project="shop",
        protocol="sentry.envelope",
        timestamp=EPOCH,
        received_at=EPOCH,
        title=f"OrderError: {message}",
        exceptions=(ExceptionInfo(type="OrderError", value=message),),
    )
