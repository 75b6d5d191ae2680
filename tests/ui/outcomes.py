"""What a test expects to come of work beside the UI thread."""

import pytest


def never(result: object) -> None:
    """Stands where no result may arrive."""
    pytest.fail(f"this should not have arrived: {result!r}")
