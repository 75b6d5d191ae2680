"""An index of the keys of older algorithms: whether a project has any was found by reading all its keys."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0012"


def upgrade() -> None:
    older = sa.text("algorithm <> 'v2'")
    op.create_index("issue_keys_older", "issue_keys", ["project_id"], sqlite_where=older)
