"""Steps of an act: each in a transaction of its own, until one fails or a person cancels."""

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from app.model import IssueState
from app.store.inbox.lists import issues
from tests.factories import Store, make_event, set_state
from tests.ui.undoing import state
from ui.link.store_access import StoreAccess
from ui.steps import Step, StepRunner


@pytest.fixture
def runner(access: StoreAccess, store: Store, monkeypatch: pytest.MonkeyPatch) -> StepRunner:
    """A runner that shows progress at once, on a store with three issues."""
    monkeypatch.setattr("ui.steps.SHOWN_AFTER_SECONDS", 0)
    monkeypatch.setattr("ui.steps.SHOWN_EVERY_SECONDS", 0)
    store.file(*(make_event(function=f"f{number}") for number in range(3)))
    return StepRunner(access, access)


def resolving(number: int) -> Step:
    def prepare(connection: Connection) -> Callable[[Connection], int]:
        revision = issues.revision(connection)

        def resolve(writing: Connection) -> int:
            set_state(writing, [number], IssueState.RESOLVED)
            return issues.revision(writing) - revision

        return resolve

    return prepare


class Ending:
    def __init__(self) -> None:
        self.results: list[Any] | None = None
        self.error: BaseException | None = None

    def __call__(self, results: list[Any], error: BaseException | None) -> None:
        self.results, self.error = results, error


def test_each_step_reads_what_the_one_before_has_committed(runner: StepRunner, qtbot: QtBot) -> None:
    ending = Ending()
    shown: list[int] = []
    runner.progressed.connect(shown.append)
    runner.run([resolving(1), resolving(2), resolving(3)], ending)
    qtbot.waitUntil(lambda: ending.results is not None)
    assert (ending.results, ending.error) == ([1, 1, 1], None)
    assert shown == [1, 2]


def test_a_cancelled_run_ends_after_the_step_that_is_running(
    runner: StepRunner, store: Store, qtbot: QtBot
) -> None:
    ending = Ending()
    runner.progressed.connect(lambda _steps: runner.cancel())
    runner.run([resolving(1), resolving(2), resolving(3)], ending)
    qtbot.waitUntil(lambda: ending.results is not None)
    assert (ending.results, ending.error) == ([1], None)
    assert [state(store, number) for number in (1, 2, 3)] == ["resolved", "open", "open"]
    runner.progressed.disconnect()
    again = Ending()
    runner.run([resolving(2), resolving(3)], again)
    qtbot.waitUntil(lambda: again.results is not None)
    assert again.results == [1, 1]


def test_a_step_that_fails_changes_nothing_and_ends_the_run(
    runner: StepRunner, store: Store, qtbot: QtBot
) -> None:
    def fail_after_writing(_connection: Connection) -> Callable[[Connection], None]:
        def write(writing: Connection) -> None:
            set_state(writing, [2], IssueState.RESOLVED)
            raise RuntimeError("no")

        return write

    ending = Ending()
    runner.run([resolving(1), fail_after_writing, resolving(3)], ending)
    qtbot.waitUntil(lambda: ending.error is not None)
    assert ending.results == [1]
    assert [state(store, number) for number in (1, 2, 3)] == ["resolved", "open", "open"]
