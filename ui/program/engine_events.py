"""What follows from the engine's messages: where it listens, which store it has, how it is, that it rang."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app import paths
from app.engine import address, reach
from app.engine.child_protocol import RestoreStore, WindowMessage
from app.settings import Settings
from ui import preloading
from ui.link.engine_link import EngineState
from ui.program.controllers import Controllers
from ui.program.parts import Parts

if TYPE_CHECKING:
    from app.engine.child_protocol import StoreRestored, StoreTrouble
    from ui.link.engine_link import EngineFailure


class EngineEvents(QObject):
    """Passes the engine's messages on to the window, and what is asked of its store to the engine."""

    def __init__(
        self, parts: Parts, controllers: Controllers, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._controllers = controllers
        self._settings = settings
        self._store_file: int | None = None
        engine, window = parts.engine, parts.window
        engine.listening.connect(self._begin)
        engine.rang.connect(lambda _revision: self._refresh())
        engine.upgrading.connect(window.show_upgrade)
        engine.noticed.connect(window.notices.show_message)
        engine.store_troubled.connect(self._show_store)
        engine.restored.connect(self._show_restored)
        engine.failed.connect(self._fail)
        engine.state_changed.connect(self._show_state)
        controllers.settings.engine_needed.connect(self._renew_engine)
        parts.store.troubled.connect(self._show_problem)
        parts.store.found_damaged.connect(lambda: engine.send(WindowMessage.SUSPECT_STORE))
        window.notices.new_store_requested.connect(lambda: engine.send(WindowMessage.BEGIN_NEW_STORE))
        window.notices.restore_requested.connect(lambda file: engine.send(RestoreStore(file)))
        window.notices.store_check_requested.connect(lambda: engine.send(WindowMessage.EXAMINE_STORE))
        window.notices.retry_requested.connect(engine.restart)
        window.notices.port_chosen.connect(engine.restart)

    def _begin(self, url: str) -> None:
        """The engine listens: whatever store it opened, made or replaced is the one to be read."""
        parts, status = self._parts, self._parts.window.status
        parts.window.notices.clear_failure()
        self._show_no_arrivals("")
        self._show_url(url)
        data_dir = self._settings.data_dir
        parts.background.run(lambda: address.read(data_dir), status.show_side_doors)
        parts.background.run(lambda: _inode(data_dir / paths.DATABASE), self._follow_store)
        parts.background.run(lambda: reach.of(url, self._settings), status.show_reach)
        parts.store.reopen()
        parts.counters.forget()
        self._refresh()
        if parts.services is not None:
            # The statements that were compiled for the first event have gone with the open store.
            parts.store.read(preloading.read_an_event, lambda _read: None)

    def _follow_store(self, file: int | None) -> None:
        """Forget the acts that were done in another store: the ids that they name are others in this one."""
        if self._store_file not in (None, file):
            self._parts.undo.clear()
        self._store_file = file

    def _refresh(self) -> None:
        window, controllers = self._parts.window, self._controllers
        window.issues.feed.ring()
        self._parts.counters.ring()
        controllers.sidebar.counter.ring()
        window.queue.refresh()
        window.doctor.ring()
        controllers.notifier.ring()
        controllers.grouping.ring()
        controllers.trash.ring()
        controllers.connect_controller.ring()
        self._parts.undo_bars.look_again()

    def _show_state(self, state: EngineState) -> None:
        window = self._parts.window
        if state is EngineState.RESTARTING:
            window.notices.show_death(self._parts.engine.last_words)
            self._show_no_arrivals("The engine ended unexpectedly, and is started again.")
        window.status.show_state(state)
        if state is not EngineState.STARTING:
            window.show_upgrade(None)
        if state is not EngineState.LISTENING:
            self._show_url(None)
            window.status.show_side_doors(None)
            window.status.show_reach(None)

    def _show_no_arrivals(self, why: str) -> None:
        """Say on the pages, too, why no error can arrive; empty: they can."""
        self._parts.window.issues.explain_emptiness(why)
        if why:
            self._parts.window.empty.show_problem(why)

    def _show_url(self, url: str | None) -> None:
        window = self._parts.window
        for shown in (window.empty, window.sidebar.address, self._controllers.connect_controller):
            shown.show_url(url)

    def _renew_engine(self, settings: Settings) -> None:
        """Have an engine that works by these settings."""
        self._settings = settings
        self._parts.window.notices.clear_failure()
        self._parts.engine.renew(settings)

    def _show_restored(self, outcome: "StoreRestored") -> None:
        failed = f"The backup was not restored. {outcome.problem}"
        said = failed if outcome.problem else "Restored; the store before is set aside."
        self._controllers.settings.answered.emit(said)
        if outcome.problem:
            self._parts.window.notices.show_message(failed)
        else:
            self._parts.window.notices.show_restored(outcome)

    def _fail(self, failure: "EngineFailure") -> None:
        self._parts.window.notices.show_failure(failure)
        self._show_no_arrivals(f"{failure.message} What can be done about it is said above.")

    def _show_problem(self, sentence: str) -> None:
        # Before the engine has opened the store, there may be none, or one that waits for its upgrade.
        # What the engine reports of its store is more precise.
        notices = self._parts.window.notices
        if self._parts.engine.state is EngineState.LISTENING and notices.store.isHidden():
            notices.show_message(sentence)

    def _show_store(self, trouble: "StoreTrouble | None") -> None:
        self._parts.window.notices.show_store(trouble)
        self._parts.window.doctor.ring()


def _inode(file: Path) -> int | None:
    try:
        return file.stat().st_ino
    except OSError:
        return None
