"""What a run's command prints, and how it ends, becomes events."""

from contextlib import closing

import pytest

from app.runs.feed import CommandEnded, Frame, NotBegun, Piece, Skipped
from app.runs.reading import Message
from app.runs.run_reading import RunReading
from app.settings import Settings
from app.store.database import open_existing
from app.store.places import runs
from tests.end2end.engine_process import EngineProcess
from tests.runs import filed_events

TRACE = b'Traceback (most recent call last):\n  File "/srv/a.py", line 1, in f\n    x()\nValueError: no\n'


class Script:
    """What comes from the command, all at once, and what is answered."""

    def __init__(self, *frames: Frame | None) -> None:
        self._frames = frames
        self.said: list[Message] = []

    def frames(self) -> list[Frame | None]:
        return list(self._frames)

    def say(self, message: Message) -> None:
        self.said.append(message)


def reading(engine: EngineProcess, project: str) -> RunReading:
    settings = Settings(data_dir=engine.data_dir, port=0)
    return RunReading(settings, ("python3", "pay.py"), "/srv", project)


def work(engine: EngineProcess, project: str, *frames: Frame | None) -> Message:
    script = Script(*frames)
    reading(engine, project).work(script)
    first, done = script.said
    assert first == {"url": engine.url}
    return done


def test_a_trace_is_an_event_with_what_ran(shared_engine: EngineProcess) -> None:
    done = work(
        shared_engine, "traced", Piece(b"up\n", "stdout", 1.0), Piece(TRACE, "stderr", 2.0), CommandEnded(1)
    )
    assert done == {"sent": 1, "lost": [], "skipped": 0}
    (event,) = filed_events.of(shared_engine.data_dir, "traced")
    assert event.exceptions[0].value == "no"
    assert event.breadcrumbs[0].message == "up"
    database = open_existing(shared_engine.data_dir)
    with closing(database), database.reading() as connection:
        (recorded,) = [each for each in runs.listed(connection) if each.project == "traced"]
    assert (recorded.command, recorded.exit_code) == ("python3 pay.py", 1)
    assert event.contexts["run"] == {"number": recorded.id, "command": "python3 pay.py", "cwd": "/srv"}


def test_a_command_that_could_not_be_started_is_no_run(shared_engine: EngineProcess) -> None:
    work(shared_engine, "unbegun", NotBegun())
    database = open_existing(shared_engine.data_dir)
    with closing(database), database.reading() as connection:
        assert "unbegun" not in [each.project for each in runs.listed(connection)]


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (3, "python3 pay.py exited with 3: bye"),
        (-11, "python3 pay.py ended by SIGSEGV: bye"),
        (134, "python3 pay.py ended by SIGABRT: bye"),
        (-40, "python3 pay.py ended by signal 40: bye"),
    ],
)
def test_an_end_by_an_error_is_an_event_with_the_last_lines(
    shared_engine: EngineProcess, code: int, title: str
) -> None:
    project = f"ended{code}"
    work(shared_engine, project, Piece(b"up\nbye\n\n", "stdout", 1.0), CommandEnded(code))
    (event,) = filed_events.of(shared_engine.data_dir, project)
    assert event.message == title
    assert event.extra["output"] == "up\nbye\n"


@pytest.mark.parametrize("code", [0, -2, -15, -9, 130, 143, -13])
def test_a_success_and_an_end_that_was_wanted_are_none(shared_engine: EngineProcess, code: int) -> None:
    assert work(shared_engine, "wanted", Piece(b"up\n", "stdout", 1.0), CommandEnded(code))["sent"] == 0


def test_ctrl_c_in_python_is_no_error(shared_engine: EngineProcess) -> None:
    trace = TRACE.replace(b"ValueError: no", b"KeyboardInterrupt")
    assert work(shared_engine, "interrupted", Piece(trace, "stderr", 1.0), CommandEnded(-2))["sent"] == 0


def test_skipped_output_is_counted_and_a_killed_run_is_read_to_its_end(shared_engine: EngineProcess) -> None:
    frames = (Skipped(500), Piece(TRACE, "stderr", 2.0), Skipped(700))
    assert work(shared_engine, "killed", *frames) == {"sent": 1, "lost": [], "skipped": 700}


def test_without_an_engine_it_says_why(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("data") / "file"
    folder.touch()
    script = Script()
    RunReading(Settings(data_dir=folder, port=0), ("x",), "/", "x").work(script)
    (message,) = script.said
    assert "cannot be used" in message["no_engine"]
