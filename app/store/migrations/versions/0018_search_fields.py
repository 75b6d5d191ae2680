"""The search finds events by their fields, and by all of their text.

What the index had of the newest events is carried over; the others are found again when their reports have
been read, by a job that begins with the newest: see `app/digest/entries/search_filling.py`. To carry a
million over would keep the first error waiting for half a minute.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "search_gaps",
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("first"),
    )
    op.create_table(
        "search_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("through", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "search_fills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO search_progress SELECT 1, coalesce(max(id), 0) FROM events")
    op.execute(
        "INSERT INTO search_gaps SELECT 1, max(id) FROM events WHERE id > 0 HAVING max(id) IS NOT NULL"
    )
    op.execute(
        "CREATE TEMP TABLE carried AS SELECT rowid AS event, words, tags FROM event_search "
        "ORDER BY rowid DESC LIMIT 20000"
    )
    op.execute("DROP TABLE event_search")
    op.execute(
        "CREATE VIRTUAL TABLE event_search USING fts5("
        "words, tags, type, culprit, files, functions, modules, url, more, "
        "columnsize = 0, tokenize = 'unicode61 remove_diacritics 2')"
    )
    # Without the marks of keys: their tags are found as words.
    op.execute(
        "INSERT INTO event_search (rowid, words, tags, type, culprit, files, functions, modules, url, more) "
        "SELECT carried.event, carried.words, "
        "char(57344) || 'level ' || events.level || char(10) || carried.tags, "
        "coalesce(events.type, ''), coalesce(events.culprit, ''), '', '', '', '', '' "
        "FROM carried JOIN events ON events.id = carried.event ORDER BY carried.event"
    )
    op.execute("DROP TABLE carried")
