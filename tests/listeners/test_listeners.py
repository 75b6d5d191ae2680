"""A person's own code: what it attaches, changes, drops, breaks; and that it stops nothing."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from app import detail
from app.digest.pipeline import Digest
from app.listeners.frames import Announcement
from app.listeners.listeners import Listeners
from app.model import Level
from app.notifications import directory
from app.notifications.rules import Rule
from app.settings import Settings
from app.store.engine_state import listener_failures, listener_state
from app.store.engine_state.listener_failures import ListenerFailure
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.triage import actions
from app.store.notices.notice import Notice
from app.store.queue import queue_overview
from tests.end2end.engine_process import wait_until
from tests.factories import NOON, SECOND, Store, append, envelope, make_report

HURRY_SECONDS = 1.0
EVERYTHING = IssueFilter(View.EVERYTHING)


class Desk:
    """A listeners.py on a store: written, loaded by a digest, and seen at work."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.file = folder / "listeners.py"
        self.time = NOON
        self._number = 0
        self.begin()

    def begin(self, **limits: float) -> None:
        """A digest begins, with listeners of its own."""
        self.listeners = Listeners(self.file, self.store.database, clock=self.now, **limits)
        self.digest = Digest(
            self.store.database,
            Settings(data_dir=self.file.parent),
            listeners=self.listeners,
            clock=self.now,
        )

    def hurry(self) -> None:
        """Kill what takes longer than a moment."""
        self.listeners._limit_seconds = HURRY_SECONDS

    def now(self) -> int:
        return self.time

    def write(self, code: str) -> None:
        self.file.write_text(code, "utf-8")

    def send(self, *bodies: bytes) -> None:
        """Reports with these bodies arrive, and are digested; each names its own event."""
        for body in bodies:
            self._number += 1
            event_id = body.split(b'"event_id":"', 1)[1][:32].decode()
            append(self.store.database, make_report(self._number, body=body, event_id=event_id))
        self.digest.run()

    def titles(self) -> list[str]:
        return sorted(event.title for event in self.store.read(events.summaries))

    def failures(self) -> list[ListenerFailure]:
        return self.store.read(listener_failures.listed)

    def read(self, event_id: str) -> detail.EventDetail:
        pk = self.store.read(events.find, event_id)
        assert pk is not None
        found = self.store.read(detail.read_event, pk)
        assert found is not None
        return found


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(store, tmp_path)
    yield made
    made.listeners.close()


def event_id(number: int) -> str:
    return f"{number:032x}"


def failing(number: int, value: str = "'card'", **fields: object) -> bytes:
    exception = {"values": [{"type": "KeyError", "value": value}]}
    return envelope(event_id(number), exception=exception, **fields)


# -- before_digest ----------------------------------------------------------------------------------------


def test_changes_are_filed_found_and_shown_again(desk: Desk) -> None:
    desk.write(
        "from msgspec.structs import replace\n"
        "def before_digest(event):\n"
        "    event.tags['team'] = 'payments'\n"
        "    return replace(event, title='Changed', level='warning', fingerprint=('mine',))\n"
    )
    desk.send(failing(1), failing(2, value="something else altogether"))
    (issue,) = desk.store.read(issues.page, EVERYTHING)
    assert (issue.title, issue.level, issue.count) == ("Changed", "warning", 2)
    assert len(desk.store.read(events.summaries, text="team:payments")) == 2
    # Neither another code nor none changes what was filed.
    desk.file.unlink()
    desk.digest.run()
    shown = desk.read(event_id(1)).event
    assert (shown.title, shown.level, shown.tags["team"]) == ("Changed", "warning", "payments")
    assert shown.exceptions[0].value == "'card'"
    assert desk.failures() == []


def test_before_digest_is_given_the_whole_event(desk: Desk) -> None:
    desk.write(
        "def before_digest(event):\n"
        "    assert event.extra['cart'] == 7\n"
        "    assert event.breadcrumbs[0].message == 'paid'\n"
        "    return event\n"
    )
    desk.send(failing(1, extra={"cart": 7}, breadcrumbs={"values": [{"message": "paid"}]}))
    assert desk.failures() == []


def test_dropped_events_are_counted_and_not_stored(desk: Desk) -> None:
    desk.write("def before_digest(event):\n    return None if 'noise' in event.title else event\n")
    file = b'{"type":"attachment","filename":"log.txt","length":3}\nabc\n'
    desk.send(failing(1, "noise") + file, failing(2, "signal"), failing(3, "noise"))
    assert desk.titles() == ["KeyError: signal"]
    assert desk.store.read(queue_overview.dropped) == 2
    status = desk.store.read(queue_overview.status)
    assert (status.received, status.digested, status.pending, status.dead) == (3, 3, 0, 0)
    with desk.store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT id FROM reports").scalars().all() == [2]
        assert connection.exec_driver_sql("SELECT count(*) FROM attachments").scalar() == 0


def test_other_events_of_a_report_stay_in_their_places(desk: Desk) -> None:
    desk.write(
        "from msgspec.structs import replace\n"
        "def before_digest(event):\n"
        "    return None if event.event_id.endswith('1') else replace(event, logger='seen')\n"
    )
    first, second = failing(1, "one"), failing(2, "two")
    desk.send(first + second.split(b"\n", 1)[1])
    assert desk.titles() == ["KeyError: two"]
    shown = desk.read(event_id(2)).event
    assert (shown.exceptions[0].value, shown.logger) == ("two", "seen")


@pytest.mark.parametrize(
    ("body", "line", "error"),
    [
        ("    event.tags['half'] = 'done'\n    raise ValueError('mine')", 3, "ValueError: mine"),
        (
            "    return 'nonsense'",
            1,
            "TypeError: It must return an Event, or None to drop it; not a value of type str",
        ),
        (
            "    class Odd:\n        __repr__ = exit\n    return Odd()",
            1,
            "TypeError: It must return an Event, or None to drop it; not a value of type Odd",
        ),
        (
            "    return replace(event, timestamp=event.timestamp.replace(tzinfo=None))",
            1,
            "ValueError: A time of an event must say its zone",
        ),
        (
            "    return replace(event, tags={'a': 5})",
            1,
            "msgspec.ValidationError: Expected `str`, got `int` - at",
        ),
        (
            "    return replace(event, event_id='x')",
            1,
            "ValueError: It must not change event_id of an event",
        ),
        ("    exit(3)", 2, "RuntimeError: It raised SystemExit(3)"),
        ("    return event.nothing", 2, "AttributeError: 'Event' object has no attribute 'nothing'"),
    ],
)
def test_an_error_is_stored_with_its_line_and_the_event_is_filed_as_it_came(
    desk: Desk, body: str, line: int, error: str
) -> None:
    desk.write(f"def before_digest(event):\n{body}\nfrom msgspec.structs import replace\n")
    desk.send(failing(1), failing(2))
    (issue,) = desk.store.read(issues.page, EVERYTHING)
    assert (issue.title, issue.count) == ("KeyError: 'card'", 2)
    assert "half" not in desk.read(event_id(1)).event.tags
    (failure,) = desk.failures()
    assert failure.listener == "before_digest"
    assert failure.error.startswith(error)
    assert failure.place == f"{desk.file}:{line}"
    assert failure.error in failure.traceback
    desk.send(failing(3))
    (failure,) = desk.failures()
    assert failure.count == 2
    assert desk.store.read(queue_overview.status).dead == 0


def test_a_function_that_hangs_is_not_called_again_until_the_file_changes(desk: Desk) -> None:
    desk.hurry()
    hangs = "import time\ndef before_digest(event):\n    while True:\n        time.sleep(0.01)\n"
    desk.write(hangs)
    desk.send(failing(1), failing(2))
    assert desk.store.read(queue_overview.status).digested == 2
    (failure,) = desk.failures()
    assert (
        failure.error
        == "It took longer than 1 s, and was killed; it is called no more until the file changes"
    )
    assert failure.place in (f"{desk.file}:3", f"{desk.file}:4")
    assert "time.sleep(0.01)" in failure.traceback or "while True" in failure.traceback
    desk.send(failing(3))
    assert desk.failures() == [failure]
    desk.write("def before_digest(event):\n    return None\n")
    desk.send(failing(4))
    assert desk.store.read(queue_overview.dropped) == 1


def test_a_batch_that_failed_to_be_filed_is_changed_once(desk: Desk) -> None:
    desk.write(
        "from msgspec.structs import replace\n"
        "def before_digest(event):\n    return replace(event, title=event.title + '!')\n"
    )
    desk.listeners.refresh()
    append(desk.store.database, make_report(1, body=failing(1), event_id=event_id(1)))
    desk.digest.isolate()
    assert desk.titles() == ["KeyError: 'card'!"]
    assert desk.read(event_id(1)).event.title == "KeyError: 'card'!"


# -- signals ----------------------------------------------------------------------------------------------


def test_every_signal_is_sent_with_its_documented_values(desk: Desk) -> None:
    desk.write(
        "from app import signals\n"
        "from pathlib import Path\n"
        "heard = Path(__file__).with_name('heard')\n"
        "def attach(name, signal):\n"
        "    @signal.connect\n"
        "    def note(_sender, **values):\n"
        "        with heard.open('a') as file:\n"
        "            file.write(f'{name} {sorted(values)}\\n')\n"
        "for name, signal in signals.ALL.items():\n"
        "    attach(name, signal)\n"
    )
    desk.store.write(directory.add_rule, "everything new", Rule(cooldown_minutes=0))
    desk.send(failing(1))
    heard = desk.file.with_name("heard")
    said = heard.read_text().splitlines()
    assert "event_created ['event', 'issue_id']" in said
    assert "event_assigned ['event', 'issue']" in said
    assert "issue_created ['event', 'issue_id']" in said
    assert "notification_created ['notice']" in said
    assert not any("issue_regressed" in line for line in said)
    heard.unlink()
    desk.store.write(actions.resolve, [1], desk.time)
    desk.time += SECOND
    desk.send(failing(2))
    said = heard.read_text().splitlines()
    assert "issue_regressed ['event', 'issue_id']" in said
    assert not any("issue_created" in line for line in said)


def test_a_listener_gets_the_event_as_changed_and_committed(desk: Desk) -> None:
    desk.write(
        "from app.signals import event_created\n"
        "from msgspec.structs import replace\n"
        "def before_digest(event):\n    return replace(event, title='Changed')\n"
        "@event_created.connect\n"
        "def tell(_sender, event, issue_id):\n"
        "    raise RuntimeError(f'{event.title} in {issue_id}')\n"
    )
    desk.send(failing(1))
    (failure,) = desk.failures()
    assert (failure.listener, failure.error) == ("tell", "RuntimeError: Changed in 1")
    assert failure.place == f"{desk.file}:7"


def test_an_error_or_a_hang_in_one_listener_harms_no_other(desk: Desk) -> None:
    desk.hurry()
    desk.write(
        "from app.signals import event_created\n"
        "import threading\n"
        "from pathlib import Path\n"
        "@event_created.connect\n"
        "def hangs(_sender, **_values):\n"
        "    threading.Event().wait()\n"
        "@event_created.connect\n"
        "def raises(_sender, **_values):\n"
        "    {}['x']\n"
        "@event_created.connect\n"
        "def works(_sender, event, issue_id):\n"
        "    Path(__file__).with_name(event.event_id).touch()\n"
    )
    desk.send(failing(1), failing(2))
    assert desk.file.with_name(event_id(1)).exists()
    assert desk.file.with_name(event_id(2)).exists()
    failures = {failure.listener: failure for failure in desk.failures()}
    assert set(failures) == {"hangs", "raises"}
    assert failures["hangs"].place == f"{desk.file}:6"
    assert failures["hangs"].count == 1
    assert failures["raises"].place == f"{desk.file}:9"


# -- loading ----------------------------------------------------------------------------------------------


def test_the_file_is_loaded_again_after_a_change_and_forgotten_after_its_removal(desk: Desk) -> None:
    note = (
        "from pathlib import Path\nfrom app.signals import event_created\n"
        "@event_created.connect\n"
        "def note(_sender, event, issue_id):\n"
        "    Path(__file__).with_name({name!r} + event.event_id[-1]).touch()\n"
    )
    desk.send(failing(1))
    desk.write(note.format(name="a"))
    desk.send(failing(2))
    desk.write(note.format(name="b"))
    desk.send(failing(3))
    desk.file.unlink()
    desk.send(failing(4))
    made = {path.name for path in desk.file.parent.iterdir() if len(path.name) == 2}
    assert made == {"a2", "b3"}


@pytest.mark.parametrize(
    ("code", "line", "error"),
    [
        ("x = 1\ndef before_digest(event:\n    return event\n", 2, "SyntaxError"),
        ("x = 1\n\nimport nothing_of_this_name\n", 3, "ModuleNotFoundError"),
        (
            "from app.signals import event_created\nevent_created.connect(print)\n1 / 0\n",
            3,
            "ZeroDivisionError",
        ),
        ("import threading\nthreading.Event().wait()\n", 2, "It took longer"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_reported_with_its_line_even_if_nothing_arrives(
    desk: Desk, code: str, line: int, error: str
) -> None:
    desk.hurry()
    desk.write(code)
    desk.digest.run()
    (failure,) = desk.failures()
    assert (failure.listener, failure.place) == ("listeners.py", f"{desk.file}:{line}")
    assert failure.error.startswith(error)
    assert not desk.listeners.signals
    desk.send(failing(1))
    (again,) = desk.failures()
    assert again == failure
    assert desk.store.read(queue_overview.status).digested == 1


def test_without_the_file_nothing_is_read_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> None:
        raise AssertionError("nobody listens")

    monkeypatch.setattr("app.digest.understanding.understand", fails)
    monkeypatch.setattr("app.listeners.listeners.ListenerProcess", fails)
    desk.send(failing(1))
    assert desk.store.read(queue_overview.status).digested == 1


def test_a_slow_function_is_reported_once(desk: Desk) -> None:
    desk.begin(slow_seconds=0.0)
    desk.write("def before_digest(event):\n    return event\n")
    desk.send(failing(1))
    desk.send(failing(2))
    slow = [failure for failure in desk.failures() if failure.listener == "before_digest"]
    assert [(failure.count, "the digest waits" in failure.error) for failure in slow] == [(1, True)]


# -- it hangs where nothing of Python's runs, or ends its process -----------------------------------------

HOLDS_THE_INTERPRETER = "import re\ndef before_digest(event):\n    re.match('(a+)+$', 'a' * 60 + 'b')\n"


def test_a_function_that_holds_the_interpreter_is_killed_and_its_line_reported(desk: Desk) -> None:
    desk.hurry()
    desk.write(HOLDS_THE_INTERPRETER)
    desk.send(failing(1), failing(2))
    assert desk.titles() == ["KeyError: 'card'"] * 2
    (failure,) = desk.failures()
    assert (failure.listener, failure.place) == ("before_digest", f"{desk.file}:3")
    assert "re.match" in failure.traceback
    assert failure.error.endswith("; it is called no more until the file changes")


@pytest.mark.parametrize(
    ("code", "line", "error"),
    [
        ("    import os\n    os._exit(7)\n", 3, "exit code 7"),
        ("    import ctypes\n    ctypes.string_at(0)\n", 3, "SIGSEGV"),
        ("    import os\n    os.abort()\n", 3, "SIGABRT"),
        ("    import os\n    os.kill(os.getpid(), 9)\n", 1, "SIGKILL"),
        ("    import os\n    os.closerange(3, 100)\n", 1, ""),
    ],
)
def test_a_file_that_ends_its_process_twice_is_left_out_and_everything_is_filed(
    desk: Desk, code: str, line: int, error: str
) -> None:
    desk.write("def before_digest(event):\n" + code)
    desk.send(failing(1), failing(2), failing(3))
    assert len(desk.titles()) == 3
    first, second = desk.failures()
    assert {first.place, second.place} == {f"{desk.file}:{line}"}
    assert all(failure.listener == "before_digest" for failure in (first, second))
    assert all(
        failure.error.startswith("It ended the process of listeners.py: ") for failure in (first, second)
    )
    assert all(error in failure.error for failure in (first, second))
    left_out = desk.store.read(listener_state.left_out)
    assert left_out is not None
    assert left_out.since is not None
    assert left_out.sentence.startswith("listeners.py is left out since ")
    assert error in left_out.sentence
    # Another digest knows, and calls nothing; a file that was saved is another one.
    desk.begin()
    desk.send(failing(4))
    assert desk.failures() == [first, second]
    desk.write("def before_digest(event):\n    return None\n")
    desk.send(failing(5))
    assert desk.store.read(queue_overview.dropped) == 1
    assert desk.store.read(listener_state.left_out) is None


@pytest.mark.parametrize(
    ("code", "line", "error"),
    [
        ("import os\nos._exit(1)\n", 2, "exit code 1"),
        ("import ctypes\nctypes.string_at(0)\n", 2, "SIGSEGV"),
    ],
)
def test_a_file_that_ends_its_process_while_it_loads_is_tried_once_more(
    desk: Desk, code: str, line: int, error: str
) -> None:
    desk.write(code)
    for number in range(1, 5):
        desk.send(failing(number))
    assert len(desk.titles()) == 4
    failures = desk.failures()
    assert [failure.place for failure in failures] == [f"{desk.file}:{line}"] * 2
    assert all(error in failure.error for failure in failures)
    assert [failure.listener for failure in failures] == ["listeners.py"] * 2
    assert desk.store.read(listener_state.left_out) is not None


def test_a_file_that_hangs_while_it_loads_is_left_out_at_once(desk: Desk) -> None:
    desk.hurry()
    desk.write("while True:\n    pass\n")
    desk.send(failing(1))
    (failure,) = desk.failures()
    assert failure.place in (f"{desk.file}:1", f"{desk.file}:2")
    assert desk.store.read(listener_state.left_out) is not None
    desk.begin()
    desk.send(failing(2))
    assert desk.failures() == [failure]
    assert len(desk.titles()) == 2


def test_a_function_that_hung_is_not_called_by_the_next_digest(desk: Desk) -> None:
    desk.hurry()
    desk.write(
        "from app.signals import event_created\nfrom pathlib import Path\nimport time\n"
        "@event_created.connect\ndef hangs(_sender, **_values):\n    time.sleep(60)\n"
        "@event_created.connect\ndef works(_sender, event, issue_id):\n"
        "    Path(__file__).with_name(event.event_id).touch()\n"
    )
    desk.send(failing(1))
    desk.listeners.close()
    desk.begin(limit_seconds=60)
    desk.send(failing(2))
    assert desk.file.with_name(event_id(2)).exists()
    left_out = desk.store.read(listener_state.left_out)
    assert left_out is not None
    assert left_out.functions == ("hangs",)
    assert left_out.since is None


def test_no_listener_is_called_twice_for_an_event_during_which_the_process_ended(desk: Desk) -> None:
    desk.write(
        "import os\nfrom app.signals import event_created\nfrom pathlib import Path\n"
        "def write(name, event):\n"
        "    with Path(__file__).with_name(name).open('a') as file:\n"
        "        file.write(event.event_id[-1])\n"
        "@event_created.connect\ndef first(_sender, event, issue_id):\n    write('first', event)\n"
        "@event_created.connect\ndef dies(_sender, event, issue_id):\n"
        "    if event.event_id.endswith('2'):\n        os._exit(1)\n"
        "@event_created.connect\ndef last(_sender, event, issue_id):\n    write('last', event)\n"
    )
    desk.send(failing(1), failing(2), failing(3))
    assert desk.file.with_name("first").read_text() == "123"
    assert desk.file.with_name("last").read_text() == "123"


def test_memory_is_limited(desk: Desk) -> None:
    desk.write("def before_digest(event):\n    bytearray(4 << 30)\n")
    desk.send(failing(1))
    (failure,) = desk.failures()
    assert (failure.error, failure.place) == ("MemoryError", f"{desk.file}:2")
    assert len(desk.titles()) == 1


def test_its_child_processes_hold_up_nothing_and_end_with_it(desk: Desk) -> None:
    desk.write(
        "import subprocess, sys, os\nfrom pathlib import Path\n"
        "sleeps = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "forked = os.fork()\n"
        "if not forked:\n    import time\n    time.sleep(600)\n"
        "Path(__file__).with_name('pids').write_text(f'{sleeps.pid} {forked}')\n"
        "def before_digest(event):\n    os._exit(1)\n"
    )
    desk.send(failing(1))
    pids = [int(pid) for pid in desk.file.with_name("pids").read_text().split()]
    desk.send(failing(2))
    pids += [int(pid) for pid in desk.file.with_name("pids").read_text().split()]
    assert len(desk.titles()) == 2
    assert desk.store.read(listener_state.left_out) is not None
    wait_until(lambda: not any(map(is_alive, pids)), "what it has started to end")


# As much as is read of an event, and more than a pipe holds.
LARGE = {f"{number}": "x" * 60_000 for number in range(50)}


def test_a_large_event_is_passed(desk: Desk) -> None:
    desk.write(
        "def before_digest(event):\n"
        "    return event if sum(map(len, event.extra.values())) == 3_000_000 else 1 / 0\n"
    )
    desk.send(failing(1, extra=LARGE))
    assert desk.failures() == []


@pytest.mark.parametrize(
    "code",
    [
        "    os.write(pipe, b'\\x7f\\xff\\xff\\xff')\n    time.sleep(60)\n",
        "    os.write(pipe, b'\\0\\0\\0\\1a')\n    time.sleep(60)\n",
        "    threading.Thread(target=re.match, args=('(a+)+$', 'a' * 60 + 'b')).start()\n    return event\n",
    ],
)
def test_the_digest_goes_on_whatever_is_written_into_the_pipe(desk: Desk, code: str) -> None:
    desk.hurry()
    find = "pipe = min(fd for fd in range(3, 50) if os.path.exists(f'/proc/self/fd/{fd}') and "
    find += "os.readlink(f'/proc/self/fd/{fd}').startswith('socket'))\n"
    desk.write(f"import os, re, threading, time\n{find}def before_digest(event):\n{code}")
    desk.send(*(failing(number, extra=LARGE) for number in range(1, 5)))
    assert len(desk.titles()) == 4
    assert desk.failures()
    assert {failure.listener for failure in desk.failures()} == {"before_digest"}


def is_alive(pid: int) -> bool:
    """Whether it still runs; one that nobody has waited for does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


# -- the documentation ------------------------------------------------------------------------------------

DOCUMENT = Path(__file__).parents[2] / "docs/listeners.md"
EXAMPLES = dict(re.findall(r"### ([^\n]+)\n```python\n(.+?)```", DOCUMENT.read_text("utf-8"), re.DOTALL))


@pytest.fixture
def example(desk: Desk) -> Callable[[str], Desk]:
    def load(title: str) -> Desk:
        desk.write(EXAMPLES[title])
        return desk

    return load


def test_example_a_diary(example: Callable[[str], Desk]) -> None:
    desk = example("Write new issues into a file")
    desk.send(failing(1), failing(2))
    assert desk.file.with_name("diary.txt").read_text() == "1 shop: KeyError: 'card'\n"
    assert desk.failures() == []


def test_example_a_shout(example: Callable[[str], Desk], capfd: pytest.CaptureFixture[str]) -> None:
    desk = example("Shout when something resolved comes back in production")
    desk.send(failing(1, environment="production"))
    desk.store.write(actions.resolve, [1], desk.time)
    desk.time += SECOND
    desk.send(failing(2, environment="production"))
    assert desk.failures() == []
    # Programs read what the engine says: what a listener prints is for people.
    assert capfd.readouterr() == ("", "issue 1 is back\n")


def test_example_a_round_number(example: Callable[[str], Desk]) -> None:
    desk = example("Look at every hundredth event of an issue")
    desk.send(*(failing(n) for n in range(1, 101)))
    assert "KeyError: 'card': 100" in desk.file.with_name("round.txt").read_text()
    assert desk.failures() == []


def test_example_list_of_notices(example: Callable[[str], Desk]) -> None:
    desk = example("Write a list of all notices")
    desk.listeners.refresh()
    notice = Notice(channel=None, issue_id=1, kind="new", level=Level.ERROR, title="New", body="", count=1)
    desk.listeners.announce([Announcement(signals=("notification_created",), notice=notice)])
    assert desk.file.with_name("notices.txt").read_text() == "new: New\n"


def test_example_dropping(example: Callable[[str], Desk]) -> None:
    desk = example("Drop what is nobody's bug")
    stopped = {"values": [{"type": "KeyboardInterrupt", "value": ""}]}
    desk.send(failing(1), envelope(event_id(2), exception=stopped))
    assert desk.titles() == ["KeyError: 'card'"]
    assert desk.failures() == []


def test_example_hiding(example: Callable[[str], Desk]) -> None:
    desk = example("Hide a name, and mark whose it is")
    desk.send(failing(1, user={"id": "7", "name": "Ada"}, transaction="shop.checkout"))
    shown = desk.read(event_id(1)).event
    assert shown.user == {"id": "7"}
    assert shown.tags["team"] in ("payments", "web")
    assert desk.failures() == []


def test_example_grouping(example: Callable[[str], Desk]) -> None:
    desk = example("Group by your own rule")
    desk.send(
        failing(1, "deadlock detected while this", transaction="/pay"),
        failing(2, "deadlock detected while that", transaction="/pay"),
        failing(3, "deadlock detected", transaction="/buy"),
    )
    assert sorted(issue.count for issue in desk.store.read(issues.page, EVERYTHING)) == [1, 2]
    assert desk.failures() == []


def test_every_example_is_run_by_a_test() -> None:
    tests = Path(__file__).read_text("utf-8")
    assert all(f'example("{title}")' in tests for title in EXAMPLES)
    assert len(EXAMPLES) == 7
