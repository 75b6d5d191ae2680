"""How many events each issue has stored, which retention counts from here on, and how far its sweeps came."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "event_counts",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("stored", sa.BigInteger(), nullable=False),
        sa.Column("since_trimmed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("issue_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("event_counts_most", "event_counts", ["stored"], unique=False)
    op.create_table(
        "retention_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counted_through", sa.BigInteger(), nullable=False),
        sa.Column("aged_through", sa.BigInteger(), nullable=False),
        sa.Column("begun_through", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    # The events that are stored already are counted by the first sweep, in steps.
    op.execute("INSERT INTO retention_progress VALUES (1, 0, 0, 0)")
    op.create_index("setbacks_discarded", "setbacks", ["discarded_at"], unique=False)
    op.create_index(
        "issues_merged",
        "issues",
        ["merged_into"],
        unique=False,
        sqlite_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_index("regrouped_keys_from", "regrouped_keys", ["from_issue"], unique=False)
    op.create_index("regrouped_keys_to", "regrouped_keys", ["to_issue"], unique=False)
