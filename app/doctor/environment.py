"""What is around the engine: its disk, and what its settings allow."""

import shutil
from collections.abc import Iterator

from app.doctor.finding import Finding, Severity
from app.settings import GIB, Settings

SCARCE_BYTES = GIB


def environment(settings: Settings) -> Iterator[Finding]:
    """Whether the disk has room, and who is welcome."""
    free = shutil.disk_usage(settings.data_dir).free
    if free < SCARCE_BYTES:
        yield Finding(
            severity=Severity.WARNING,
            title=f"Only {free // (1 << 20):,} MiB are free where {settings.data_dir} is.",
            meaning="When the disk is full, errors are answered with 503 and lost by most clients.",
            advice="Free some space, or lower total_bytes under [retention].",
        )
    if settings.known_keys:
        yield Finding(
            severity=Severity.NOTE,
            title=f"Only these keys are welcome: {', '.join(settings.known_keys)}.",
            meaning="Whoever sends another key, or none, is answered 403 (setting known_keys).",
        )
