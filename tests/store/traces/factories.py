"""Parts of traces, as the digest files them."""

from typing import Any

from app.store.inbox.issues import projects
from app.store.traces import trace_rows
from app.store.traces.trace_rows import Part, TracedEvent
from tests.factories import NOON, Store

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def make_part(content: bytes = b"spans", *, at: int = NOON, project_id: int = 1, **fields: Any) -> Part:
    """A part of `TRACE`."""
    given: dict[str, Any] = {"server": None, "traces": frozenset((TRACE,))}
    return Part(received_at=at, project_id=project_id, content=content, **(given | fields))


def add(store: Store, *parts: Part, events: tuple[TracedEvent, ...] = ()) -> None:
    """Add parts, of the projects 1 and 2: shop and web."""
    for name in ("shop", "web"):
        store.write(projects.numbers, [name], NOON)
    store.write(trace_rows.add, parts, events)
