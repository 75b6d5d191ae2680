"""Whole issues may go when the size budget asks for it, and lists stay short with any number of projects."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "removed_issues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("removed_issues_revision", "removed_issues", ["revision"], unique=False)
    op.create_table(
        "retention_log",
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("issues", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
        sqlite_with_rowid=False,
    )
    op.create_index("issue_keys_of_issue", "issue_keys", ["issue_id"], unique=False)
    op.create_index(
        "issues_counted", "issues", ["project_id", "state", "unread", "merged_into"], unique=False
    )
