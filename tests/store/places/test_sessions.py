"""The moments at which sessions began."""

import pytest

from app.store.places import sessions
from tests.factories import NOON, Store


def test_sessions_are_remembered_the_newest_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MOST", 2)
    numbers = [store.write(sessions.begin, NOON + n) for n in range(3)]
    assert store.read(sessions.listed) == [NOON + 2, NOON + 1]
    assert store.write(sessions.remove, numbers[2])
    assert not store.write(sessions.remove, numbers[2])
    assert store.read(sessions.listed) == [NOON + 1]
