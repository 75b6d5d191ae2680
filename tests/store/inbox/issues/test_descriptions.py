"""What describes an issue: its latest event, or what is stored of the issue itself."""

from app.store.inbox.issues import descriptions
from app.store.inbox.lists import issues
from tests.factories import Store, make_event


def title_of(store: Store, issue: int) -> tuple[str, str | None, str | None, str | None, str]:
    found = store.read(issues.get, issue)
    assert found is not None
    return found.title, found.type, found.value, found.culprit, found.level


def where(store: Store, issue: int) -> tuple[str | None, str | None]:
    found = store.read(issues.get, issue)
    assert found is not None
    return found.place, found.environment


def test_a_row_says_where_its_latest_event_happened(store: Store) -> None:
    store.file(make_event(environment="dev"))
    assert where(store, 1)[1] == "dev"
    place = where(store, 1)[0]
    assert place is not None
    assert " in " in place
    store.write(lambda connection: connection.exec_driver_sql("DELETE FROM events WHERE id = 1"))
    assert where(store, 1) == (place, "dev"), "as it was when the issue was new"


def test_an_issue_is_described_by_its_latest_event(store: Store) -> None:
    event = make_event()
    store.file(event)
    store.file(make_event(value="other", title="Another", culprit=None, level="fatal"))
    assert title_of(store, 1) == ("Another", "KeyError", "other", None, "fatal")
    assert store.read(descriptions.titles, [1, 2]) == {1: "Another"}


def test_an_issue_whose_latest_event_is_gone_is_described_by_itself(store: Store) -> None:
    store.file(make_event(value="first", title="First"))
    store.file(make_event(value="second", title="Second"))
    store.write(lambda connection: connection.exec_driver_sql("DELETE FROM events WHERE id = 2"))
    assert title_of(store, 1)[:3] == ("First", "KeyError", "first")


def test_what_describes_an_issue_by_itself_can_be_changed(store: Store) -> None:
    store.file(make_event())
    store.file(make_event(function="another"))
    changed = {"title": "T", "type": None, "value": "v", "culprit": "c", "level": "info", "latest": 3}
    changed |= {"place": "pay.py:7 in pay", "environment": "prod"}
    store.write(descriptions.change, 1, changed)
    assert title_of(store, 1)[0] == "KeyError: 'card'", "its event describes it"
    store.write(lambda connection: connection.exec_driver_sql("UPDATE issues SET latest = NULL"))
    assert title_of(store, 1) == ("T", None, "v", "c", "info")
    assert where(store, 1) == ("pay.py:7 in pay", "prod")
    assert title_of(store, 2)[0] == "KeyError: 'card'"
