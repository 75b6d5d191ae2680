"""A target that runs."""

from collections.abc import Iterator

import pytest

from tests.forwarding.target import Target, running


@pytest.fixture
def target() -> Iterator[Target]:
    """A server that takes what is passed on."""
    with running() as started:
        yield started
