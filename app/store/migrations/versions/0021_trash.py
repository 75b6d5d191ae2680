"""What is deleted can be brought back for a day; issues are pinned.

An issue in the trash is hidden as a merged one is (`merged_into` = 0), so the triggers that count issues
leave it out. How many events such issues have is kept likewise: people do not count them as stored.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_IN_TRASH = "EXISTS (SELECT 1 FROM deleted_issues WHERE issue_id = {})"


def upgrade() -> None:
    op.add_column("issues", sa.Column("pinned", sa.Boolean(), nullable=False, server_default="0"))
    op.create_index("issues_pinned", "issues", ["id"], sqlite_where=sa.text("pinned = 1"))
    op.add_column("state", sa.Column("deleted_events", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "deletions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("deletions_due", "deletions", ["due_at"])
    op.create_table(
        "deleted_issues",
        sa.Column("issue_id", sa.Integer(), sa.ForeignKey("issues.id"), primary_key=True),
        sa.Column("deletion_id", sa.Integer(), sa.ForeignKey("deletions.id"), nullable=False),
        sa.Column("carved_from", sa.Integer()),
        sqlite_with_rowid=False,
    )
    op.create_index("deleted_issues_of_deletion", "deleted_issues", ["deletion_id", "issue_id"])
    op.create_table(
        "deleted_keys",
        sa.Column("issue_id", sa.Integer(), sa.ForeignKey("issues.id"), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    _count_events()


def _count_events() -> None:
    less = "UPDATE state SET deleted_events = deleted_events - 1"
    more = "UPDATE state SET deleted_events = deleted_events + 1"
    was, came = _IN_TRASH.format("old.issue_id"), _IN_TRASH.format("new.issue_id")
    moved = "UPDATE OF issue_id ON events"
    op.execute(f"CREATE TRIGGER deleted_event_removed AFTER DELETE ON events WHEN {was} BEGIN {less}; END")
    op.execute(f"CREATE TRIGGER deleted_event_left AFTER {moved} WHEN {was} BEGIN {less}; END")
    op.execute(f"CREATE TRIGGER deleted_event_came AFTER {moved} WHEN {came} BEGIN {more}; END")
