"""The table of what is on the page, in order."""

from typing import TYPE_CHECKING

from ui.detail.attachments import Attachments, UserFeedback
from ui.detail.breadcrumbs import Breadcrumbs
from ui.detail.context import Contexts, Extra, Facts, Modules
from ui.detail.grouping import GroupingSection
from ui.detail.header import Header
from ui.detail.problems import Problems
from ui.detail.raw import Raw
from ui.detail.request import RequestSection
from ui.detail.section import Desk, Section
from ui.detail.stack_trace import StackTrace
from ui.detail.tags import Tags
from ui.detail.threads import Threads
from ui.detail.timeline import Timeline
from ui.detail.user_agent import User

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports beside the UI thread only
    from app.detail import EventDetail

SECTIONS: tuple[type[Section], ...] = (
    Header,
    StackTrace,
    Threads,
    Tags,
    Timeline,
    Breadcrumbs,
    RequestSection,
    User,
    Contexts,
    Extra,
    Modules,
    UserFeedback,
    Attachments,
    GroupingSection,
    Problems,
    Facts,
    Raw,
)


def sections_of(detail: "EventDetail", desk: Desk) -> list[Section]:
    """All sections for one event; those with nothing to show have no rows."""
    return [section(detail, desk) for section in SECTIONS]
