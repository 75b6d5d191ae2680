"""How much of a large report is filed: it is read after the others, and filed in slices."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("setbacks", sa.Column("filed", sa.BigInteger(), nullable=True))
