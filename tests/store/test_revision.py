"""The revision grows by one a change, in the transaction of that change."""

import pytest
from sqlalchemy import Connection

from app.store import revision
from app.store.inbox import issues
from tests.factories import Store, make_event


def test_each_change_has_the_next_one(store: Store) -> None:
    assert [store.write(revision.bump) for _change in range(3)] == [1, 2, 3]
    assert store.read(issues.revision) == 3
    store.file(make_event())
    (issue,) = store.read(issues.page, issues.IssueFilter())
    assert (issue.revision, store.read(issues.revision)) == (4, 4)


def test_a_change_that_fails_uses_none(store: Store) -> None:
    def fail(connection: Connection) -> None:
        revision.bump(connection)
        raise KeyError

    with pytest.raises(KeyError):
        store.write(fail)
    assert store.write(revision.bump) == 1
