"""Issues can be resolved at a commit, and come back only from a build that has it in it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("issues", sa.Column("resolved_commit", sa.Text(), nullable=True))
    op.create_table(
        "fix_commits",
        sa.Column("project_id", sa.Integer(), sa.ForeignKey("projects.id"), primary_key=True),
        sa.Column("hash", sa.Text(), primary_key=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("repository", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fix_builds",
        sa.Column("project_id", sa.Integer(), sa.ForeignKey("projects.id"), primary_key=True),
        sa.Column("hash", sa.Text(), primary_key=True),
        sa.Column("release", sa.Text(), primary_key=True),
        sa.Column("content", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fix_questions",
        sa.Column("issue_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("release", sa.Text(), primary_key=True),
        sa.Column("project_id", sa.Integer(), sa.ForeignKey("projects.id"), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("happening", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
