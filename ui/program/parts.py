"""What the window's program is made of from its first moment on."""

from typing import TYPE_CHECKING

from msgspec import Struct

from ui.link.background import Background
from ui.link.counters import Counters
from ui.link.engine_link import EngineLink
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.undo import UndoStack
from ui.undo_bar import UndoBars
from ui.wayfinder import Wayfinder

if TYPE_CHECKING:
    from ui.detail.pane import DetailPane
    from ui.detail_services import DetailServices


class Parts(Struct, kw_only=True, eq=False):
    """`services`, the detail pane with what serves it, are there when the window has been on the screen."""

    window: MainWindow
    store: StoreAccess
    background: Background
    lookups: Background
    engine: EngineLink
    preferences: PreferencesAccess
    counters: Counters
    undo: UndoStack
    undo_bars: UndoBars
    wayfinder: Wayfinder
    services: "DetailServices | None" = None

    @property
    def detail(self) -> "DetailPane | None":
        """The detail pane, as soon as there is one."""
        return None if self.services is None else self.services.pane
