"""From reports to issues: understand each report, group its events, file them in one transaction."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.digest import parsed_user_agent as parsed_user_agent
    from app.digest import pipeline as pipeline
    from app.digest import scrubbing as scrubbing
    from app.digest import understanding as understanding

__getattr__ = lazy_door(__name__, {"": "parsed_user_agent pipeline scrubbing understanding"})
