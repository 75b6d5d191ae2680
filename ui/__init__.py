"""The window: Qt, and nothing that the engine needs."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui import application as application
    from ui import desktop_services as desktop_services
    from ui import detail_services as detail_services
    from ui import empty_state as empty_state
    from ui import fault_strip as fault_strip
    from ui import intake_strip as intake_strip
    from ui import notices as notices
    from ui import plain_import as plain_import
    from ui import upgrade_strip as upgrade_strip
    from ui.desktop import taskbar as taskbar
    from ui.desktop import url_events as url_events
    from ui.link import first_window as first_window
    from ui.link import running_window as running_window

__getattr__ = lazy_door(
    __name__,
    {
        "": (
            "application desktop_services detail_services empty_state fault_strip"
            " intake_strip notices plain_import "
            "upgrade_strip"
        ),
        "desktop": "taskbar url_events",
        "link": "first_window running_window",
    },
)
