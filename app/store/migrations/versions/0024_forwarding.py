"""Where the reports of projects are passed on to, and what is on its way there."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "forwards",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("project_id", sa.Integer(), sa.ForeignKey("projects.id"), nullable=False, unique=True),
        sa.Column("dsn", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("after_report", sa.BigInteger(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("waiting_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.BigInteger(), nullable=False),
        sa.Column("not_sent", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.BigInteger(), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("last_sent", sa.BigInteger()),
        sa.Column("last_error", sa.Text()),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "forwarded_reports",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("forward_id", sa.Integer(), sa.ForeignKey("forwards.id"), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("protocol", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        sa.Column("head", sa.LargeBinary()),
        sa.Column("body", sa.LargeBinary()),
        sa.UniqueConstraint("forward_id", "report_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "forwarded_reports_due",
        "forwarded_reports",
        ["forward_id", "due_at", "id"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
    )
