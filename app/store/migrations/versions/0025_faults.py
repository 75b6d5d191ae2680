"""Faults that clients are to meet."""

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    pass
