"""Shared by the tests of undo: the types of their fixtures, and helpers."""

from collections.abc import Callable

from pytestqt.wait_signal import SignalBlocker

from app.model import IssueState
from app.store.inbox.lists import issues
from tests.factories import Store

Do = Callable[[Callable[[], object]], str]
Back = Callable[[], str]


def sentence(signal: SignalBlocker) -> str:
    assert isinstance(signal.args, list)
    return str(signal.args[1])


def state(store: Store, issue_id: int) -> IssueState:
    issue = store.read(issues.get, issue_id)
    assert issue is not None
    return issue.state
