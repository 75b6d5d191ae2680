"""Several events read at once are those that are read alone."""

from app import detail
from app.issue_overview import whole_events
from tests.factories import Store
from tests.issue_overview.conftest import Send


def test_they_are_whole_and_the_newest_comes_first(store: Store, send: Send) -> None:
    for number in range(3):
        send(tags={"number": str(number)}, extra={"deep": {"er": number}})
    read = store.read(lambda connection: list(whole_events.read(connection, [1, 3, 2])))
    assert [number for number, _event in read] == [3, 2, 1]
    assert [event.tags["number"] for _number, event in read] == ["2", "1", "0"]
    alone = store.read(detail.read_event, 3)
    assert alone is not None
    assert (read[0][1].extra, read[0][1].issue_id) == (alone.event.extra, alone.issue.id)


def test_removed_ones_are_left_out(store: Store, send: Send) -> None:
    send()
    assert store.read(lambda c: [number for number, _event in whole_events.read(c, [1, 99])]) == [1]
