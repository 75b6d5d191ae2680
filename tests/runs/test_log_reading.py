"""Errors in logs are filed, each once."""

from pathlib import Path

import pytest

from app.runs.log_reading import Done, LogReading
from app.settings import Settings
from tests.end2end.engine_process import EngineProcess
from tests.runs import filed_events

TRACE = 'Traceback (most recent call last):\n  File "/srv/a.py", line 1, in f\n    x()\nValueError: {}\n'


def read(engine: EngineProcess, *paths: Path, project: str | None = None) -> Done:
    settings = Settings(data_dir=engine.data_dir, port=0)
    return LogReading(settings, paths, project).read(follow=False, is_over=lambda _wait: False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / tmp_path.name.replace("_", "-")
    made.mkdir()
    return made


def test_a_log_that_is_read_again_makes_each_event_once(shared_engine: EngineProcess, folder: Path) -> None:
    log = folder / "shop.log"
    log.write_text("up\n" + TRACE.format("one") + "\n" + TRACE.format("one"), "utf-8")
    assert read(shared_engine, log) == Done(2, ())
    assert len(filed_events.of(shared_engine.data_dir, folder.name)) == 2
    with log.open("a", encoding="utf-8") as file:
        file.write("\n" + TRACE.format("new"))
    assert read(shared_engine, log) == Done(3, ())
    first, second, third = filed_events.of(shared_engine.data_dir, folder.name)
    assert [event.exceptions[0].value for event in (first, second, third)] == ["one", "one", "new"]
    assert [event.contexts["run"]["line"] for event in (first, second, third)] == [2, 7, 12]
    assert first.contexts["run"]["file"] == str(log)
    assert [crumb.message for crumb in first.breadcrumbs] == ["up"]


def test_the_next_log_of_the_same_name_is_another_one(shared_engine: EngineProcess, folder: Path) -> None:
    log = folder / "shop.log"
    for day in ("Monday", "Tuesday"):
        log.write_text(f"{day}\n" + TRACE.format("same"), "utf-8")
        read(shared_engine, log)
    assert len(filed_events.of(shared_engine.data_dir, folder.name)) == 2


def test_heads_and_records_of_loggers_are_understood(shared_engine: EngineProcess, folder: Path) -> None:
    log = folder / "all.log"
    stamped = "".join(f"2026-11-30T01:35:44.5Z {line}\n" for line in TRACE.format("docker").splitlines())
    journal = "".join(
        f"Nov 30 01:35:44 host api[7]: {line}\n" for line in TRACE.format("journal").splitlines()
    )
    record = '{"time":"2026-11-30T02:00:00Z","level":"error","msg":"no card","order":7}\n'
    log.write_text(stamped + "\n" + journal + "\n" + record + '{"level":"info","msg":"fine"}\n', "utf-8")
    assert read(shared_engine, log, project="heads") == Done(3, ())
    events = filed_events.of(shared_engine.data_dir, "heads")
    (docker,) = (event for event in events if event.title.endswith("docker"))
    (journaled,) = (event for event in events if event.title.endswith("journal"))
    (recorded,) = (event for event in events if not event.exceptions)
    assert docker.timestamp.isoformat() == "2026-11-30T01:35:44.500000+00:00"
    assert journaled.tags["service"] == "api"
    assert (recorded.message, recorded.level.value) == ("no card", "error")


def test_what_cannot_be_read_starts_nothing(tmp_path: Path) -> None:
    reading = LogReading(Settings(data_dir=tmp_path / "data", port=0), [tmp_path / "nothing.log"], None)
    with pytest.raises(FileNotFoundError):
        reading.read(follow=False, is_over=lambda _wait: False)
    assert not (tmp_path / "data").exists()
