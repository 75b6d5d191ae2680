"""Reads the lines of one stream for errors: whose line it is, and is it a record, or part of a trace."""

from collections.abc import Callable

from msgspec import Struct

from app.printed import json_records, line_heads
from app.printed.printed_line import PrintedLine
from app.printed.services import Services
from app.printed.trace_cutter import CutTrace, TraceCutter

_MOST_SERVICES = 200


class FoundError(Struct, frozen=True):
    """An error that was printed: its text, what was printed before, and which service printed it."""

    trace: CutTrace
    service: str | None = None


class Scanner:
    """Takes lines, and calls `found` with each stack trace, and each JSON record of an error."""

    def __init__(self, found: Callable[[FoundError], None]) -> None:
        self._found = found
        self._services = Services()
        self._cutters: dict[str | None, TraceCutter] = {}

    @property
    def is_open(self) -> bool:
        """Whether a trace may have begun, so that a pause would end it."""
        return any(cutter.is_open for cutter in self._cutters.values())

    @property
    def is_slow(self) -> bool:
        """Whether what is open is printed with pauses."""
        return any(cutter.is_slow for cutter in self._cutters.values())

    def take(self, text: str, at: float | None = None, number: int | None = None) -> None:
        """Take a plain line, when it was printed, and its number in its file."""
        service, text = self._services.split(text)
        headed = line_heads.take_off(text)
        service = service or headed.service
        line = PrintedLine(headed.text, headed.at if headed.at is not None else at, number)
        cutter = self._cutter(service)
        if json_records.may_be_error(line.text):
            cutter.pause()
            self._found(FoundError(CutTrace((line,), tuple(cutter.recent)), service))
        cutter.feed(line)

    def pause(self) -> None:
        """No line has come for a moment, or none comes any more: what is open is complete."""
        for cutter in self._cutters.values():
            cutter.pause()

    def _cutter(self, service: str | None) -> TraceCutter:
        if service not in self._cutters:
            if len(self._cutters) >= _MOST_SERVICES:
                service = None
            self._cutters.setdefault(
                service, TraceCutter(lambda trace: self._found(FoundError(trace, service)))
            )
        return self._cutters[service]
