"""Issues in other trackers: GitHub and GitLab, on their own hosts or on a company's."""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.trackers import create_issue as create_issue
    from app.trackers import tokens as tokens

__getattr__ = lazy_door(__name__, {"": "create_issue tokens"})
