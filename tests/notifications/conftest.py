"""What tests of notices may ask for."""

from collections.abc import Iterator

import pytest

from tests.notifications.hooks import Webhook


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    """A webhook that takes everything."""
    hook = Webhook()
    yield hook
    hook.close()
