"""The clients that sent reports: name, version, project, and how far each clock is off."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "callers",
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("protocol", sa.Text(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.BigInteger(), nullable=False),
        sa.Column("last_seen", sa.BigInteger(), nullable=False),
        sa.Column("reports", sa.BigInteger(), nullable=False),
        sa.Column("skew", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("project", "protocol", "client", "version"),
        sqlite_with_rowid=False,
    )
    op.create_index("callers_newest", "callers", ["last_seen"], unique=False)
