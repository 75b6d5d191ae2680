"""The store: one database that the engine writes, the digest files into and the window reads.

`schema` defines the tables, `sqlite` alone knows the dialect, `failures` says what errors mean. The rooms are
`queue` for reports, `inbox` for issues and events, `places` for what the sidebar lists, `grouping` for
corrections, `notices` for notifications, `forwarding` for what is passed on to other servers, `facets` for
how often what occurs in a list, `engine_state` for what the engine's parts remember, `trash` for what was
deleted, `upkeep` for what keeps all of it small and whole, and `traces` for spans and log lines.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.store import database as database
    from app.store import failures as failures
    from app.store import first_issues as first_issues
    from app.store.engine_state import faults as faults
    from app.store.engine_state import job_requests as job_requests
    from app.store.engine_state import job_runs as job_runs
    from app.store.engine_state import listener_failures as listener_failures
    from app.store.engine_state import listener_state as listener_state
    from app.store.facets import histogram as histogram
    from app.store.facets import sparklines as sparklines
    from app.store.facets import survey as survey
    from app.store.forwarding import forwarded_reports as forwarded_reports
    from app.store.forwarding import forwards as forwards
    from app.store.grouping import corrections as corrections
    from app.store.grouping import regrouping as regrouping
    from app.store.inbox.counts import activity as activity
    from app.store.inbox.events import changes as changes
    from app.store.inbox.issues import projects as projects
    from app.store.inbox.lists import events as events
    from app.store.inbox.lists import issue_filter as issue_filter
    from app.store.inbox.lists import issue_pages as issue_pages
    from app.store.inbox.lists import issue_search as issue_search
    from app.store.inbox.lists import issue_sorting as issue_sorting
    from app.store.inbox.lists import issues as issues
    from app.store.inbox.lists import matching_ids as matching_ids
    from app.store.inbox.search import value_counts as value_counts
    from app.store.inbox.triage import actions as actions
    from app.store.inbox.triage import history as history
    from app.store.inbox.triage import pins as pins
    from app.store.inbox.triage import recurrence as recurrence
    from app.store.inbox.triage import releases as releases
    from app.store.notices import channels as channels
    from app.store.notices import due_notices as due_notices
    from app.store.notices import notice_list as notice_list
    from app.store.notices import outbox as outbox
    from app.store.places import place_counts as place_counts
    from app.store.places import project_acts as project_acts
    from app.store.places import run_numbers as run_numbers
    from app.store.places import runs as runs
    from app.store.places import saved_views as saved_views
    from app.store.places import sessions as sessions
    from app.store.queue import dead_letters as dead_letters
    from app.store.queue import flow as flow
    from app.store.queue import queue_overview as queue_overview
    from app.store.queue import refusals as refusals
    from app.store.queue import report_queue as report_queue
    from app.store.traces import trace_lookup as trace_lookup
    from app.store.trash import deleted_events as deleted_events
    from app.store.trash import deleted_issues as deleted_issues
    from app.store.trash import deletions as deletions
    from app.store.upkeep import backup as backup
    from app.store.upkeep import retention_preview as retention_preview
    from app.store.upkeep import trace_sweep as trace_sweep

__getattr__ = lazy_door(
    __name__,
    {
        "": "database failures first_issues",
        "engine_state": "faults job_requests job_runs listener_failures listener_state",
        "facets": "histogram sparklines survey",
        "forwarding": "forwarded_reports forwards",
        "grouping": "corrections regrouping",
        "inbox.counts": "activity",
        "inbox.events": "changes",
        "inbox.issues": "projects",
        "inbox.lists": "events issue_filter issue_pages issue_search issue_sorting issues matching_ids",
        "inbox.search": "value_counts",
        "inbox.triage": "actions history pins recurrence releases",
        "notices": "channels due_notices notice_list outbox",
        "places": "place_counts project_acts run_numbers runs saved_views sessions",
        "queue": "dead_letters flow queue_overview refusals report_queue",
        "traces": "trace_lookup",
        "trash": "deleted_events deleted_issues deletions",
        "upkeep": "backup retention_preview trace_sweep",
    },
)
