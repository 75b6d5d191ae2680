"""A person's own code: `listeners.py` in the config folder, loaded when it is there and whenever it changed.

It attaches functions to `app.signals`, and may define `before_digest(event)`, which returns the event as it
is to be filed, or None to drop it. Whatever it raises is kept with its line, to be shown in the Queue view,
and the digest goes on: with the event as it came, or with the next listener. A call that takes too
long is left behind, and that listener is called no more until the file changes or the engine starts again.

Where there is no such file, the digest pays one look for it a batch.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct

from app import signals
from app.digest import changing
from app.digest.limited import Limited, TookTooLong
from app.digest.raised import Raised
from app.model import Event
from app.signals import Signal

LIMIT_SECONDS = 5.0
SLOW_SECONDS = 1.0
MODULE = "arecibo_listeners"
BEFORE_DIGEST = "before_digest"
SILENCED = "; it is called no more until the file changes"

Function = Callable[..., Any]


class Verdict(Struct, frozen=True):
    """What becomes of an event: None drops it. `changes` is what was changed of it, for `changing.apply`."""

    event: Event | None
    changes: bytes | None = None


class Listeners:
    """What one file attaches; nothing before `refresh`, and with None. `raised` is what went wrong."""

    def __init__(self, file: Path | None, *, limit_seconds: float = LIMIT_SECONDS) -> None:
        self.raised = Raised(file)
        self._file = file
        self._limit_seconds = limit_seconds
        self._limited = Limited()
        self._seen: tuple[int, int, int] | None = None
        self._attached: list[tuple[Signal, Function]] = []
        self._before_digest: Function | None = None
        self._silenced: set[Function] = set()
        self._slow: set[str] = set()

    @property
    def change_events(self) -> bool:
        """Whether there is a `before_digest`: it is given whole events, which take longer to read."""
        return self._before_digest is not None

    def refresh(self) -> None:
        """Load the file if it is there and another than last time; forget what it attached if it is gone."""
        if self._file is None:
            return
        try:
            stat = self._file.stat()
        except OSError:
            # There is none, as a rule.
            seen = None
        else:
            seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        if seen != self._seen:
            self._seen = seen
            self._unload()
            if seen is not None:
                self._load(self._file)

    def before_digest(self, event: Event) -> Verdict:
        """Let the person's `before_digest` change or drop an event."""
        act = self._before_digest
        if act is None:
            return Verdict(event)
        try:
            result = self._call(BEFORE_DIGEST, act, changing.copied(event))
            if result is None:
                return Verdict(None)
            if not isinstance(result, Event):
                # Named by its type: its own words may be endless, or raise anything.
                kind = type(result).__name__
                raise TypeError(f"It must return an Event, or None to drop it; not a value of type {kind}")
            changes = changing.changes(event, result)
        except Exception as error:  # noqa: BLE001 - whatever others' code raises is noted, and shown
            if isinstance(error, TookTooLong):
                self._before_digest = None
            self._note(BEFORE_DIGEST, error, act)
            return Verdict(event)
        return Verdict(changing.apply(event, changes), changes)

    def send(self, signal: Signal, **values: Any) -> None:
        """Call every listener of `signal`, whatever the others do."""
        for listener in list(signal.receivers_for(None)):
            if listener in self._silenced:
                continue
            name = getattr(listener, "__qualname__", None) or repr(listener)
            try:
                self._call(name, listener, None, **values)
            except Exception as error:  # noqa: BLE001 - whatever others' code raises is noted, and shown
                if isinstance(error, TookTooLong):
                    self._silenced.add(listener)
                self._note(name, error, listener)

    def _load(self, file: Path) -> None:
        before = _attached()
        try:
            self._before_digest = self._run(file)
        except Exception as error:  # noqa: BLE001 - whatever others' code raises is noted, and shown
            self._note(file.name, error, None)
            failed = True
        else:
            failed = False
        self._attached = [pair for pair in _attached() if pair not in before]
        if failed:
            self._unload()

    def _run(self, file: Path) -> Function | None:
        module = ModuleType(MODULE)
        module.__file__ = str(file)
        # Not by the import machinery: its cache knows a changed file by whole seconds.
        code = compile(file.read_bytes(), str(file), "exec", dont_inherit=True)
        # Python looks modules up there, for dataclasses and the like.
        sys.modules[MODULE] = module
        self._call(file.name, exec, code, module.__dict__)
        function: Function | None = getattr(module, BEFORE_DIGEST, None)
        return function

    def _unload(self) -> None:
        for signal, listener in self._attached:
            signal.disconnect(listener)
        self._attached, self._before_digest = [], None
        self._silenced.clear()
        self._slow.clear()
        sys.modules.pop(MODULE, None)

    def _call(self, name: str, act: Function, *arguments: Any, **values: Any) -> Any:
        began = time.monotonic()
        result = self._limited.call(lambda: act(*arguments, **values), self._limit_seconds)
        took = time.monotonic() - began
        if took > SLOW_SECONDS and name not in self._slow:
            self._slow.add(name)
            self.raised.note_slow(name, took, act)
        return result

    def _note(self, name: str, error: Exception, act: Function | None) -> None:
        self.raised.note(name, error, act, SILENCED if isinstance(error, TookTooLong) else "")


def _attached() -> list[tuple[Signal, Function]]:
    return [(signal, listener) for signal in signals.ALL.values() for listener in signal.receivers_for(None)]
