"""Errors that were printed, or that a hook reported: which event shows each."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "printed_errors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("run", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("likeness", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("arrived", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("is_alone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("printed_errors_event_id", "printed_errors", ["event_id", "project_id"], unique=True)
    op.create_index("printed_errors_shown_by", "printed_errors", ["event"])
    alone = sa.text("is_alone = 1")
    op.create_index("printed_errors_alone", "printed_errors", ["arrived"], sqlite_where=alone)
    op.create_index(
        "printed_errors_alike", "printed_errors", ["project_id", "name", "at"], sqlite_where=alone
    )
