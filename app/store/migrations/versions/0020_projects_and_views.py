"""Projects are hidden, renamed, coloured and merged; views and sessions are saved.

A project keeps its number and the name that its app sends; what people see is `shown`. So nothing that refers
to a project changes with it: see `app/store/places/projects.py`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("projects", sa.Column("shown", sa.Text(), nullable=False, server_default=""))
    op.add_column("projects", sa.Column("merged_into", sa.Integer(), nullable=True))
    op.add_column("projects", sa.Column("hidden", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("projects", sa.Column("colour", sa.Text(), nullable=True))
    op.add_column("projects", sa.Column("icon", sa.Text(), nullable=True))
    op.execute("UPDATE projects SET shown = name")
    op.create_index("projects_shown", "projects", ["shown"])
    op.create_index("projects_hidden", "projects", ["hidden"], sqlite_where=sa.text("hidden = 1"))
    op.create_index(
        "projects_merged", "projects", ["merged_into"], sqlite_where=sa.text("merged_into IS NOT NULL")
    )
    dressed = sa.text("colour IS NOT NULL OR icon IS NOT NULL")
    op.create_index("projects_dressed", "projects", ["id"], sqlite_where=dressed)
    # New issues come at its end: the index of an issue's first time is hardly ever written elsewhere.
    op.create_index("issues_first_seen", "issues", ["first_seen"])
    op.create_index(
        "issues_escalated", "issues", ["escalated_at"], sqlite_where=sa.text("escalated_at IS NOT NULL")
    )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
