"""A row of the list says where an issue happened: the place in the code, and the environment."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    # Of what is stored already they are not known: its rows show the culprit instead.
    for table in ("events", "issue_descriptions"):
        for name in ("place", "environment"):
            op.add_column(table, sa.Column(name, sa.Text(), nullable=True))
