"""The table of what is on the page, in order."""

from typing import TYPE_CHECKING

from ui.detail.page.section import Desk, Section
from ui.detail.sections.attachments import Attachments, UserFeedback
from ui.detail.sections.breadcrumbs import Breadcrumbs
from ui.detail.sections.context import Contexts, Extra, Facts, Modules
from ui.detail.sections.grouping import GroupingSection
from ui.detail.sections.header import Header
from ui.detail.sections.problems import Problems
from ui.detail.sections.raw import Raw
from ui.detail.sections.request import RequestSection
from ui.detail.sections.stack_trace import StackTrace
from ui.detail.sections.tags import Tags
from ui.detail.sections.threads import Threads
from ui.detail.sections.timeline import Timeline
from ui.detail.sections.user_agent import User

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
