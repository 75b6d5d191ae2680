"""The window's program: builds everything, connects it, and shuts it down.

How it starts:

1. `run` launches the engine as a child, which opens its port while the window is still being made, gives Qt
   the theme and shows an empty `MainWindow`. Nothing that can wait is imported until it is on the screen:
   SQLAlchemy takes longer to load than the window takes to appear.
2. As soon as it has been painted, the first rows are read, off the UI thread and without SQLAlchemy, if
   there is a store from before. After them the other pages and the controllers of the dialogs are loaded,
   off the UI thread, and the keys are connected; then the detail pane is added, and one event is read, so
   that the first one that is opened waits for nothing.
3. The engine reports its address. It appears, and the store is opened again, as the engine may
   have made, upgraded or replaced it.
4. From then on its doorbell rings, and the feed and the counters read what has changed.

How it ends: the window closes and is gone at once; the engine is asked to stop and finishes what it took;
when it has ended, the threads are waited for and the event loop is left.
"""

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

import ui
from app.preferences import PreferencesError
from app.preferences import read as read_preferences
from app.settings import Settings
from ui import preloading, program
from ui.commands.keymap import keymap
from ui.garbage import GarbageCollector
from ui.issues.row.metrics import Density
from ui.link.background import Background
from ui.link.counters import Counters
from ui.link.engine_link import EngineLink, EngineState
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.motion import motion
from ui.program.parts import Parts
from ui.theme import appearance
from ui.undo import UndoStack
from ui.undo_bar import UndoBars
from ui.wayfinder import Wayfinder

if TYPE_CHECKING:
    from app.desktop.app_link import AppLink
    from ui.desktop.url_events import UrlEvents
    from ui.detail.pane import DetailPane
    from ui.detail_services import DetailServices
    from ui.link.first_window import FirstWindow
    from ui.program.command_doers import CommandDoers
    from ui.program.controllers import Controllers
    from ui.program.engine_events import EngineEvents

# A worker that computes hands the interpreter over after this long: the window's next frame is not late.
SWITCH_SECONDS = 0.001
LATEST_START_MS = 1_000


def run(settings: Settings, link: "AppLink | None" = None) -> int:
    """Show the window until it is closed, at what `link` names; returns the exit code."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Arecibo")
    app.setDesktopFileName("arecibo")
    if sys.platform == "win32":
        ui.taskbar.name_program()
    app.setQuitOnLastWindowClosed(False)
    _dress(app, settings.data_dir)
    application = Application(settings, link)
    application.ended.connect(app.quit)
    if sys.platform == "darwin":
        application.url_events = ui.url_events.UrlEvents(app)
    application.engine.launch()
    application.window.appeared.connect(application.begin)
    # One that is shown as an icon only is not painted, and has its work all the same.
    QTimer.singleShot(LATEST_START_MS, application, application.start)
    application.window.show()
    return app.exec()


class Application(QObject):
    """Everything there is in the window's process. `ended`: all of it has stopped.

    The controllers of the dialogs, and what the engine and the commands do, exist once the window has been on
    the screen.
    """

    ended = Signal()
    controllers: "Controllers"
    doers: "CommandDoers"
    events: "EngineEvents"
    first_window: "FirstWindow"
    url_events: "UrlEvents | None" = None

    def __init__(self, settings: Settings, link: "AppLink | None" = None) -> None:
        super().__init__()
        self._link = link
        self._settings = settings
        self.garbage = GarbageCollector(self)
        self.background = Background(self)
        self.lookups = Background(self)
        self.store = StoreAccess(settings.data_dir, self.background, self)
        self.preferences = PreferencesAccess(settings.data_dir, self.background, self)
        self.preferences.settings.begin(settings)
        self.engine = EngineLink(settings, self)
        undo = UndoStack(self.store, self)
        self.window = MainWindow(self.store, undo, settings.data_dir)
        self.parts = Parts(
            window=self.window,
            store=self.store,
            background=self.background,
            lookups=self.lookups,
            engine=self.engine,
            preferences=self.preferences,
            counters=Counters(self.store, self),
            undo=undo,
            undo_bars=UndoBars(undo, self.window, self),
            wayfinder=Wayfinder(self.window, self),
        )
        self._has_started = self._shows_a_place = False
        self.window.closing.connect(self.stop)

    @property
    def detail(self) -> "DetailPane | None":
        """The detail pane; it exists once the window has been on the screen."""
        return self.parts.detail

    @property
    def services(self) -> "DetailServices | None":
        """The detail pane with what serves it; the same holds for it."""
        return self.parts.services

    def begin(self) -> None:
        """The window is on the screen: show its first rows, and `start` after them."""
        if self._has_started or not self.store.is_there():
            self.start()
            return
        # A timer fires after the paint that shows the rows.
        self.window.issues.feed.started.connect(lambda: QTimer.singleShot(0, self, self._prepare))
        self.store.troubled.connect(self.start)
        self._show_first_place()

    def _prepare(self) -> None:
        """Load what `start` makes off the UI thread, and `start`."""
        if not self._has_started:
            self.background.run(_load_pages, lambda _nothing: self.start())

    def start(self) -> None:
        """Load and connect the rest, once."""
        if self._has_started:
            return
        self._has_started = True
        parts = self.parts
        self.controllers = program.controllers.Controllers(parts, self._settings, self)
        self._listen_for_second_starts()
        self._begin_preferences()
        self.doers = program.command_doers.CommandDoers(parts, self.controllers, self)
        self.window.add_pages(self.store, self._settings)
        self.controllers.connect_all()
        self.events = program.engine_events.EngineEvents(parts, self.controllers, self._settings, self)
        # It was launched before: its messages since then are handled now, as everything is connected.
        self.engine.start()
        if not self.store.is_there():
            self.window.show_empty()
        self.background.run(preloading.load_detail, lambda _nothing: self._show_detail())
        self._show_first_place()
        parts.counters.ring()

    def _show_first_place(self) -> None:
        if not self._shows_a_place:
            self._shows_a_place = True
            self.parts.wayfinder.begin(self.window.first_spot)

    def stop(self) -> None:
        """Stop the engine, and then everything else."""
        if self._has_started:
            self.first_window.close()
            self.controllers.close()
        if self.services is not None:
            self.services.close()
        self.window.issues.feed.stop()
        self.window.issues.survey.stop()
        self.engine.state_changed.connect(self._end_with)
        self.engine.stop()

    def _end_with(self, state: EngineState) -> None:
        if state is EngineState.STOPPED:
            self.lookups.stop()
            self.background.stop()
            self.store.close()
            self.garbage.stop()
            self.ended.emit()

    def _listen_for_second_starts(self) -> None:
        # The module for local sockets takes ten milliseconds to load: the first paint does not wait for it.
        self.first_window = ui.first_window.FirstWindow(self._settings.data_dir, self)
        self.first_window.raise_requested.connect(self.window.come_to_front)
        self.first_window.link_requested.connect(self.controllers.desktop.open_link)
        self.first_window.listen()

    def _begin_preferences(self) -> None:
        self.preferences.troubled.connect(self.parts.undo_bars.show_message)
        self.preferences.changed.connect(self._follow_preferences)
        self.window.issues.density_chosen.connect(
            lambda density: self.preferences.change(density=density.value)
        )
        self.preferences.load()
        self.window.issues.survey.use(self.preferences)

    def _follow_preferences(self) -> None:
        """Apply what of the preferences concerns the whole window."""
        chosen = self.preferences.chosen
        keymap().use(chosen.keys)
        self.window.issues.set_density(Density(chosen.density))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            appearance().choose(chosen.theme, chosen.text_size, app)
            motion().choose(app, reduced=chosen.reduced_motion)

    def _show_detail(self) -> None:
        """Add the detail pane and what serves it, as their modules are loaded."""
        parts = self.parts
        services = parts.services = ui.detail_services.DetailServices(
            self.window, self.store, self.lookups, self.preferences, parts.undo_bars.show_message, self
        )
        self.controllers.attach(services.pane)
        services.issue_requested.connect(parts.wayfinder.show_issue)
        if self._link is not None:
            self.controllers.desktop.open_link(self._link)
        if self.url_events is not None:
            self.url_events.requested.connect(self._open_link)
            self.url_events.begin()
        # The first event that is opened then waits for nothing, nor does the palette.
        QTimer.singleShot(0, services.pane, services.pane.warm_up)
        QTimer.singleShot(0, self.window, self.doers.warm_up)
        self.store.read(preloading.read_an_event, lambda _read: self.garbage.settle(), self._settle_anyway)

    def _open_link(self, link: "AppLink") -> None:
        self.window.come_to_front()
        self.controllers.desktop.open_link(link)

    def _settle_anyway(self, error: BaseException) -> None:
        self.garbage.settle()
        self.store.report_problem(error)


def _load_pages() -> object:
    return preloading.load_pages(), program.controllers, program.engine_events, program.command_doers


def _dress(app: QApplication, data_dir: Path) -> None:
    """Give Qt the theme that was chosen, before anything is painted: the window would flash in another."""
    with suppress(PreferencesError):  # it is reported when all of them are read
        chosen = read_preferences(data_dir)
        appearance().choose(chosen.theme, chosen.text_size)
    appearance().follow(app)
