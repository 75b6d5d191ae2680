"""Findings about the engine's settings."""

from collections.abc import Iterator

from app.doctor.finding import Finding, Severity
from app.settings import Settings


def environment(settings: Settings) -> Iterator[Finding]:
    """Which project keys the receiver accepts."""
    if settings.known_keys:
        yield Finding(
            severity=Severity.NOTE,
            title=f"Only these keys are welcome: {', '.join(settings.known_keys)}.",
            meaning="Whoever sends another key, or none, is answered 403 (setting known_keys).",
        )
