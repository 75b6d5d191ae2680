"""A burst of one project, and what another has to say."""

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
from tests.torture.senders import Senders
from tests.torture.wire import Wire, request

UNTOLD = (NoticeState.COOLED, NoticeState.COUNTED)


def burst(arena: Arena, times: int) -> Outcome:
    """The first error of a quiet project is told by itself, however many another has just had."""
    arena.start()
    senders = arena.senders(connections=0)
    with Wire(arena.port) as wire:
        for number in range(times):
            _fail(wire, senders, "noisy", f"{_letters(number)}Error")
        arena.settle()
        _fail(wire, senders, "quiet", "FirstEverError")
    arena.settle()
    with closing(open_existing(arena.folder)) as database, database.reading() as connection:
        rows = connection.execute(select(t.outbox.c.project, t.outbox.c.state)).all()
    quiet = [state for project, state in rows if project == "quiet"]
    loud = sum(1 for project, state in rows if project == "noisy" and state not in UNTOLD)
    return arena.outcome(
        times,
        senders,
        ""
        if quiet and all(state not in UNTOLD for state in quiet)
        else f"the first error of another: {quiet}",
        figure=f"{loud} of {times} told one by one, and the other's",
    )


def _fail(wire: Wire, senders: Senders, project: str, kind: str) -> None:
    event_id = uuid.uuid4().hex
    frames = [{"function": kind, "module": project, "lineno": 1}]
    said = envelope(event_id, exception={"values": [{"type": kind, "stacktrace": {"frames": frames}}]})
    answer = wire.ask(request(f"/api/1/envelope/?sentry_key={project}", said, {}))
    senders.answers[answer.status] += 1
    if answer.status == 200:
        senders.acknowledged.append(event_id)


def _letters(number: int) -> str:
    """A name in letters: numbers do not tell one error from another."""
    return "".join(chr(ord("A") + int(digit)) for digit in f"{number:04}")


FAULTS = (Fault("a burst of 402 new issues", burst, short=402, long=4_000),)
