"""What a person does to much at once: 5,000 and 50,000 issues as the window does, and a rule's preview.

The issues are resolved while the engine runs on the store and a process of its own sends errors; the 50,000
in the real window, and then undone and deleted, too (`acts_watched`). On a store with fewer issues or events,
it is of all of them. The preview reads the newest events of the whole store.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication

from app.digest.grouping.rules import Apart
from app.regrouping import plans
from app.store.database import Connection, open_existing
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from bench.scale import engine
from bench.scale.acts_watched import AT_REST
from bench.scale.figures import Figure, Wanted
from ui.issues.actions import IssueActions
from ui.link.background import Background, Failed, Ticket
from ui.link.store_access import StoreAccess
from ui.steps import Step
from ui.undo import UndoStack

T = TypeVar("T")

ISSUES = 5_000
SENT_A_SECOND = 50
STARTED_SECONDS = 5
RESOLVED = Figure("5,000 issues resolved", "s", Wanted.AT_MOST, 2)
STEP = Figure("of that, the longest step", "ms", Wanted.AT_MOST, 50)
ANSWER = Figure("the worst answer meanwhile", "ms", Wanted.AT_MOST, 50)
PREVIEW = Figure("preview of a rule, 20,000 events", "s", Wanted.AT_MOST, 3)
ALL_RESOLVED = Figure("all of 50,000 issues resolved in the window", "s", Wanted.AT_MOST, 5)
ALL_UNDONE = Figure("that undone", "s", Wanted.AT_MOST, 5)
ALL_DELETED = Figure("all of them deleted", "s", Wanted.AT_MOST, 5)
ALL_LAG = Figure("event-loop lag meanwhile, p99", "ms", Wanted.AT_MOST, 16.7)
FIGURES = (RESOLVED, STEP, ANSWER, PREVIEW, ALL_RESOLVED, ALL_UNDONE, ALL_DELETED, ALL_LAG)
SEPARATED_BY = "tag:region"


def measure(folder: Path) -> dict[str, float]:
    """Resolve issues of the store in `folder`, and preview a rule there."""
    found = {PREVIEW.name: _preview_seconds(folder)}
    with engine.running(folder) as port:
        # When it starts, it counts the events for retention, and its first answers load code.
        _send_during(port, lambda: time.sleep(STARTED_SECONDS))
        (seconds, longest), answers = _send_during(port, lambda: _resolve(folder))
    found |= {RESOLVED.name: seconds, STEP.name: longest * 1000, ANSWER.name: answers.worst}
    return found | _in_the_window(folder)


def _in_the_window(folder: Path) -> dict[str, float]:
    """The same with everything in the list, in the real window."""
    command = [sys.executable, "-m", "bench.scale.acts_watched", str(folder)]
    printed = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    seen = json.loads(printed)
    return {
        ALL_RESOLVED.name: seen["seconds"]["redo"],
        ALL_UNDONE.name: seen["seconds"]["undo again"],
        ALL_DELETED.name: seen["seconds"]["delete"],
        ALL_LAG.name: max(p99 for name, p99 in seen["lag_p99"].items() if name != AT_REST),
    }


def _send_during(port: int, work: Callable[[], T]) -> tuple[T, engine.Answers]:
    """Do this work while errors are sent."""
    sender = engine.Sender(port, SENT_A_SECOND)
    try:
        # Until it sends.
        time.sleep(1)
        result = work()
    finally:
        answers = sender.stop()
    return result, answers


def _preview_seconds(folder: Path) -> float:
    database = open_existing(folder)
    with database.reading() as connection:
        begun = time.perf_counter()
        plans.of_rule(connection, Apart(by=SEPARATED_BY), folder=folder)
        took = time.perf_counter() - begun
    database.close()
    return took


class _WatchedStore(StoreAccess):
    """Measures the longest write transaction of a step, with its commit, in seconds."""

    longest = 0.0

    def write_prepared(
        self,
        prepare: Step,
        done: Callable[[Any], None],
        failed: Failed | None = None,
        not_before: float = 0.0,
    ) -> Ticket:
        begun: list[float] = []

        def watched(connection: Connection) -> Callable[[Connection], Any]:
            work = prepare(connection)

            def writing(connection: Connection) -> Any:
                begun.append(time.perf_counter())
                return work(connection)

            return writing

        def committed(result: Any) -> None:
            self.longest = max(self.longest, time.perf_counter() - begun[0])
            done(result)

        return super().write_prepared(watched, committed, failed, not_before)


def _resolve(folder: Path) -> tuple[float, float]:
    """Seconds until all are resolved, from the click on, and of the longest step."""
    application = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    background = Background()
    store = _WatchedStore(folder, background)
    stack = UndoStack(store)
    actions = IssueActions(store, stack)
    ended: list[str] = []
    stack.acted.connect(lambda _number, sentence: ended.append(sentence))
    stack.message.connect(ended.append)
    ids: list[int] = []
    # The window has read its list before anything in it is resolved.
    store.read(_newest_issues, ids.extend)
    while not ids:
        application.processEvents()
    begun = time.perf_counter()
    actions.act("resolve", ids)
    while not ended:
        application.processEvents()
        time.sleep(0.0005)
    took = time.perf_counter() - begun
    background.stop()
    store.close()
    return took, store.longest


def _newest_issues(connection: Connection) -> list[int]:
    return [each.id for each in issues.page(connection, IssueFilter(View.INBOX), limit=ISSUES)]
