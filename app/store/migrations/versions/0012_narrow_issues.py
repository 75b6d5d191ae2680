"""What every event writes gets small: the row of its issue, and its entries in indexes.

What describes an issue moves out of its row, and a log of changes replaces the index by revision. An issue
from before is described by what its row said, until its next event comes. The indexes of events by id and by
issue become tables that are written in stages: at a million events, all these took 50 kB an event.
"""

import sqlalchemy as sa
from alembic import op

from app.store import sqlite
from app.store.inbox.indexes import event_ids

revision = "0012"
down_revision = "0011"

DESCRIPTION = ("title", "type", "value", "culprit", "level")
NUMBERS = (
    "id, project_id, state, unread, count, users, first_seen, last_seen, revision, muted_until, mute_rule,"
    " resolved_in, merged_into, escalated_at"
)
LOG = "INSERT INTO issue_changes (revision, issue_id) VALUES (new.revision, new.id)"
FOUND_BY = (("event_ids", "key"), ("issue_events", "issue_id"))
COLUMNS = "project_id, issue_id, report_id, ordinal, timestamp, level, title"
PLACED = "INSERT INTO issue_order VALUES (new.last_seen, new.id) ON CONFLICT DO NOTHING;"
LEFT = "DELETE FROM issue_order WHERE last_seen = old.last_seen AND issue_id = old.id"
RECENT = "new.last_seen - 2000000"
ADDED_ID = "INSERT INTO recent_event_ids VALUES (new.key, new.id);"
ADDED_ISSUE = "INSERT INTO recent_issue_events VALUES (new.issue_id, new.id);"
NO_ID = """
DELETE FROM recent_event_ids WHERE key = old.key AND event = old.id;
DELETE FROM event_ids WHERE key = old.key AND event = old.id;"""
NO_ISSUE = """
DELETE FROM recent_issue_events WHERE issue_id = old.issue_id AND event = old.id;
DELETE FROM issue_events WHERE issue_id = old.issue_id AND event = old.id;"""


def upgrade() -> None:
    _make_events_anew()
    _make_issues_narrow()
    _log_changes()
    _order_issues()
    for table, column in FOUND_BY:
        _make_index(table, column)
    _keep_indexes()
    _list_algorithms()


def _make_issues_narrow() -> None:
    op.create_table(
        "issue_descriptions",
        sa.Column("issue_id", sa.Integer(), sa.ForeignKey("issues.id"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("type", sa.Text()),
        sa.Column("value", sa.Text()),
        sa.Column("culprit", sa.Text()),
        sa.Column("level", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("issue_id"),
    )
    op.drop_index("issues_revision", "issues")
    op.drop_index("issues_newest", "issues")
    # The rows are taken out and put back: shortened where they are, they would fill a quarter of each page.
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute("CREATE TEMPORARY TABLE all_issues AS SELECT * FROM issues ORDER BY id")
    op.execute("DELETE FROM issues")
    for name in DESCRIPTION:
        op.execute(f"ALTER TABLE issues DROP COLUMN {name}")
    op.execute("ALTER TABLE issues ADD COLUMN latest INTEGER")
    op.execute(f"INSERT INTO issues ({NUMBERS}) SELECT {NUMBERS} FROM all_issues ORDER BY id")  # noqa: S608
    op.execute(
        "INSERT INTO issue_descriptions"
        " SELECT id, title, type, value, culprit, level FROM all_issues ORDER BY id"
    )
    op.execute("DROP TABLE all_issues")


def _log_changes() -> None:
    op.create_table(
        "issue_changes",
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("revision", "issue_id"),
        sqlite_with_rowid=False,
    )
    op.execute(f"CREATE TRIGGER log_added_issue AFTER INSERT ON issues BEGIN {LOG}; END")
    op.execute(
        "CREATE TRIGGER log_changed_issue AFTER UPDATE OF revision ON issues"
        f" WHEN new.revision <> old.revision BEGIN {LOG}; END"
    )


def _order_issues() -> None:
    op.create_table(
        "issue_order",
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("last_seen", "issue_id"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO issue_order SELECT last_seen, id FROM issues ORDER BY last_seen, id")
    op.execute(f"CREATE TRIGGER order_added_issue AFTER INSERT ON issues BEGIN {PLACED} END")
    op.execute(
        "CREATE TRIGGER order_seen_issue AFTER UPDATE OF last_seen ON issues"
        f" WHEN new.last_seen <> old.last_seen BEGIN {PLACED} {LEFT} AND old.last_seen >= {RECENT}; END"
    )
    op.execute(f"CREATE TRIGGER order_removed_issue AFTER DELETE ON issues BEGIN {LEFT}; END")


def _make_events_anew() -> None:
    """Only a new table gets rid of a UNIQUE constraint, and of a foreign key."""
    op.create_table(
        "new_events",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("project_id", sa.Integer(), sa.ForeignKey("projects.id"), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("timestamp", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("type", sa.Text()),
        sa.Column("value", sa.Text()),
        sa.Column("culprit", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
    )
    sqlite.add_function(op.get_bind(), "event_key", event_ids.key_of)
    op.execute(
        f"INSERT INTO new_events SELECT id, event_id, event_key(event_id), {COLUMNS}, NULL, NULL, NULL"  # noqa: S608
        " FROM events ORDER BY id"
    )
    op.drop_table("events")
    op.rename_table("new_events", "events")
    op.create_index("events_of_report", "events", ["report_id"])


def _make_index(table: str, column: str) -> None:
    key_type = sa.BigInteger() if column == "key" else sa.Integer()

    def references() -> list[sa.ForeignKey]:
        return [sa.ForeignKey("issues.id")] if column == "issue_id" else []

    for name in (table, f"recent_{table}"):
        op.create_table(
            name,
            sa.Column(column, key_type, *references(), nullable=False),
            sa.Column("event", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint(column, "event"),
            sqlite_with_rowid=False,
        )
    op.execute(f"INSERT INTO {table} SELECT {column}, id FROM events ORDER BY {column}, id")  # noqa: S608


def _keep_indexes() -> None:
    op.execute(f"CREATE TRIGGER index_added_event AFTER INSERT ON events BEGIN {ADDED_ID} {ADDED_ISSUE} END")
    op.execute(f"CREATE TRIGGER index_removed_event AFTER DELETE ON events BEGIN {NO_ID} {NO_ISSUE} END")
    moved = f"BEGIN {NO_ISSUE} {ADDED_ISSUE} END"
    op.execute(f"CREATE TRIGGER index_moved_event AFTER UPDATE OF issue_id ON events {moved}")


def _list_algorithms() -> None:
    op.create_table(
        "key_algorithms",
        sa.Column("project_id", sa.Integer(), sa.ForeignKey("projects.id"), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "algorithm"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO key_algorithms SELECT DISTINCT project_id, algorithm FROM issue_keys")
