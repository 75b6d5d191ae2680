"""The search finds events by their fields, and by all of their text."""

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Nothing yet."""
