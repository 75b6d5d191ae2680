"""Reads logs for errors, and reports them: the same log read twice makes each event once."""

import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from app.protocols.event import event_ids
from app.protocols.printed import Printed, PrintedBefore
from app.runs.engine_start import RunEngine
from app.runs.log_files import FoundInLog, LogFile, read_all
from app.runs.reporter import Reporter
from app.settings import Settings

FLUSH_SECONDS = 30.0


class Done(Struct, frozen=True):
    """How many errors were sent, and why others were not."""

    sent: int
    lost: tuple[str, ...]


class LogReading:
    """Reads the files `paths` (None is stdin), for `project` or each for its folder's name."""

    def __init__(
        self,
        settings: Settings,
        paths: Sequence[Path | None],
        project: str | None,
        *,
        notice: Callable[[str], None] = lambda _sentence: None,
    ) -> None:
        self._paths = paths
        self._project = project
        self._engine = RunEngine(settings, notice)
        self._reporter: Reporter | None = None

    def read(self, *, follow: bool, is_over: Callable[[float], bool]) -> Done:
        """Read them to their end, or until `is_over`, which waits for so many seconds, says so.

        Raises `OSError` where a file cannot be read, and `NoEngine`.
        """
        files: list[LogFile] = []
        try:
            files.extend(LogFile(path, self._found) for path in self._paths)
            self._engine.url()
            self._reporter = Reporter(self._engine.url)
            read_all(files, follow=follow, is_over=is_over)
            sent, lost = self._reporter.finish(FLUSH_SECONDS)
            return Done(sent, tuple(lost))
        finally:
            for file in files:
                file.close()
            self._engine.stop()

    def _found(self, found: FoundInLog) -> None:
        assert self._reporter is not None
        trace, path = found.error.trace, found.file
        place = "" if path is None else str(path.resolve())
        first = trace.lines[0]
        # What comes by a pipe has no place: each of it is new.
        is_placed = bool(place) and first.number is not None
        self._reporter.send(
            Printed(
                event_id=event_ids.derive("read", place, found.beginning.hex(), str(first.number), trace.text)
                if is_placed
                else event_ids.mint(),
                project=self._project or _project_of(path),
                text=trace.text,
                at=trace.lines[-1].at or (time.time() if path is None else None),
                before=tuple(PrintedBefore(line.text, line.at) for line in trace.before),
                service=found.error.service,
                file=place or None,
                line=first.number,
                host=socket.gethostname(),
            )
        )


def _project_of(path: Path | None) -> str:
    folder = Path.cwd() if path is None else path.resolve().parent
    return folder.name or "app"
