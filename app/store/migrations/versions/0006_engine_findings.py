"""Adds the faults that the engine finds in its own work, and the project of a notice."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "engine_findings",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind"),
        sqlite_with_rowid=False,
    )
    op.add_column("outbox", sa.Column("project", sa.Text(), nullable=True))
    op.execute(
        "UPDATE outbox SET project = (SELECT projects.name FROM issues "
        "JOIN projects ON projects.id = issues.project_id WHERE issues.id = outbox.issue_id)"
    )
