"""What is deleted can be brought back for a day; issues are pinned."""

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Nothing yet."""
