"""How many issues and events there are is kept by triggers: counting 50,000 issues took 36 ms.

Of the issues the sidebar shows several numbers: they have a table of their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_ONE_MORE = """
INSERT INTO issue_counts VALUES (new.project_id, new.state, new.unread, 1)
ON CONFLICT (project_id, state, unread) DO UPDATE SET count = count + 1"""
_ONE_LESS = """
UPDATE issue_counts SET count = count - 1
WHERE project_id = old.project_id AND state = old.state AND unread = old.unread"""
_ONE_EVENT_MORE = "UPDATE state SET events = events + 1"
_ONE_EVENT_LESS = "UPDATE state SET events = events - 1"
_CHANGE = "UPDATE OF project_id, state, unread, merged_into ON issues"
_IS_ANOTHER = """
old.state != new.state OR old.unread != new.unread OR old.project_id != new.project_id
OR old.merged_into IS NOT new.merged_into"""


def upgrade() -> None:
    op.create_table(
        "issue_counts",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("project_id", "state", "unread"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO issue_counts SELECT project_id, state, unread, count(*) FROM issues "
        "WHERE merged_into IS NULL GROUP BY project_id, state, unread"
    )
    for name, when, what in (
        ("issue_added", "INSERT ON issues WHEN new.merged_into IS NULL", _ONE_MORE),
        ("issue_removed", "DELETE ON issues WHEN old.merged_into IS NULL", _ONE_LESS),
        ("issue_came", f"{_CHANGE} WHEN new.merged_into IS NULL AND ({_IS_ANOTHER})", _ONE_MORE),
        ("issue_left", f"{_CHANGE} WHEN old.merged_into IS NULL AND ({_IS_ANOTHER})", _ONE_LESS),
    ):
        op.execute(f"CREATE TRIGGER {name} AFTER {when} BEGIN {what}; END")
    op.drop_index("issues_counted", "issues")
    op.add_column("state", sa.Column("events", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE state SET events = (SELECT count(*) FROM events)")
    op.execute(f"CREATE TRIGGER event_added AFTER INSERT ON events BEGIN {_ONE_EVENT_MORE}; END")
    op.execute(f"CREATE TRIGGER event_removed AFTER DELETE ON events BEGIN {_ONE_EVENT_LESS}; END")
