"""Loads a person's file and calls what it attaches, in the process that `process` has prepared for it.

Everything here may hang or end the process; `host` handles both. So each call is reported before it is made.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from app import signals
from app.listeners import event_changes, failure_text
from app.listeners.frames import Announced, Announcement, Calling, Considered, Done
from app.model import Event

MODULE = "arecibo_listeners"
BEFORE_DIGEST = "before_digest"
LARGEST_CHANGE_BYTES = 32 << 20

Function = Callable[..., Any]

_event = msgspec.json.Decoder(Event)


class PersonCode:
    """One file, loaded once. `reply` queues an answer, and with `now` sends all that are queued."""

    def __init__(
        self,
        file: str,
        left_out: tuple[str, ...],
        *,
        slow_seconds: float,
        reply: Callable[..., None],
    ) -> None:
        self._file = file
        self._left_out = frozenset(left_out)
        self._slow_seconds = slow_seconds
        self._reply: Callable[..., None] = reply
        self._slow: set[str] = set()
        self._calling = Calling("", "", "")
        self._before_digest: Function | None = None
        self._is_loaded = False

    def load(self) -> None:
        """Run the file; reports why it cannot be loaded."""
        name = Path(self._file).name
        self._announce_call(Calling(name, self._file, name))
        module = ModuleType(MODULE)
        module.__file__ = self._file
        # dataclasses and others look modules up there.
        sys.modules[MODULE] = module
        try:
            # Not by the import machinery: its cache detects changes of a file only in whole seconds.
            code = compile(Path(self._file).read_bytes(), self._file, "exec", dont_inherit=True)
            with self._timed(name, None):
                exec(code, module.__dict__)  # noqa: S102 - it is what the file is for
        except Exception as error:  # noqa: BLE001 - whatever a person's code raises is stored and shown
            self._reply(failure_text.failed(self._file, name, error, None))
            return
        self._is_loaded = True
        function = getattr(module, BEFORE_DIGEST, None)
        if function is not None and self._key(BEFORE_DIGEST, BEFORE_DIGEST, function) not in self._left_out:
            self._before_digest = function

    def consider(self, event: bytes) -> None:
        """Let `before_digest` change or drop an event, given as JSON."""
        act, considered = self._before_digest, Considered()
        if act is not None:
            key = self._key(BEFORE_DIGEST, BEFORE_DIGEST, act)
            self._announce_call(Calling(BEFORE_DIGEST, failure_text.definition(self._file, act), key))
            try:
                considered = self._considered(act, event)
            except Exception as error:  # noqa: BLE001 - whatever a person's code raises is stored and shown
                self._reply(failure_text.failed(self._file, BEFORE_DIGEST, error, act))
        self._reply(considered, now=True)

    def announce(self, announcement: Announcement) -> None:
        """Call every listener of its signals, whatever the others raise."""
        # Calls are announced for each announcement: it is not sent again to a listener that was called.
        self._calling = Calling("", "", "")
        event = None if announcement.event is None else _event.decode(announcement.event)
        skip = self._left_out.union(announcement.skip)
        for name in announcement.signals:
            values = _values(name, announcement, event)
            for listener in list(signals.ALL[name].receivers_for(None)):
                self._send(name, listener, values, skip)
        self._reply(Announced(), now=True)

    def done(self) -> Done:
        """What the file has attached by now."""
        attached = tuple(name for name, signal in signals.ALL.items() if signal.receivers)
        if not self._is_loaded:
            return Done(is_loaded=False)
        return Done(signals=attached, change_events=self._before_digest is not None)

    def _considered(self, act: Function, event: bytes) -> Considered:
        with self._timed(BEFORE_DIGEST, act):
            result = act(_event.decode(event))
        if result is None:
            return Considered(is_dropped=True)
        if not isinstance(result, Event):
            # Named by its type: its own text may be endless, or raise anything.
            kind = type(result).__name__
            raise TypeError(f"It must return an Event, or None to drop it; not a value of type {kind}")
        if event_changes.encoded(result) == event:
            return Considered()
        changes = event_changes.changes(_event.decode(event), result)
        if changes is not None and len(changes) > LARGEST_CHANGE_BYTES:
            raise ValueError(f"What it changed of the event is larger than {LARGEST_CHANGE_BYTES:,} bytes")
        return Considered(changes=changes)

    def _send(self, signal: str, listener: Function, values: dict[str, Any], skip: frozenset[str]) -> None:
        name = getattr(listener, "__qualname__", None) or repr(listener)
        key = self._key(signal, name, listener)
        if key in skip:
            return
        self._announce_call(Calling(name, failure_text.definition(self._file, listener), key))
        try:
            with self._timed(name, listener):
                listener(None, **values)
        except Exception as error:  # noqa: BLE001 - whatever a person's code raises is stored and shown
            self._reply(failure_text.failed(self._file, name, error, listener))

    def _announce_call(self, calling: Calling) -> None:
        if calling != self._calling:
            self._calling = calling
            self._reply(calling, now=True)

    def _key(self, signal: str, name: str, function: Function) -> str:
        return f"{signal} {name} {failure_text.definition(self._file, function)}"

    @contextmanager
    def _timed(self, name: str, act: Function | None) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        except Exception:
            raise
        except BaseException as error:  # noqa: BLE001 - see below
            # A person's code may raise SystemExit: it must not end the process.
            raise RuntimeError(f"It raised {error!r}").with_traceback(error.__traceback__) from None
        took = time.monotonic() - began
        if took > self._slow_seconds and name not in self._slow:
            self._slow.add(name)
            self._reply(failure_text.slow(self._file, name, took, act))


def _values(signal: str, announcement: Announcement, event: Event | None) -> dict[str, Any]:
    if signal == "notification_created":
        return {"notice": announcement.notice}
    if signal == "event_assigned":
        return {"event": event, "issue": announcement.issue}
    return {"event": event, "issue_id": announcement.issue_id}
