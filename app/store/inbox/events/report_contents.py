"""What a report brought besides events: files, feedback, and items of kinds that are only counted."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from app.store import bulk
from app.store import schema as t

# Report, ordinal in the report, project, event id, file name, content type, size in bytes.
FileRow = tuple[int, int, int, str, str, str | None, int]
# Report, ordinal in the report, project, event id, name, email, comments.
FeedbackRow = tuple[int, int, int, str, str | None, str | None, str]


def add(
    connection: Connection,
    files: Sequence[FileRow],
    feedback: Sequence[FeedbackRow],
    counts: Mapping[tuple[int, str], int],
) -> None:
    """Add files and feedback, unless they are there, and count items by (project, kind)."""
    bulk.add_missing(connection, t.attachments, files)
    bulk.add_missing(connection, t.feedback, feedback)
    bulk.count_up(connection, t.item_counts, [(*item, count) for item, count in counts.items()])


def is_empty(connection: Connection, report_id: int) -> bool:
    """Whether nothing is stored that the report brought: no event, no file, no feedback."""
    contents = (
        select(table.c.report_id).where(table.c.report_id == report_id).limit(1)
        for table in (t.events, t.attachments, t.feedback)
    )
    return all(connection.execute(query).first() is None for query in contents)
