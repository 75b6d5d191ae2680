"""Projects are hidden, renamed and coloured; views are saved."""

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Nothing yet."""
