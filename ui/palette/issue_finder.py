"""Finds issues in the whole store for what is typed, off the UI thread; only for the newest letters."""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app import store
from app.model import Issue
from ui.link.store_access import StoreAccess
from ui.link.throttle import Throttle

if TYPE_CHECKING:
    from app.store.database import Connection

MOST = 12
LEAST_LETTERS = 2
PAUSE_MS = 30
# Whatever a word of the store's language is made of besides: here it is only text.
_NO_WORD = re.compile(r"\W+")


class IssueFinder(QObject):
    """`found` carries the text that was asked for, and the issues whose words begin so."""

    found = Signal(str, list)

    def __init__(self, access: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = access
        self._wanted = ""
        self._throttle = Throttle(self._read, PAUSE_MS, self)

    def find(self, text: str) -> None:
        """Look for issues with these words; what was asked before is forgotten."""
        self._wanted = text
        if len(words_of(text)) >= LEAST_LETTERS:
            self._throttle.request()
        else:
            self._throttle.forget()

    def _read(self) -> None:
        text = self._wanted
        self._store.read(
            lambda connection: _find(connection, words_of(text)),
            lambda issues: self._arrive(text, issues),
            self._fail,
        )

    def _arrive(self, text: str, issues: list[Issue]) -> None:
        self._throttle.finished()
        if text == self._wanted:
            self.found.emit(text, issues)

    def _fail(self, error: BaseException) -> None:
        self._throttle.finished()
        self._store.report_problem(error)


def words_of(text: str) -> str:
    """The words of what was typed, without anything that the search would take for its language."""
    return _NO_WORD.sub(" ", text).strip()


def _find(connection: "Connection", words: str) -> list[Issue]:
    everything = store.issues.View("everything")
    return store.issues.page(connection, store.issues.IssueFilter(everything, None, words), limit=MOST)
