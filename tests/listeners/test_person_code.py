"""A person's file, loaded and called, in this process: what it answers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app import signals
from app.listeners.frames import Announced, Announcement, Calling, Considered, ListenerFailed
from app.listeners.person_code import PersonCode
from app.model import Event
from tests.factories import make_event


@pytest.fixture(autouse=True)
def _detached() -> Iterator[None]:
    yield
    for signal in signals.ALL.values():
        for listener in list(signal.receivers_for(None)):
            signal.disconnect(listener)


class Loaded:
    """A file with this code, loaded; `answers` is what it has said."""

    def __init__(self, folder: Path, code: str, left_out: tuple[str, ...] = ()) -> None:
        self.file = folder / "listeners.py"
        self.file.write_text(code)
        self.answers: list[Any] = []
        self.code = PersonCode(str(self.file), left_out, slow_seconds=60, reply=self._reply)
        self.code.load()

    def _reply(self, answer: object, *, now: bool = False) -> None:
        self.answers.append(answer)


def encoded(event: Event) -> bytes:
    return msgspec.json.encode(event)


def test_before_digest_changes_and_drops_and_is_announced_before(tmp_path: Path) -> None:
    code = "def before_digest(event):\n    return event if event.title == 'stay' else None\n"
    loaded = Loaded(tmp_path, code)
    assert loaded.code.done().change_events
    loaded.code.consider(encoded(make_event(title="drop")))
    loaded.code.consider(encoded(make_event(title="stay")))
    considered = [answer for answer in loaded.answers if isinstance(answer, Considered)]
    assert considered == [Considered(is_dropped=True), Considered()]
    called = [answer.name for answer in loaded.answers if isinstance(answer, Calling)]
    assert called == ["listeners.py", "before_digest"]


def test_an_error_is_reported_and_the_event_stays_as_it_is(tmp_path: Path) -> None:
    loaded = Loaded(tmp_path, "def before_digest(event):\n    return 3\n")
    loaded.code.consider(encoded(make_event()))
    failed, considered = loaded.answers[-2:]
    assert isinstance(failed, ListenerFailed)
    assert "must return an Event" in failed.error
    assert considered == Considered()


def test_a_file_that_cannot_be_loaded_has_nothing_attached(tmp_path: Path) -> None:
    loaded = Loaded(tmp_path, "raise SystemExit(3)\n")
    assert not loaded.code.done().is_loaded
    (failed,) = (answer for answer in loaded.answers if isinstance(answer, ListenerFailed))
    assert failed.place == f"{loaded.file}:1"


def test_every_listener_is_called_but_those_to_skip(tmp_path: Path) -> None:
    code = (
        "from app.signals import event_created\n"
        "called = []\n"
        "@event_created.connect\n"
        "def first(_sender, event, issue_id):\n    called.append('first'); 1 / 0\n"
        "@event_created.connect\n"
        "def second(_sender, event, issue_id):\n    called.append('second')\n"
    )
    loaded = Loaded(tmp_path, code)
    assert loaded.code.done().signals == ("event_created",)
    announcement = Announcement(signals=("event_created",), event=encoded(make_event()), issue_id=1)
    loaded.code.announce(announcement)
    names = {answer.name: answer.key for answer in loaded.answers if isinstance(answer, Calling)}
    assert {"first", "second"} <= names.keys()
    assert loaded.answers[-1] == Announced()
    loaded.answers.clear()
    loaded.code.announce(msgspec.structs.replace(announcement, skip=(names["first"],)))
    assert [answer.name for answer in loaded.answers if isinstance(answer, Calling)] == ["second"]
