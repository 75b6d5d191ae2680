"""What leaves the window and what comes back: copies, the export dialog, and import by menu and by drop."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.sharing import controller as controller
    from ui.sharing import export_dialog as export_dialog
    from ui.sharing import issue_controller as issue_controller

__getattr__ = lazy_door(__name__, {"": "controller export_dialog issue_controller"})
