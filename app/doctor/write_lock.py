"""Finding: another program holds the store's write lock, so that nothing can be written."""

from collections.abc import Iterator

from app import paths
from app.doctor.finding import Finding, Severity
from app.settings import Settings
from app.store.failures import StatementFailure
from app.store.upkeep import write_lock as store_lock


def write_lock(settings: Settings) -> Iterator[Finding]:
    """Whether another program holds the lock: takes it for a moment, and waits up to two seconds for it."""
    file = settings.data_dir / paths.DATABASE
    if not file.exists():
        return
    try:
        is_held = store_lock.is_held(file)
    except StatementFailure:
        # Other faults of the store are other findings.
        return
    if is_held:
        yield Finding(
            severity=Severity.PROBLEM,
            title="Another program keeps the store locked.",
            meaning="Nothing can be written: errors are answered with 503, and the digest waits.",
            advice=f"Close what has {file} open, such as a database browser or a backup.",
        )
