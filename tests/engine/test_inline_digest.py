"""The digest within the request: what is pending is filed when it returns."""

from app.engine.inline_digest import InlineDigest
from app.settings import Settings
from app.store.queue import queue_overview
from tests.factories import Store, append, make_report


def test_what_is_pending_is_filed_and_its_revision_reported(store: Store) -> None:
    revisions: list[int] = []
    digest = InlineDigest(Settings(data_dir=store.database.file.parent), store.database, revisions.append)
    append(store.database, make_report(1), make_report(2))
    assert digest.run() == 2
    assert digest.run() == 0
    digest.close()
    found = store.read(queue_overview.status)
    assert (found.digested, found.pending) == (2, 0)
    assert len(revisions) == 1
