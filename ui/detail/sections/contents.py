"""The table of what is on the page, in order: what happened, where in the code, to whom, how, all else."""

from typing import TYPE_CHECKING

from ui.detail.page.section import Section, SectionHost
from ui.detail.sections.around.breadcrumbs import BreadcrumbsSection
from ui.detail.sections.around.logs import LogsSection
from ui.detail.sections.around.trace import TraceSection
from ui.detail.sections.attachments import AttachmentsSection
from ui.detail.sections.context import ContextsSection, ExtraSection, FactsSection
from ui.detail.sections.feedback import FeedbackSection
from ui.detail.sections.head.fix_check import FixCheckSection
from ui.detail.sections.head.header import HeaderSection
from ui.detail.sections.issue.distribution import DistributionSection
from ui.detail.sections.issue.events_table import EventsSection
from ui.detail.sections.issue.git import GitSection
from ui.detail.sections.issue.grouping import GroupingSection
from ui.detail.sections.issue.similar import SimilarSection
from ui.detail.sections.issue.timeline import TimelineSection
from ui.detail.sections.modules import ModulesSection
from ui.detail.sections.overview import OverviewSection
from ui.detail.sections.problems import ProblemsSection
from ui.detail.sections.raw import RawSection
from ui.detail.sections.request import RequestSection
from ui.detail.sections.stack.stack_trace import StackTraceSection
from ui.detail.sections.stack.threads import ThreadsSection

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.detail import EventDetail

SECTIONS: tuple[type[Section], ...] = (
    HeaderSection,
    FixCheckSection,
    FeedbackSection,
    StackTraceSection,
    ThreadsSection,
    GitSection,
    OverviewSection,
    BreadcrumbsSection,
    TraceSection,
    LogsSection,
    RequestSection,
    AttachmentsSection,
    ContextsSection,
    ExtraSection,
    ModulesSection,
    TimelineSection,
    EventsSection,
    DistributionSection,
    SimilarSection,
    GroupingSection,
    ProblemsSection,
    FactsSection,
    RawSection,
)


def sections_of(detail: "EventDetail", host: SectionHost) -> list[Section]:
    """All sections for one event; those with nothing to show have no rows."""
    return [section(detail, host) for section in SECTIONS]
