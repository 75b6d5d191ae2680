"""Opening events in the detail pane: how soon each is painted, and whether `j` held down stays smooth.

Each round is a window of its own, started as a user starts it, on a store of 500 issues with an ordinary
event each, and one with an event of a megabyte: 500 frames with large locals. Opened is from the key to
the end of the paint that shows the event; the editor's command says itself when it runs. While `j` is
held down, what counts is how late the event loop is.
"""

import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.digest.pipeline import Digest
from app.settings import Settings
from app.store.database import open_for_engine
from bench import report
from bench.requests import sample
from bench.scale import stores
from bench.scale.window import run_python

ISSUES = 500
FRAMES = 500
BYTES_OF_LOCALS = 1_900
ROUNDS = 3
ORDINARY_MS, LARGE_MS, FRAME_MS, EDITOR_MS = 50.0, 150.0, 16.7, 100.0
LARGE = "LargeError"
MILLION = 1_000_000
# `main.py` restores the import as early.
WATCHED = """
import ui
ui.plain_import.restore()
from bench import detail_watched
detail_watched.run()
"""


def run() -> None:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp(prefix="arecibo-bench-"))
    try:
        make(folder / "store")
        found = [_opened(folder, number) for number in range(ROUNDS)]
    finally:
        shutil.rmtree(folder)
    for name, title, target in (
        ("first_ms", "first event after the start opened, ms", ORDINARY_MS),
        ("first_large_ms", "the same, an event of 1 MB, ms", LARGE_MS),
        ("ordinary_ms", "ordinary event opened, ms", ORDINARY_MS),
        ("large_ms", "event of 1 MB opened, ms", LARGE_MS),
        ("editor_ms", "O to the editor's command started, ms", EDITOR_MS),
        ("held_p99_ms", "event-loop lag p99 with j held down, ms", FRAME_MS),
        ("landed_ms", "the last of them painted, ms", ORDINARY_MS),
    ):
        values = [round_[name] for round_ in found]
        report.figure(title, statistics.median(values), target, less_is_better=True)


def _opened(folder: Path, number: int) -> dict[str, float]:
    seen: dict[str, float] = {}
    for first in ("ordinary", "large"):
        copy = folder / f"{number}-{first}"
        shutil.copytree(folder / "store", copy)
        seen |= json.loads(run_python("-c", WATCHED, str(copy), first))
        shutil.rmtree(copy)
    report.row(f"round {number + 1}", *(f"{name} {value:.1f}" for name, value in seen.items()))
    return seen


def make(folder: Path) -> None:
    """A store with these events, the large one the newest."""
    folder.mkdir(parents=True)
    database = open_for_engine(folder).database
    end = time.time_ns() // 1_000
    stores.receive(database, list(_reports(end - ISSUES * MILLION)))
    Digest(database, Settings(data_dir=folder)).run()
    database.close()


def _reports(begin: int) -> Iterator[stores.Row]:
    header, item, payload, *_rest = sample().split(b"\n")
    ordinary: dict[str, Any] = json.loads(payload)
    for number in range(1, ISSUES + 2):
        event = ordinary | {"event_id": f"{number:032x}", "fingerprint": [str(number)]}
        if number > ISSUES:
            event |= {"exception": {"values": [_large(ordinary["exception"]["values"][-1])]}}
        body = json.dumps(event).encode()
        head, kind = json.loads(header), json.loads(item)
        lines = (head | {"event_id": event["event_id"]}, kind | {"length": len(body)})
        envelope = b"\n".join((*(json.dumps(line).encode() for line in lines), body, b""))
        request = b"POST /api/1/envelope/ HTTP/1.1\r\ncontent-type: application/x-sentry-envelope"
        received = begin + number * MILLION
        yield number, received, "sentry.envelope", "shop", event["event_id"], "127.0.0.1", request, envelope


def _large(exception: dict[str, Any]) -> dict[str, Any]:
    (frame, *_others) = exception["stacktrace"]["frames"]
    frames = [
        frame
        | {
            "function": f"step_{number}",
            "lineno": number + 10,
            "in_app": number % 3 == 0,
            "vars": {
                f"value_{part}": repr(list(range(number, number + BYTES_OF_LOCALS // 20)))
                for part in range(4)
            },
        }
        for number in range(FRAMES)
    ]
    return exception | {"type": LARGE, "stacktrace": {"frames": frames}}
