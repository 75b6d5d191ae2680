"""Refused requests are stored whole, and can be tried again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # NULL if an older Arecibo may have cut the body, so that its length is unknown.
    op.add_column("refusals", sa.Column("body_size", sa.BigInteger(), nullable=True))
    op.add_column("refusals", sa.Column("kept_bytes", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("refusals", sa.Column("retry_at", sa.BigInteger(), nullable=True))
    op.add_column("refusals", sa.Column("retries", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE refusals SET kept_bytes = length(head) + length(body)")
    op.execute("UPDATE refusals SET body_size = length(body) WHERE length(body) < 4096")
    op.create_index("refusals_kept", "refusals", ["id", "kept_bytes"], unique=False)
    op.create_index("refusals_retry", "refusals", ["retry_at"], unique=False)
    op.create_table(
        "refused_rests",
        sa.Column("refusal_id", sa.Integer(), nullable=False),
        sa.Column("rest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["refusal_id"], ["refusals.id"]),
        sa.PrimaryKeyConstraint("refusal_id"),
    )
