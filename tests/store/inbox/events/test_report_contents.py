"""What stands beside events: stored once, counted each time."""

from app.store.inbox.events import report_contents
from app.store.inbox.issues import projects
from tests.factories import NOON, Store, append, make_event, make_report


def test_files_and_feedback_are_stored_once_and_items_counted_each_time(store: Store) -> None:
    append(store.database, make_report(1))
    store.write(projects.numbers, {"shop"}, NOON)
    file = (1, 0, 1, "e" * 32, "screen.png", "image/png", 3)
    words = (1, 0, 1, "e" * 32, "Ada", "ada@example.com", "It broke.")
    for _ in range(2):
        store.write(report_contents.add, [file], [words], {(1, "session"): 5})
    with store.database.reading() as connection:
        counts = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in ("attachments", "feedback")
        ]
        items = connection.exec_driver_sql("SELECT project_id, kind, count FROM item_counts").all()
    assert counts == [1, 1]
    assert [tuple(row) for row in items] == [(1, "session", 10)]


def test_a_report_is_empty_until_something_of_it_is_stored(store: Store) -> None:
    store.file(make_event())
    append(store.database, make_report(2), make_report(3))
    store.write(report_contents.add, [(2, 0, 1, "e" * 32, "a.txt", None, 1)], [], {})
    assert [store.read(report_contents.is_empty, number) for number in (1, 2, 3)] == [False, False, True]
