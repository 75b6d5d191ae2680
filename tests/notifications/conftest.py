"""Fixtures of tests of notices."""

from collections.abc import Iterator

import pytest

from tests.notifications.hooks import Webhook


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    """A webhook that accepts everything."""
    hook = Webhook()
    yield hook
    hook.close()
