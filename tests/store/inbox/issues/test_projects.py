"""Project numbers: found by name, given once."""

from app.store.inbox.issues import projects
from tests.factories import NOON, Store


def test_missing_projects_are_added_and_known_ones_found(store: Store) -> None:
    first = store.write(projects.numbers, {"shop", "blog"}, NOON)
    again = store.write(projects.numbers, {"shop", "api"}, NOON + 1)
    assert first == {"blog": 1, "shop": 2}
    assert again == {"shop": 2, "api": 3}
    with store.database.reading() as connection:
        created = connection.exec_driver_sql("SELECT name, created_at FROM projects ORDER BY id").all()
    assert [tuple(row) for row in created] == [("blog", NOON), ("shop", NOON), ("api", NOON + 1)]


def test_no_names_have_no_numbers(store: Store) -> None:
    assert store.write(projects.numbers, set(), NOON) == {}
