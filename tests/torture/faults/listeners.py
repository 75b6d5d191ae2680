"""A user's `listeners.py` that hangs, ends its process or breaks its environment."""

import json
import subprocess
from collections.abc import Mapping
from typing import Any

import psutil

from app import paths
from tests.torture import program, records
from tests.torture.arena import Arena
from tests.torture.fault import Fault
from tests.torture.faults.kills import complain_of_survivors
from tests.torture.outcome import Outcome

STOP_SECONDS = 10.0
# Code that fails at import is disabled after two deaths; the first two are what users really write.
CODES: Mapping[str, str] = {
    "a catastrophic regex": "import re\ndef before_digest(event):\n    re.match('(a+)+$', 'a' * 60 + 'b')\n",
    "exit at import": "import os\nos._exit(1)\n",
    "segfault at import": "import ctypes\nctypes.string_at(0)\n",
    "hang at import": "import time\ntime.sleep(600)\n",
    "endless loop": "def before_digest(event):\n    while True:\n        pass\n",
    "endless loop that swallows all": (
        "def before_digest(event):\n    while True:\n        try:\n            while True: pass\n"
        "        except BaseException:\n            pass\n"
    ),
    "descriptors closed at import": "import os\nos.closerange(0, 4096)\n",
    "descriptors closed": (
        "import os\ndef before_digest(event):\n    os.closerange(0, 4096)\n    return event\n"
    ),
    "signals ignored": (
        "import signal\nfor number in (1, 2, 12, 15):\n    signal.signal(number, signal.SIG_IGN)\n"
        "def before_digest(event):\n    signal.pause()\n"
    ),
    "segfault": "import ctypes\ndef before_digest(event):\n    ctypes.string_at(0)\n",
    "exit": "import sys\ndef before_digest(event):\n    sys.exit(3)\n",
    "all memory": (
        "def before_digest(event):\n    big = []\n    while True:\n        big.append(bytearray(1 << 26))\n"
    ),
    "endless recursion": "def before_digest(event):\n    return before_digest(event)\n",
    "a syntax error": "def before_digest(event:\n",
    "threads without end": (
        "import threading\ndef hang():\n    while True: pass\nfor _ in range(20):\n"
        "    threading.Thread(target=hang).start()\ndef before_digest(event):\n    return event\n"
    ),
    "a wrong answer": "def before_digest(event):\n    return 7\n",
}
# These affect nothing else: no failure needs to be recorded.
HARMLESS = frozenset(("threads without end", "signals ignored"))


def harmful_code(arena: Arena, times: int) -> Outcome:
    """Each code in turn, on the same store; each time the engine is stopped by SIGTERM."""
    names = [list(CODES)[number % len(CODES)] for number in range(times)]
    complaints: list[str] = []
    slowest = 0.0
    with arena.senders(connections=2, pause=0.02) as senders:
        for name in names:
            before = len(_failures(arena)) if arena.port else 0
            (arena.config / paths.LISTENERS).write_text(CODES[name], "utf-8")
            arena.start()
            senders.wait_for(20)
            if name not in HARMLESS:
                complaints.append(_wait_for_failure(arena, name, before))
            senders.wait_for(20)
            seconds, complaint = _stop(arena, name)
            slowest = max(slowest, seconds)
            complaints.append(complaint)
        (arena.config / paths.LISTENERS).unlink()
        arena.start()
        senders.wait_for(5)
    arena.wait_until_digested()
    return arena.outcome(
        times,
        senders,
        *complaints,
        records.dead_letters(arena.folder),
        figure=f"ended in {slowest:.1f} s at most",
    )


def _wait_for_failure(arena: Arena, name: str, before: int) -> str:
    """Wait until `main.py queue` lists a new failure with its place; a complaint when it never does."""

    def is_named() -> bool:
        return len(_failures(arena)) > before

    try:
        arena.wait_until(is_named, f"the queue to name {name}", 90)
    except TimeoutError as error:
        return str(error)
    newest = _failures(arena)[0]
    if not newest["listener"] or (
        ":" not in newest["place"] and not _queue(arena)["listeners_left_out"]["since"]
    ):
        return f"{name} is not named: {newest}"
    return ""


def _failures(arena: Arena) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _queue(arena)["listener_failures"]
    return found


def _queue(arena: Arena) -> dict[str, Any]:
    printed = program.run(arena, "queue", "--json")
    assert printed.code == 0, printed.everything
    said: dict[str, Any] = json.loads(printed.output)
    return said


def _stop(arena: Arena, name: str) -> tuple[float, str]:
    """SIGTERM; returns the seconds until the engine ended, and a complaint if that took too long or a process
    is left.
    """
    processes = arena.descendants()
    try:
        seconds = arena.stop(3 * STOP_SECONDS)
    except subprocess.TimeoutExpired:
        arena.kill()
        return 3 * STOP_SECONDS, f"with {name} the engine did not end on SIGTERM"
    late = f"with {name} the engine took {seconds:.1f} s to end" if seconds > STOP_SECONDS else ""
    return seconds, late or complain_of_survivors(processes)


def killed_while_one_hangs(arena: Arena, times: int) -> Outcome:
    """`kill -9` of the engine ends the process of a user's code, and what that has started."""
    child = (
        "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    )
    (arena.config / paths.LISTENERS).write_text(child + CODES["endless loop"], "utf-8")
    left: list[psutil.Process] = []
    with arena.senders(connections=2, pause=0.02) as senders:
        for _time in range(times):
            arena.start()
            senders.wait_for(10)
            arena.wait_until(lambda: _has_grandchildren(arena), "what the user's code has started")
            arena.pause(arena.rng.uniform(0, 1.5))
            left += arena.kill()
        (arena.config / paths.LISTENERS).unlink()
        arena.start()
        senders.wait_for(5)
    return arena.outcome(times, senders, complain_of_survivors(left), figure=f"{len(left)} processes ended")


def _has_grandchildren(arena: Arena) -> bool:
    try:
        return any(child.children() for each in arena.engine.children() for child in each.children())
    except psutil.NoSuchProcess:
        return False


FAULTS = (
    Fault("harmful listeners", harmful_code, short=1, long=len(CODES)),
    Fault("engine killed while a listener hangs", killed_while_one_hangs, short=1, long=20),
)
