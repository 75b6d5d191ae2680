"""From reports to issues: understand each report, group its events, file them in one transaction."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.digest import pipeline as pipeline
    from app.digest import scrubbing as scrubbing
    from app.digest import understanding as understanding
    from app.digest import user_agent as user_agent

__getattr__ = lazy_door(__name__, {"": "pipeline scrubbing understanding user_agent"})
