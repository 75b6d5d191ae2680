"""Findings about the store's disk: free space, stores that were set aside, issues removed whole."""

import shutil
from collections.abc import Iterator

from app.doctor.finding import Finding, Severity
from app.settings import GIB, MIB, Settings
from app.store.database import Connection
from app.store.upkeep import retention_log, salvage

SCARCE_BYTES = GIB
FULL_BYTES = 32 * MIB


def room(settings: Settings) -> Iterator[Finding]:
    """Whether the disk has room."""
    folder = settings.data_dir
    if not folder.is_dir():
        return
    free = shutil.disk_usage(folder).free
    if free < FULL_BYTES:
        yield Finding(
            severity=Severity.PROBLEM,
            title=f"The disk is full where {folder} is: {free // MIB:,} MiB are free.",
            meaning="Errors are answered with 503, and lost by most clients. What was acknowledged is safe.",
            advice="Free some space: Arecibo goes on by itself. Lower total_bytes under [retention].",
        )
    elif free < SCARCE_BYTES:
        yield Finding(
            severity=Severity.WARNING,
            title=f"Only {free // MIB:,} MiB are free where {folder} is.",
            meaning="When the disk is full, errors are answered with 503 and lost by most clients.",
            advice="Free some space, or lower total_bytes under [retention].",
        )


def stores_set_aside(connection: Connection, settings: Settings) -> Iterator[Finding]:
    """How far the reports of stores that were damaged or removed have been carried over."""
    for name, reached in salvage.all_progress(connection):
        lost = f"{reached.unreadable:,} could not be read" if reached.unreadable else "none was unreadable"
        yield Finding(
            severity=Severity.NOTE,
            title=f"An older store lies in {settings.data_dir / name}.",
            meaning=f"Of the reports that waited in it {reached.carried:,} were carried over; {lost}.",
            advice="" if reached.has_ended else "That goes on, or with the next start.",
        )


def issues_removed(connection: Connection) -> Iterator[Finding]:
    """Whether whole issues were removed because the store exceeded its size budget."""
    removed = retention_log.listed(connection)
    if removed:
        issues, events = sum(day.issues for day in removed), sum(day.events for day in removed)
        yield Finding(
            severity=Severity.NOTE,
            title=f"Retention removed {issues:,} whole issues, the last on {removed[0].day:%Y-%m-%d}.",
            meaning=f"The store was larger than it may be. {events:,} events went with them: of resolved and "
            "muted issues first, then of read ones, each the oldest first.",
            advice="Raise total_bytes under [retention] to keep more.",
        )
