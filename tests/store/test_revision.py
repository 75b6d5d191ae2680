"""The store's revision: the next number for each change, and none for one that is rolled back."""

import pytest
from sqlalchemy import Connection

from app.store import revision
from tests.factories import Store


def test_each_transaction_gets_the_next_revision(store: Store) -> None:
    first = store.write(revision.bump)
    assert store.write(revision.bump) == first + 1


def test_rolled_back_transaction_uses_no_revision(store: Store) -> None:
    first = store.write(revision.bump)

    def fail(connection: Connection) -> None:
        assert revision.bump(connection) == first + 1
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write(fail)
    assert store.write(revision.bump) == first + 1
