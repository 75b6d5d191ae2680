"""Real events to vary: what clients sent (`samples/captures`), what runtimes printed, and browsers' reports.

One event a bug: of the captures that tell of the same bug (the same case of the same client) only the first
is taken. A third of them is held out: nothing was ever tuned by those.
"""

import zlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from app.digest.grouping import v1
from app.model import Event
from app.protocols import table
from app.protocols.plain import read as plain
from tests.protocols import captures

TESTS = Path(__file__).parents[2]
TRACES = (TESTS / "samples" / "grouping" / "traces", TESTS / "protocols" / "stacktrace" / "samples")


class Base(Struct, frozen=True):
    """A real event; `source` is the client or language that it is of."""

    name: str
    source: str
    event: Event

    @property
    def held_out(self) -> bool:
        return zlib.crc32(self.name.encode()) % 3 == 0


@cache
def every() -> tuple[Base, ...]:
    """All base events, by name."""
    return (*_captured(), *_printed())


def cases() -> list[Any]:
    """A parameter of a test for each base event; those that repeat others run with all captures only.

    Of captures that is what `captures.cases` says, of printed traces every second one of each source.
    """
    printed: Counter[str] = Counter()
    found = []
    for base in every():
        if "#" in base.name:
            is_first = base.name.partition("#")[0] in captures.first_of_a_kind()
        else:
            is_first = printed[base.source] % 2 == 0
            printed[base.source] += 1
        found.append(pytest.param(base, id=base.name, marks=() if is_first else (pytest.mark.all_captures,)))
    return found


def _captured() -> Iterator[Base]:
    seen = set()
    for name in captures.names():
        client = name.partition("/")[0]
        for number, event in enumerate(captures.load(name).read().events):
            # Only what is taken for one bug depends on this: an algorithm that is none of those to be judged.
            mark = (client, v1.key(event)[0])
            if mark not in seen:
                seen.add(mark)
                yield Base(f"{name}#{number}", client, event)


def _printed() -> Iterator[Base]:
    for folder in TRACES:
        for path in sorted(folder.glob("*/*.txt")):
            event = of_text(path.read_text("utf-8"))
            if event.exceptions:
                yield Base(
                    f"{folder.parent.name}/{path.parent.name}/{path.stem}",
                    f"{folder.parent.name}/{path.parent.name}",
                    event,
                )


def of_text(text: str) -> Event:
    """The event of what a program printed."""
    report = captures.report_of("plain", table.Accepted(project="shop", event_id="0" * 32))
    (event,) = plain.read(report, text.encode()).events
    return event
