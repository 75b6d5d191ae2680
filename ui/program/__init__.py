"""What the window's program does once it is on the screen, in parts.

`parts` is what there is from the first moment on; `controllers` are those of the dialogs and pages, connected
with each other; `engine_events` is what follows from the engine's messages; `command_doers` what each command
does, and `shown_events` how an event is shown that is not the newest of its issue. `ui.application` makes
them, and has the order in which that happens.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from ui.program import command_doers as command_doers
    from ui.program import controllers as controllers
    from ui.program import engine_events as engine_events
    from ui.program import shown_events as shown_events

__getattr__ = lazy_door(__name__, {"": "command_doers controllers engine_events shown_events"})
