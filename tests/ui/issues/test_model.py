"""The model announces exactly what changes, checked by Qt's tester and a copy built from its signals."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from pytestqt.qtbot import QtBot

from app.model import Issue
from app.sorting import position_of
from tests.ui.issues.factories import make_issue
from ui.issues.model import ISSUE, IssueListModel

ISSUES = st.builds(make_issue, st.integers(1, 25), st.integers(0, 6))
CHANGES = st.lists(
    st.tuples(st.lists(ISSUES, unique_by=lambda issue: issue.id), st.sets(st.integers(1, 30))), max_size=4
)


class Listener:
    """Maintains a list of ids from the model's signals alone."""

    def __init__(self, model: IssueListModel) -> None:
        self._model = model
        self.ids: list[int] = []
        self.resets = 0
        model.modelReset.connect(self._reset)
        model.rowsInserted.connect(self._insert)
        model.rowsRemoved.connect(self._remove)
        model.rowsMoved.connect(self._move)

    def _reset(self) -> None:
        self.resets += 1
        self.ids = [self._model.issue(row).id for row in range(self._model.rowCount())]

    def _insert(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.ids[first:first] = [self._model.issue(row).id for row in range(first, last + 1)]

    def _remove(self, _parent: QModelIndex, first: int, last: int) -> None:
        del self.ids[first : last + 1]

    def _move(self, _parent: QModelIndex, first: int, last: int, _to: QModelIndex, before: int) -> None:
        assert first == last
        moved = self.ids.pop(first)
        self.ids.insert(before - (before > first), moved)


def ids(model: IssueListModel) -> list[int]:
    return [model.issue(row).id for row in range(model.rowCount())]


def apply(model: IssueListModel, matching: list[Issue], gone: set[int]) -> None:
    for _step in model.applying(matching, gone):
        pass


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(ISSUES, unique_by=lambda issue: issue.id), CHANGES)
def test_any_changes_are_announced_exactly(
    checked: Callable[[QAbstractItemModel], QAbstractItemModel],
    first: list[Issue],
    changes: list[tuple[list[Issue], set[int]]],
) -> None:
    model = IssueListModel()
    checked(model)
    listener = Listener(model)
    model.start(first, complete=True)
    expected = {issue.id: issue for issue in first}
    followed = {
        issue.id: QPersistentModelIndex(model.index(model.row_of(issue.id) or 0, 0)) for issue in first
    }
    for matching, gone in changes:
        apply(model, matching, gone - {issue.id for issue in matching})
        for issue_id in gone - {issue.id for issue in matching}:
            expected.pop(issue_id, None)
            followed.pop(issue_id, None)
        expected.update({issue.id: issue for issue in matching})
        assert [model.issue(row) for row in range(model.rowCount())] == sorted(
            expected.values(), key=position_of, reverse=True
        )
        assert listener.ids == ids(model)
        assert {number: index.data(ISSUE).id for number, index in followed.items() if index.isValid()} == {
            number: number for number in followed
        }
    assert listener.resets == 1


def test_a_burst_of_new_issues_is_one_insertion(qtbot: QtBot) -> None:
    model = IssueListModel()
    model.start([make_issue(1, 1)], complete=True)
    with qtbot.waitSignals([model.rowsInserted], check_params_cbs=[lambda _parent, *rows: rows == (0, 98)]):
        apply(model, [make_issue(number, number) for number in range(2, 101)], set())


def test_neighbours_go_together(qtbot: QtBot) -> None:
    model = IssueListModel()
    model.start([make_issue(number, number) for number in range(1, 11)], complete=True)
    announced: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda _parent, first, last: announced.append((first, last)))
    apply(model, [], {2, 3, 4, 8})
    assert announced == [(6, 8), (2, 2)]


def test_unchanged_issues_announce_nothing(qtbot: QtBot) -> None:
    model = IssueListModel()
    issues = [make_issue(number, number) for number in range(1, 4)]
    model.start(issues, complete=True)
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.rowsMoved):
        apply(model, issues, {77})


def test_it_can_be_left_between_any_two_steps(
    checked: Callable[[QAbstractItemModel], QAbstractItemModel], qtbot: QtBot
) -> None:
    model = IssueListModel()
    checked(model)
    model.start([make_issue(number, number) for number in range(1, 20)], complete=True)
    steps = model.applying([make_issue(number, number + 50) for number in range(5, 30)], {1, 2, 17})
    for _step in zip(steps, range(7), strict=False):
        assert ids(model) == [
            i.id
            for i in sorted((model.issue(r) for r in range(model.rowCount())), key=position_of, reverse=True)
        ]
    model.start([make_issue(1, 1)], complete=True)
    assert ids(model) == [1]


@pytest.mark.parametrize("complete", [True, False])
def test_more_rows_are_requested_only_while_incomplete(complete: bool, qtbot: QtBot) -> None:
    model = IssueListModel()
    model.start([make_issue(1)], complete=complete)
    assert model.canFetchMore() is not complete
    with qtbot.waitSignal(model.more_requested):
        model.fetchMore()


def test_a_row_has_an_accessible_text(qtbot: QtBot) -> None:
    model = IssueListModel()
    model.start([make_issue(3)], complete=True)
    emitted = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert emitted.startswith("unread, error, KeyError: 'card 3', in shop.checkout")
    assert model.index(0, 0).data() == "KeyError: 'card 3'"
