"""One call of a tool: what it is answered from, and how it is ended before it is done.

The store is opened for each call: it may come, go, or be replaced while an assistant is connected.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from app import preferences
from app.engine import address, folder_lock
from app.preferences import Preferences, PreferencesError
from app.program_command import shown_command
from app.scrub import rules
from app.scrub.rules import Rules
from app.settings import Settings
from app.store import database as database_module
from app.store import failures
from app.store.errors import StoreError

if TYPE_CHECKING:
    from app.store.database import Connection, Database


class Refused(Exception):
    """The call cannot be answered; the text is a sentence with what to do next."""


class Given(threading.Event):
    """Whether the call was given up, and what ends a statement of it that runs in the store."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._interrupts: list[Callable[[], None]] = []

    def give_up(self) -> None:
        """Nobody waits for the answer any more."""
        self.set()
        with self._lock:
            for interrupt in self._interrupts:
                interrupt()

    @contextmanager
    def interrupting(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Meanwhile `interrupt` is called, too, when the call is given up."""
        with self._lock:
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)


class Call:
    """What a tool may use. `is_read_only` is how the server was started."""

    def __init__(
        self, settings: Settings, *, is_read_only: bool = False, given_up: Given | None = None
    ) -> None:
        self.settings = settings
        self.is_read_only = is_read_only
        self.given_up = given_up or Given()

    @cached_property
    def chosen(self) -> Preferences:
        """What the person has chosen. Raises `Refused`: it says what must not be shown."""
        try:
            return preferences.read(self.settings.data_dir)
        except PreferencesError as error:
            raise Refused(
                f"Nothing is shown, because a person's own rules for secrets cannot be read. {error}"
            ) from error

    @cached_property
    def rules(self) -> Rules:
        """The rules for secrets, built in and the person's own."""
        return rules.made(self.chosen.scrub_patterns)

    @contextmanager
    def store(self) -> "Iterator[Database]":
        """The store. Raises `Refused` where there is none that can be read, or when it fails meanwhile."""
        try:
            with closing(database_module.open_existing(self.settings.data_dir)) as opened:
                yield opened
        except StoreError as error:
            raise Refused(f"{error} The tool doctor says more.") from error
        except failures.StatementFailure as error:
            why = "the call was given up" if self.given_up.is_set() else failures.explain(error)
            raise Refused(f"The error store cannot be used: {why}. The tool doctor says more.") from error

    @contextmanager
    def reading(self) -> "Iterator[Connection]":
        """A connection that reads one snapshot of the store. Raises `Refused`."""
        with (
            self.store() as opened,
            opened.reading() as connection,
            self.given_up.interrupting(database_module.interrupter(connection)),
        ):
            yield connection

    @contextmanager
    def writing(self) -> "Iterator[Connection]":
        """A short write transaction. Raises `Refused`."""
        with self.store() as opened, opened.writing() as connection:
            yield connection

    def engine_url(self) -> str | None:
        """Where the engine listens; None when none runs."""
        if not folder_lock.is_locked(self.settings.data_dir):
            # One that was killed leaves its address behind.
            return None
        running = address.read(self.settings.data_dir)
        return None if running is None else running.url

    def without_engine(self) -> str:
        """A paragraph that says that no engine runs, and what that means; empty while one does."""
        if self.engine_url() is not None:
            return ""
        start = shown_command("serve", data_dir=self.settings.data_dir)
        return (
            "No engine runs on this data folder: what is stored can be read, and nothing new arrives. The "
            f"person starts one with the window, or with this command: {start}.\n\n"
        )
