"""The tree of facets, under Qt's tester."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt

from ui.issues.facets.facet_model import ENTRY, FacetModel, FacetRow, Kind, ValueRow

NAMES = ("level", "browser", "user")
VALUES = st.lists(st.sampled_from("abcde"), unique=True)
TREES = st.lists(st.tuples(st.sampled_from(NAMES), VALUES, st.integers(0, 3)), unique_by=lambda each: each[0])
Tree = list[tuple[FacetRow, list[ValueRow]]]


def tree(given_: list[tuple[str, list[str], int]]) -> Tree:
    return [
        (
            FacetRow(name, is_complete=bool(number)),
            [ValueRow(name, value, number) for value in values]
            + ([ValueRow(name, f"{number} more", kind=Kind.MORE)] if number else []),
        )
        for name, values, number in given_
    ]


def shown(model: FacetModel) -> Tree:
    found: Tree = []
    for row in range(model.rowCount()):
        facet = model.index(row, 0)
        rows = [model.entry(model.index(place, 0, facet)) for place in range(model.rowCount(facet))]
        entry = model.entry(facet)
        assert isinstance(entry, FacetRow)
        found.append((entry, [each for each in rows if isinstance(each, ValueRow)]))
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(TREES, max_size=5))
def test_the_tree_is_what_was_shown_last(
    checked: Callable[[QAbstractItemModel], QAbstractItemModel], trees: list[list[tuple[str, list[str], int]]]
) -> None:
    model = FacetModel()
    checked(model)
    for each in trees:
        model.show(tree(each))
        assert shown(model) == tree(each)


def test_a_cursor_stays_on_its_value() -> None:
    model = FacetModel()
    model.show(tree([("level", ["a", "b"], 0), ("user", ["c"], 0)]))
    value = QPersistentModelIndex(model.index(1, 0, model.index_of("level")))
    model.show(tree([("user", ["c"], 1), ("level", ["b", "a"], 2)]))
    entry = value.data(ENTRY)
    assert (entry.facet, entry.text, entry.number) == ("level", "b", 2)
    assert value.parent().row() == 1


def test_rows_are_said_in_words() -> None:
    model = FacetModel()
    rows = [ValueRow("level", "error", 1, "added"), ValueRow("level", "info", 1_200, "excluded")]
    model.show([(FacetRow("level", is_complete=False), rows)])
    facet = model.index_of("level")
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert facet.data(spoken) == "Level, still counting"
    assert [model.index(row, 0, facet).data(spoken) for row in range(2)] == [
        "error: 1 issue, only these are shown",
        "info: 1,200 issues, left out",
    ]


def test_hostile_values_are_one_plain_line() -> None:
    model = FacetModel()
    model.show([(FacetRow("x"), [ValueRow("x", "<b>a</b>\n" + "y" * 9_000, 1)])])
    index = model.index(0, 0, model.index_of("x"))
    assert "\n" not in index.data()
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)
