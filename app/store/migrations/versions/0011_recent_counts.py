"""What batches add to the counters of issues is appended, and added to their tables many batches at once."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "recent_counts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("previous", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("hours", sa.LargeBinary(), nullable=False),
        sa.Column("users", sa.LargeBinary(), nullable=False),
        sa.Column("tags", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    # Columns with a default: no row is written.
    op.add_column("state", sa.Column("settled_through", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("state", sa.Column("settled_issue", sa.BigInteger(), nullable=True))
    op.add_column("issues", sa.Column("newest_counts", sa.Integer(), nullable=False, server_default="0"))
