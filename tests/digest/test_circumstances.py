"""What was printed of an error, added to the event that was sent of it."""

from msgspec.structs import replace

from app.digest import circumstances
from app.digest.filing.one_event import Joined
from app.listeners import event_changes
from app.model import Breadcrumb
from app.store.inbox.events import changes
from tests.factories import Store, append, envelope, make_event, make_report

PRINTED = make_event(
    breadcrumbs=(Breadcrumb(message="listening"),),
    contexts={"run": {"command": "make", "service": "web"}},
    server_name="here",
    tags={"service": "web"},
)


def test_only_what_is_missing_is_added() -> None:
    sent = make_event(breadcrumbs=(), contexts={"run": {"command": "its"}, "os": {}}, server_name=None)
    found = circumstances.completed(sent, PRINTED)
    assert found.breadcrumbs == PRINTED.breadcrumbs
    assert found.contexts == {"run": {"command": "its", "service": "web"}, "os": {}}
    assert (found.server_name, found.title, found.tags) == ("here", sent.title, sent.tags)
    own = make_event(breadcrumbs=(Breadcrumb(message="its own"),), server_name="there")
    found = circumstances.completed(own, PRINTED)
    assert (found.breadcrumbs, found.server_name) == (own.breadcrumbs, "there")


def test_it_is_stored_beside_the_report_with_what_a_person_changed(store: Store) -> None:
    report = make_report(1)
    report = replace(report, body=envelope(report.event_id))
    append(store.database, report)
    store.write(changes.add, [(1, 0, b'{"title":"theirs"}')])
    store.write(circumstances.add, [Joined(report, 0, 1, PRINTED)])
    stored = store.read(changes.of, 1, 0)
    found = event_changes.apply(make_event(), stored)
    assert (found.title, found.breadcrumbs) == ("theirs", PRINTED.breadcrumbs)


def test_where_nothing_is_missing_nothing_is_stored(store: Store) -> None:
    report = make_report(1)
    append(store.database, report)
    store.write(circumstances.add, [Joined(report, 0, 1, make_event(server_name=None))])
    assert store.read(changes.of, 1, 0) is None
