"""Scrubs what the receiver is about to write, where a person has chosen that (`scrub_on_receipt`).

Off, it costs a comparison for each batch of reports, and each second a look whether the preferences changed.
"""

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

from app import preferences, scrub
from app.preferences import PreferencesError
from app.scrub.unsearchable import Unsearchable
from app.settings import decoded_bytes

if TYPE_CHECKING:
    from app.scrub.rules import Rules

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
_HOW = "Send JSON or text, or switch off “Scrub before anything is written” (Preferences, Privacy)."

# received_at, protocol, project, event_id, remote, head, body: as in the receiver.
NewReport = tuple[int, str, str, str, str, bytes, bytes]


class ReceiptScrubber:
    """Follows the preferences of a data folder. Used by one thread; `is_on` may be asked by any."""

    def __init__(self, data_dir: Path) -> None:
        self._file = data_dir / preferences.FILE
        self._data_dir = data_dir
        self._looked_at = float("-inf")
        self._seen: tuple[int, int, int] | None = None
        self._rules: Rules | None = None

    @property
    def is_on(self) -> bool:
        """Whether reports are scrubbed before they are written."""
        if time.monotonic() - self._looked_at >= LOOK_SECONDS:
            self._look()
        return self._rules is not None

    def scrub(self, report: NewReport) -> NewReport:
        """The report as it may be written. Raises `Unsearchable`: then nothing of its body may be."""
        in_force = self._rules
        if in_force is None:
            return report
        received_at, protocol, project, event_id, remote, head, body = report
        try:
            clean = scrub.report_body.scrub(head, body, in_force, limit=decoded_bytes())
        except Unsearchable as error:
            raise Unsearchable(f"{error} {_HOW}") from error
        return received_at, protocol, project, event_id, remote, clean.head, clean.body

    def refusal(self, reason: str, head: bytes) -> tuple[str, bytes]:
        """Why a request was refused, and its head, as they may be written: without its body."""
        in_force = self._rules
        if in_force is None:
            return reason, head
        return in_force.hide(reason), scrub.report_body.head_of(head, in_force)

    def _look(self) -> None:
        self._looked_at = time.monotonic()
        try:
            found = self._file.stat()
            seen = (found.st_mtime_ns, found.st_size, found.st_ino)
        except FileNotFoundError:
            seen = None
        except OSError as error:
            # What was chosen before stays in force: switching off by accident would write secrets.
            log.warning("The preferences cannot be looked at: %s", error)
            return
        if seen == self._seen:
            return
        try:
            chosen = preferences.read(self._data_dir)
        except PreferencesError as error:
            log.warning("%s", error)
            return
        self._seen = seen
        if not chosen.scrub_on_receipt:
            self._rules = None
            return
        self._rules = scrub.rules.made(chosen.scrub_patterns)
        for problem in self._rules.problems:
            log.warning("A scrub pattern is left out: %s", problem)
