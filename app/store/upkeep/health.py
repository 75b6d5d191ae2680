"""Checks that the store is still where it was opened, and undamaged, before the receiver answers.

A file that is deleted, replaced or moved stays open in this process: SQLite goes on committing into it, and
no other process sees these commits. So the path is compared with the file that was opened, after each commit
and before its answers (three calls of `stat`, some microseconds a batch), and also twice a second.
"""

import logging
import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from app.store import sqlite

log = logging.getLogger(__name__)

Identity = tuple[int, int] | None


class TroubleKind(StrEnum):
    """What can be wrong with a store; `FAILING` may have passed by the next write (a full disk)."""

    GONE = "gone"
    DAMAGED = "damaged"
    FAILING = "failing"


class Trouble(Struct, frozen=True):
    """What is wrong, in a sentence for people that ends without a full stop; clients are sent it, too.

    `where` is the store's path, which clients are not sent.
    """

    kind: TroubleKind
    message: str
    where: str = ""


class StoreGone(Exception):
    """The store is not where it was opened; the text is a sentence for people."""


class StoreHealth:
    """The state of one open store. Safe from any thread.

    `changed` is called with what is wrong whenever that changes, None when all is well.
    """

    def __init__(self, file: Path, changed: Callable[[Trouble | None], None] = lambda _trouble: None) -> None:
        self.file = file
        self.trouble: Trouble | None = None
        self._changed = changed
        self._paths = [str(file) + part for part in sqlite.FILE_PARTS]
        self._opened: list[Identity] = [None] * len(sqlite.FILE_PARTS)
        self._lock = threading.Lock()

    def begin(self) -> None:
        """The store has just been opened: the file at its path is the right one."""
        self._opened = [sqlite.identity_of(path) for path in self._paths]
        self._set(None)

    @property
    def refuses(self) -> str | None:
        """Why nothing may be written now; None when it may be tried."""
        trouble = self.trouble
        return None if trouble is None or trouble.kind is TroubleKind.FAILING else trouble.message

    def demand_in_place(self) -> None:
        """Raises `StoreGone` when the store is not where it was opened."""
        opened = self._opened
        for index, path in enumerate(self._paths):
            found = sqlite.identity_of(path)
            if found != opened[index]:
                if opened[index] is None:
                    # The log is created by the first write: accept it as opened.
                    opened[index] = found
                    continue
                raise StoreGone(self._missing(index, found))

    def examine(self) -> None:
        """Compare the path: a file that is gone is reported, one that has come back is used again."""
        try:
            self.demand_in_place()
        except StoreGone as error:
            if self.trouble is None or self.trouble.kind is not TroubleKind.DAMAGED:
                self._set(Trouble(TroubleKind.GONE, str(error), str(self.file)))
        else:
            if self.trouble is not None and self.trouble.kind is TroubleKind.GONE:
                log.warning("The error store %s is back; errors are taken again.", self.file)
                self._set(None)

    def damaged(self, message: str) -> None:
        """The store must not be written any more; the text says why."""
        self._set(Trouble(TroubleKind.DAMAGED, message, str(self.file)))

    def sound(self) -> None:
        """The store was checked, and is not damaged."""
        if self.trouble is not None and self.trouble.kind is TroubleKind.DAMAGED:
            self._set(None)

    def failed(self, reason: str) -> None:
        """A write has failed for a reason that may pass."""
        if self.trouble is None:
            self._set(Trouble(TroubleKind.FAILING, reason, str(self.file)))

    def worked(self) -> None:
        """A write has succeeded."""
        if self.trouble is not None and self.trouble.kind is TroubleKind.FAILING:
            self._set(None)

    def _set(self, trouble: Trouble | None) -> None:
        with self._lock:
            if trouble == self.trouble:
                return
            is_new = self.trouble is None or trouble is None or trouble.kind is not self.trouble.kind
            self.trouble = trouble
        if trouble is not None and is_new and trouble.kind is not TroubleKind.FAILING:
            log.error("%s (%s)", trouble.message, trouble.where)
        self._changed(trouble)

    def _missing(self, index: int, found: Identity) -> str:
        if not self.file.parent.is_dir():
            what = "The folder of the error store was taken away"
        elif index:
            what = f"A part of the error store was taken away ({self.file.name}{sqlite.FILE_PARTS[index]})"
        elif found is None:
            what = "The error store was taken away"
        else:
            what = "Something else stands in the place of the error store"
        return f"{what}, and no error is taken until it is back or a new one is begun"
