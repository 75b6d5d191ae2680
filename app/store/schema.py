"""The tables, as SQLAlchemy metadata, so that another backend could hold them.

A `report` is stored once, as it came, and never changed. Events refer to it: the whole event is read again
from the report when it is shown, which halves both the digest's work and the disk space. The queue is no
table of its own: `state.digested_through` is the last report that the digest has finished, and a report that
failed alone has a row in `setbacks`. So accepting a report costs one insert, and finishing a batch one
update.

Every time is an integer: microseconds since 1970 in UTC. `issues.revision` is the value that
`state.revision` had when the issue last changed: the window's cursor.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from app.store.sqlite import NUMBERS_USED_ONCE, STORED_BY_KEY

metadata = MetaData()

# What `issues.merged_into` is for an issue in the trash: no issue has this number.
IN_TRASH = 0

state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("revision", BigInteger, nullable=False),
    Column("digested_through", BigInteger, nullable=False),
    Column("rejected", BigInteger, nullable=False),
    # Rows of `recent_counts` up to this number are settled: of issues up to that one, NULL: of all.
    Column("settled_through", BigInteger, nullable=False, server_default="0"),
    Column("settled_issue", BigInteger),
    # How many events are stored; triggers on `events` keep it (migration 0013).
    Column("events", BigInteger, nullable=False, server_default="0"),
    # How many of these are of issues in the trash: see `trash/__init__.py`.
    Column("deleted_events", BigInteger, nullable=False, server_default="0"),
)

# `name` is what its app sends, and is never changed; `shown` is what people see of it: of a project that was
# merged into another, that one's. `colour` is a token of the theme.
projects = Table(
    "projects",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("shown", Text, nullable=False, server_default=""),
    Column("merged_into", Integer),
    Column("hidden", Boolean, nullable=False, server_default="0"),
    Column("colour", Text),
    Column("icon", Text),
    Index("projects_shown", "shown"),
    Index("projects_hidden", "hidden", sqlite_where=text("hidden = 1")),
    Index("projects_merged", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
    Index("projects_dressed", "id", sqlite_where=text("colour IS NOT NULL OR icon IS NOT NULL")),
)

# A view that a person has saved: a search, in all projects or in one. `place` is where it is listed.
saved_views = Table(
    "saved_views",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("project_id", ForeignKey("projects.id")),
    Column("text", Text, nullable=False),
    Column("sort", Text, nullable=False),
    **NUMBERS_USED_ONCE,
)

# The moments at which a person began a session.
sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    **NUMBERS_USED_ONCE,
)

# Runs of commands by `main.py run`; `process_started` tells its process from a later one of the same `pid`.
# An event is of a run if its number is in (first_event, last_event], its report's in [first_report,
# last_report], and its project is the run's: see `inbox/indexes/run_events.py`. `ended_at` and `last_report`
# are written when the run ends, `last_event` and `errors` when its last report has been digested.
runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("command", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("cwd", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("pid", BigInteger, nullable=False),
    Column("process_started", BigInteger, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("exit_code", Integer),
    Column("signal", Text),
    Column("first_report", BigInteger, nullable=False),
    Column("last_report", BigInteger),
    Column("first_event", BigInteger, nullable=False),
    Column("last_event", BigInteger),
    Column("errors", BigInteger),
    Index("runs_of_command", "project", "command", "id"),
    Index("runs_open", "id", sqlite_where=text("last_event IS NULL")),
    **NUMBERS_USED_ONCE,
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("received_at", BigInteger, nullable=False),
    Column("protocol", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("remote", Text, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# `filed` is how many events of a large report are filed already: such a one is filed in slices, after the
# others. NULL for any other.
setbacks = Table(
    "setbacks",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("due_at", BigInteger),
    Column("dead", Boolean, nullable=False),
    Column("error", Text, nullable=False),
    Column("traceback", Text, nullable=False),
    Column("discarded_at", BigInteger),
    Column("filed", BigInteger),
    Index("setbacks_due", "dead", "due_at"),
    Index("setbacks_discarded", "discarded_at"),
)

# `body` is the beginning of the body, so that lists are fast; the rest of what is stored of it is in
# `refused_rests`. `body_size` is how large it was in all (NULL: not known), `kept_bytes` how much of head and
# body is stored. `retry_at` is when the user asked to have the request tried again.
refusals = Table(
    "refusals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("status", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("remote", Text, nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("body_size", BigInteger),
    Column("kept_bytes", BigInteger, nullable=False, server_default="0"),
    Column("retry_at", BigInteger),
    Column("retries", Integer, nullable=False, server_default="0"),
    Index("refusals_kept", "id", "kept_bytes"),
    Index("refusals_retry", "retry_at"),
)

refused_rests = Table(
    "refused_rests",
    metadata,
    Column("refusal_id", ForeignKey("refusals.id"), primary_key=True),
    Column("rest", LargeBinary, nullable=False),
)

# A narrow row, since every event changes one: at fifty thousand issues the events of a batch write 140 pages
# of them, where rows with the description wrote four hundred. `latest` is the event whose title, type, value,
# culprit and level describe the issue.
issues = Table(
    "issues",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("project_id", ForeignKey("projects.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("unread", Boolean, nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("users", Integer, nullable=False),
    Column("first_seen", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("muted_until", BigInteger),
    Column("mute_rule", Text),
    Column("resolved_in", Text),
    Column("merged_into", Integer),
    Column("escalated_at", BigInteger),
    Column("newest_counts", Integer, nullable=False, server_default="0"),
    Column("latest", Integer),
    Column("resolved_commit", Text),
    Column("pinned", Boolean, nullable=False, server_default="0"),
    Index("issues_first_seen", "first_seen"),
    Index("issues_escalated", "escalated_at", sqlite_where=text("escalated_at IS NOT NULL")),
    Index("issues_muted_until", "muted_until"),
    Index("issues_pinned", "id", sqlite_where=text("pinned = 1")),
    Index("issues_merged", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
)

# How many issues are listed, without those merged into others. Triggers on `issues` change these numbers in
# whatever transaction changes an issue (migration 0013): they are exact, and reading them scans nothing.
issue_counts = Table(
    "issue_counts",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("state", Text, primary_key=True),
    Column("unread", Boolean, primary_key=True),
    Column("count", BigInteger, nullable=False),
    **STORED_BY_KEY,
)

# What describes an issue whose `latest` event is not stored (any more): as of its first event, or of the
# correction of its grouping that changed it last.
issue_descriptions = Table(
    "issue_descriptions",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("type", Text),
    Column("value", Text),
    Column("culprit", Text),
    Column("level", Text, nullable=False),
    Column("place", Text),
    Column("environment", Text),
)

# The issues by when they were last seen, and places where they once were: see `inbox/indexes/issue_order.py`.
issue_order = Table(
    "issue_order",
    metadata,
    Column("last_seen", BigInteger, primary_key=True),
    Column("issue_id", Integer, primary_key=True),
    **STORED_BY_KEY,
)

# Which issues each revision changed, written by triggers on `issues`. The newest are enough: see
# `inbox/indexes/change_log.py`.
issue_changes = Table(
    "issue_changes",
    metadata,
    Column("revision", BigInteger, primary_key=True),
    Column("issue_id", Integer, primary_key=True),
    **STORED_BY_KEY,
)

issue_keys = Table(
    "issue_keys",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("issue_id", ForeignKey("issues.id"), nullable=False),
    Column("algorithm", Text, nullable=False, server_default="v1"),
    Index("issue_keys_of_issue", "issue_id"),
    **STORED_BY_KEY,
)

# The algorithms that each project has had keys of. It may have none of one of them any more.
key_algorithms = Table(
    "key_algorithms",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("algorithm", Text, primary_key=True),
    **STORED_BY_KEY,
)

# Issues that retention removed whole, for windows that still show them: see `inbox/events/removal.py`.
removed_issues = Table(
    "removed_issues",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issue_id", Integer, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Index("removed_issues_revision", "revision"),
    **NUMBERS_USED_ONCE,
)

# What people deleted, a row an act, while anything of it can be brought back: see `trash/__init__.py`.
# `due_at` is when it is removed for good.
deletions = Table(
    "deletions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Index("deletions_due", "due_at"),
    **NUMBERS_USED_ONCE,
)

# A deleted event is in an issue of its own, which was `carved_from` another.
deleted_issues = Table(
    "deleted_issues",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("deletion_id", ForeignKey("deletions.id"), nullable=False),
    Column("carved_from", Integer),
    Index("deleted_issues_of_deletion", "deletion_id", "issue_id"),
    **STORED_BY_KEY,
)

# The keys that led to them: what comes for one makes a new issue.
deleted_keys = Table(
    "deleted_keys",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("algorithm", Text, nullable=False),
    **STORED_BY_KEY,
)

# `day` is when it began, in UTC.
retention_log = Table(
    "retention_log",
    metadata,
    Column("day", BigInteger, primary_key=True, autoincrement=False),
    Column("events", BigInteger, nullable=False),
    Column("issues", BigInteger, nullable=False),
    **STORED_BY_KEY,
)

# `key` is a number made of `event_id`. An event is found by it, and by its issue, through the tables below,
# which triggers fill: indexes of these columns would write a page for each event. So `issue_id` refers to no
# table: without an index on it, removing an issue would read every event.
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("event_id", Text, nullable=False),
    Column("key", BigInteger, nullable=False),
    Column("project_id", ForeignKey("projects.id"), nullable=False),
    Column("issue_id", Integer, nullable=False),
    Column("report_id", ForeignKey("reports.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("timestamp", BigInteger, nullable=False),
    Column("level", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("type", Text),
    Column("value", Text),
    Column("culprit", Text),
    Column("place", Text),
    Column("environment", Text),
    Index("events_of_report", "report_id"),
)

# An event has one row in one of the first two, and one in one of the others:
# see `inbox/indexes/staged_index.py`.
event_ids = Table(
    "event_ids",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("event", Integer, primary_key=True),
    **STORED_BY_KEY,
)

recent_event_ids = Table(
    "recent_event_ids",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("event", Integer, primary_key=True),
    **STORED_BY_KEY,
)

issue_events = Table(
    "issue_events",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("event", Integer, primary_key=True),
    **STORED_BY_KEY,
)

recent_issue_events = Table(
    "recent_issue_events",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("event", Integer, primary_key=True),
    **STORED_BY_KEY,
)

# The first event that arrived in a minute (since 1970), or in the hour that began with it, if it was filed
# before this table was there: see `inbox/indexes/event_times.py`.
event_minutes = Table(
    "event_minutes",
    metadata,
    Column("minute", BigInteger, primary_key=True, autoincrement=False),
    Column("event", Integer, nullable=False),
    **STORED_BY_KEY,
)

# How many events of each issue are stored, as far as retention has counted them, and how many came since it
# last trimmed the issue's tags: see `inbox/counts/event_counts.py`.
event_counts = Table(
    "event_counts",
    metadata,
    Column("issue_id", Integer, primary_key=True, autoincrement=False),
    Column("stored", BigInteger, nullable=False),
    Column("since_trimmed", BigInteger, nullable=False),
    Index("event_counts_most", "stored"),
    **STORED_BY_KEY,
)

# One row, of numbers of events: how far they are counted in `event_counts`, how far retention has removed
# those that were too old, and how far it has begun to.
retention_progress = Table(
    "retention_progress",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("counted_through", BigInteger, nullable=False),
    Column("aged_through", BigInteger, nullable=False),
    Column("begun_through", BigInteger, nullable=False),
)

# Events that are yet to be read as a whole for the search, as stretches of their numbers; those above
# `through` are not in them yet: see `inbox/search/search_gaps.py`.
search_gaps = Table(
    "search_gaps",
    metadata,
    Column("first", Integer, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
)

search_progress = Table(
    "search_progress",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("through", BigInteger, nullable=False),
)

# Which events have been filled last, for searches that are under way.
search_fills = Table(
    "search_fills",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    **NUMBERS_USED_ONCE,
)

issue_tags = Table(
    "issue_tags",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("count", BigInteger, nullable=False),
    **STORED_BY_KEY,
)

issue_hours = Table(
    "issue_hours",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("hour", BigInteger, primary_key=True),
    Column("count", BigInteger, nullable=False),
    **STORED_BY_KEY,
)

issue_users = Table(
    "issue_users",
    metadata,
    Column("issue_id", ForeignKey("issues.id"), primary_key=True),
    Column("user", Text, primary_key=True),
    **STORED_BY_KEY,
)

# What batches added to the three tables above, and is not in them yet: see `inbox/counts/recent_counts.py`.
# `previous` is the issue's row before this one, and `chain` how many the issue has. The rest is JSON.
recent_counts = Table(
    "recent_counts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("issue_id", Integer, nullable=False),
    Column("previous", Integer, nullable=False),
    Column("chain", Integer, nullable=False),
    Column("hours", LargeBinary, nullable=False),
    Column("users", LargeBinary, nullable=False),
    Column("tags", LargeBinary, nullable=False),
)

attachments = Table(
    "attachments",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("project_id", ForeignKey("projects.id"), nullable=False),
    Column("event_id", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("content_type", Text),
    Column("size", BigInteger, nullable=False),
    Index("attachments_of_event", "event_id", "project_id"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("project_id", ForeignKey("projects.id"), nullable=False),
    Column("event_id", Text, nullable=False),
    Column("name", Text),
    Column("email", Text),
    Column("comments", Text, nullable=False),
    Index("feedback_of_event", "event_id", "project_id"),
)

item_counts = Table(
    "item_counts",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("count", BigInteger, nullable=False),
    **STORED_BY_KEY,
)

# `version` is empty where the client sent none. `skew` is how far its clock was ahead, in microseconds.
callers = Table(
    "callers",
    metadata,
    Column("project", Text, primary_key=True),
    Column("protocol", Text, primary_key=True),
    Column("client", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("first_seen", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    Column("reports", BigInteger, nullable=False),
    Column("skew", BigInteger),
    Index("callers_newest", "last_seen"),
    **STORED_BY_KEY,
)

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issue_id", ForeignKey("issues.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index("history_of_issue", "issue_id", "id"),
)

releases = Table(
    "releases",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("first_seen", BigInteger, nullable=False),
    Index("releases_newest", "project_id", "first_seen", "name"),
    **STORED_BY_KEY,
)

# The commits that issues of a project were resolved at, and the folder of the repository that has them.
fix_commits = Table(
    "fix_commits",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("repository", Text, nullable=False),
    **STORED_BY_KEY,
)

# Whether the build that a release names has such a commit in it, as far as git was asked: `fixes.Content`.
fix_builds = Table(
    "fix_builds",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("release", Text, primary_key=True),
    Column("content", Text, nullable=False),
    **STORED_BY_KEY,
)

# Events of issues that are resolved at a commit, from releases that git has not been asked about yet: the
# first of each release, as the `Happening` (JSON) that it is if the build has the commit in it.
fix_questions = Table(
    "fix_questions",
    metadata,
    Column("issue_id", Integer, primary_key=True),
    Column("release", Text, primary_key=True),
    Column("project_id", ForeignKey("projects.id"), nullable=False),
    Column("hash", Text, nullable=False),
    Column("happening", Text, nullable=False),
    **STORED_BY_KEY,
)

grouping_rules = Table(
    "grouping_rules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project", Text),
    Column("kind", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

regroupings = Table(
    "regroupings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("definition", Text, nullable=False),
)

regrouped_events = Table(
    "regrouped_events",
    metadata,
    Column("regrouping_id", ForeignKey("regroupings.id"), primary_key=True),
    Column("event_id", Integer, primary_key=True),
    Column("from_issue", Integer, nullable=False),
    Column("to_issue", Integer, nullable=False),
    **STORED_BY_KEY,
)

regrouped_keys = Table(
    "regrouped_keys",
    metadata,
    Column("regrouping_id", ForeignKey("regroupings.id"), primary_key=True),
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("from_issue", Integer),
    Column("to_issue", Integer, nullable=False),
    Index("regrouped_keys_from", "from_issue"),
    Index("regrouped_keys_to", "to_issue"),
    **STORED_BY_KEY,
)

channels = Table(
    "channels",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("last_sent", BigInteger),
    Column("last_error", Text),
    **NUMBERS_USED_ONCE,  # the number of a removed channel is never given to another
)

notification_rules = Table(
    "notification_rules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("definition", Text, nullable=False),
)

# A notice outlives its channel and its rule: it records what was sent while they existed.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dedupe_key", Text, nullable=False, unique=True),
    Column("rule_id", Integer, nullable=False),
    Column("channel_id", Integer),
    Column("issue_id", Integer),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", BigInteger),
    Column("error", Text),
    # NULL for a notice that sums up others.
    Column("project", Text),
    Index("outbox_state", "state", "created_at"),
)

job_runs = Table(
    "job_runs",
    metadata,
    Column("job", Text, primary_key=True),
    Column("every", Float),
    Column("next_due", BigInteger),
    Column("last_started", BigInteger),
    Column("last_ended", BigInteger),
    Column("runs", BigInteger, nullable=False),
    Column("last_error", Text),
    **STORED_BY_KEY,
)

job_requests = Table(
    "job_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

listener_failures = Table(
    "listener_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("listener", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("traceback", Text, nullable=False),
    Column("count", BigInteger, nullable=False),
)

# At most one row: which functions of this version of the user's `listeners.py` are disabled.
listener_state = Table(
    "listener_state",
    metadata,
    Column("version", Text, primary_key=True),
    Column("deaths", Integer, nullable=False),
    Column("functions", Text, nullable=False),
    Column("left_out_at", BigInteger),
    Column("why", Text, nullable=False),
    **STORED_BY_KEY,
)

# What the user's `before_digest` changed: the event's fields as JSON.
event_changes = Table(
    "event_changes",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("fields", LargeBinary, nullable=False),
)

# Errors that were printed, or that a hook in a program reported; `kind` orders them by how much they say
# (`digest/filing/same_error.py`). `event` is the number of the event that shows it: its own while `is_alone`,
# or the one that a client or a hook sent of the same error. `name` and `likeness` are what it is recognised
# by.
printed_errors = Table(
    "printed_errors",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_id", Text, nullable=False),
    Column("project_id", ForeignKey("projects.id"), nullable=False),
    Column("kind", Integer, nullable=False),
    Column("run", Text),
    Column("name", Text, nullable=False),
    Column("likeness", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("arrived", BigInteger, nullable=False),
    Column("event", Integer, nullable=False),
    Column("is_alone", Boolean, nullable=False),
    Index("printed_errors_event_id", "event_id", "project_id", unique=True),
    Index("printed_errors_shown_by", "event"),
    Index("printed_errors_alone", "arrived", sqlite_where=text("is_alone = 1")),
    Index("printed_errors_alike", "project_id", "name", "at", sqlite_where=text("is_alone = 1")),
)

engine_findings = Table(
    "engine_findings",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("detail", Text, nullable=False),
)

# Stores that were set aside: how far their reports have been copied into this one. `through` is the number
# that the last of them had there.
salvages = Table(
    "salvages",
    metadata,
    Column("file", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("through", BigInteger, nullable=False),
    Column("carried", BigInteger, nullable=False),
    Column("unreadable", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    **STORED_BY_KEY,
)

# Spans and log lines, for a while: those of one project in one report, packed (`app.traces.packing`). The
# three tables are described in `traces/__init__.py`.
trace_parts = Table(
    "trace_parts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("project_id", ForeignKey("projects.id"), nullable=False),
    Column("server", Text),
    Column("content", LargeBinary, nullable=False),
)

trace_index = Table(
    "trace_index",
    metadata,
    Column("slot", BigInteger, primary_key=True),
    Column("kind", Integer, primary_key=True),
    Column("key", BigInteger, primary_key=True),
    Column("ref", BigInteger, primary_key=True),
    **STORED_BY_KEY,
)

trace_slots = Table(
    "trace_slots",
    metadata,
    Column("slot", BigInteger, primary_key=True, autoincrement=False),
    Column("bytes", BigInteger, nullable=False),
    **STORED_BY_KEY,
)

# Where a project's reports are passed on to. `dsn` holds a secret. `waiting`, `sent` and `not_sent` are
# counted with each change of `forwarded_reports`, so that nobody has to count rows.
forwards = Table(
    "forwards",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project_id", ForeignKey("projects.id"), nullable=False, unique=True),
    Column("dsn", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("after_report", BigInteger, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("waiting_bytes", BigInteger, nullable=False),
    Column("sent", BigInteger, nullable=False),
    Column("not_sent", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("next_try_at", BigInteger, nullable=False),
    Column("limits", Text, nullable=False),
    Column("last_sent", BigInteger),
    Column("last_error", Text),
    **NUMBERS_USED_ONCE,
)

# What is on its way, with a copy of the report: the report itself may be gone before the target answers.
forwarded_reports = Table(
    "forwarded_reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("forward_id", ForeignKey("forwards.id"), nullable=False),
    Column("report_id", Integer, nullable=False),
    Column("event_id", Text, nullable=False),
    Column("protocol", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    # NULL once it is settled, and then head and body are, too.
    Column("due_at", BigInteger),
    Column("attempts", Integer, nullable=False),
    Column("settled_at", BigInteger),
    Column("error", Text),
    Column("head", LargeBinary),
    Column("body", LargeBinary),
    UniqueConstraint("forward_id", "report_id"),
    **NUMBERS_USED_ONCE,
)
Index(
    "forwarded_reports_due",
    forwarded_reports.c.forward_id,
    forwarded_reports.c.due_at,
    forwarded_reports.c.id,
    sqlite_where=forwarded_reports.c.due_at.is_not(None),
)

faults = Table(
    "faults",
    metadata,
    Column("project_id", ForeignKey("projects.id"), primary_key=True),
    Column("answer", Text, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("share", Float, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("met", BigInteger, nullable=False),
    **STORED_BY_KEY,
)
