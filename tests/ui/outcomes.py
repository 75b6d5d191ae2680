"""The expected outcome of work off the UI thread."""

import pytest


def never(result: object) -> None:
    """A callback for a result that may not arrive."""
    pytest.fail(f"this should not have arrived: {result!r}")
