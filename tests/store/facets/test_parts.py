"""Parts are all of it, in order."""

from app.store.facets.parts import in_parts


def test_parts_are_all_of_it_in_order() -> None:
    assert [list(part) for part in in_parts(range(5), 2)] == [[0, 1], [2, 3], [4]]
    assert list(in_parts((), 2)) == []
