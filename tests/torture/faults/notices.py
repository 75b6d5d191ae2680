"""A burst of new issues in one project, and the first error of another."""

import uuid
from contextlib import closing

from sqlalchemy import select

from app.store import schema as t
from app.store.database import open_existing
from app.store.notices.notice import NoticeState
from tests.factories import envelope
from tests.torture.arena import Arena
from tests.torture.fault import Fault
from tests.torture.outcome import Outcome
from tests.torture.raw_connection import RawConnection, request
from tests.torture.senders import Senders

NOT_SENT = (NoticeState.COOLED, NoticeState.COUNTED)


def burst(arena: Arena, times: int) -> Outcome:
    """The first error of a quiet project gets a notice of its own, however many another has just had."""
    arena.start()
    senders = arena.senders(connections=0)
    with RawConnection(arena.port) as connection:
        for number in range(times):
            _fail(connection, senders, "noisy", f"{_letters(number)}Error")
        arena.wait_until_digested()
        _fail(connection, senders, "quiet", "FirstEverError")
    arena.wait_until_digested()
    with closing(open_existing(arena.folder)) as database, database.reading() as connection:
        rows = connection.execute(select(t.outbox.c.project, t.outbox.c.state)).all()
    quiet = [state for project, state in rows if project == "quiet"]
    loud = sum(1 for project, state in rows if project == "noisy" and state not in NOT_SENT)
    return arena.outcome(
        times,
        senders,
        ""
        if quiet and all(state not in NOT_SENT for state in quiet)
        else f"the notice of the quiet project: {quiet}",
        figure=f"{loud} of {times} have a notice of their own, and so has the other project's",
    )


def _fail(connection: RawConnection, senders: Senders, project: str, kind: str) -> None:
    event_id = uuid.uuid4().hex
    frames = [{"function": kind, "module": project, "lineno": 1}]
    said = envelope(event_id, exception={"values": [{"type": kind, "stacktrace": {"frames": frames}}]})
    answer = connection.exchange(request(f"/api/1/envelope/?sentry_key={project}", said, {}))
    senders.answers[answer.status] += 1
    if answer.status == 200:
        senders.acknowledged.append(event_id)


def _letters(number: int) -> str:
    """A name without digits: the grouping ignores numbers."""
    return "".join(chr(ord("A") + int(digit)) for digit in f"{number:04}")


FAULTS = (Fault("a burst of 402 new issues", burst, short=402, long=4_000),)
