"""The newest releases of a project are found without sorting all that it ever had."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_index("releases_newest", "releases", ["project_id", "first_seen", "name"], unique=False)
