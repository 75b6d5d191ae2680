"""The process of `listeners.py`, real: asked, killed as it hangs, and ended with what it has started."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.listeners.frames import Calling, Done, Load
from app.listeners.host import ListenerProcess, ProcessEnded


@pytest.fixture
def process() -> Iterator[ListenerProcess]:
    made = ListenerProcess(limit_seconds=1.0, slow_seconds=60.0)
    yield made
    made.end()


def test_a_request_is_answered_up_to_done(process: ListenerProcess, tmp_path: Path) -> None:
    file = tmp_path / "listeners.py"
    file.write_text("def before_digest(event):\n    return event\n")
    *called, done = process.ask(Load(str(file)))
    assert [answer.name for answer in called if isinstance(answer, Calling)] == ["listeners.py"]
    assert done == Done(change_events=True)


def test_a_hang_is_killed_and_its_line_known(process: ListenerProcess, tmp_path: Path) -> None:
    file = tmp_path / "listeners.py"
    file.write_text("import time\nx = 1\ntime.sleep(600)\n")
    with pytest.raises(ProcessEnded, match="longer than 1 s") as ended:
        list(process.ask(Load(str(file))))
    assert ended.value.is_hang
    assert [frame.lineno for frame in ended.value.stack if frame.filename == str(file)] == [3]


def test_an_exit_is_reported_with_its_code(process: ListenerProcess, tmp_path: Path) -> None:
    file = tmp_path / "listeners.py"
    file.write_text("import os\nos._exit(3)\n")
    with pytest.raises(ProcessEnded, match="exit code 3") as ended:
        list(process.ask(Load(str(file))))
    assert not ended.value.is_hang
    assert process.calling is not None
    assert process.calling.place == str(file)
