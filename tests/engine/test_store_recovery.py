"""A running engine whose store is suspected, damaged or taken away: what it does, and what it says."""

import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app import paths
from app.cli import send_test
from app.engine.engine import Engine
from app.settings import Settings
from app.store import set_aside
from app.store.database import Database, open_for_engine
from app.store.inbox.lists import events
from app.store.queue import queue_overview, report_queue
from app.store.upkeep import backup
from app.store.upkeep.health import Trouble, TroubleKind
from tests.factories import append, make_report

PATIENCE_SECONDS = 30


class Running:
    """An engine; the queues hold what it has said and what was wrong with its store."""

    def __init__(self, data_dir: Path) -> None:
        self.sentences: queue.Queue[str] = queue.Queue()
        self.troubles: queue.Queue[Trouble | None] = queue.Queue()
        self.replaced: queue.Queue[None] = queue.Queue()
        self.restored: queue.Queue[tuple[str, str, str]] = queue.Queue()
        self.engine = Engine(
            Settings(data_dir=data_dir, port=0, spotlight_port=0, digest_inline=True),
            notify=self.sentences.put,
            troubled=self.troubles.put,
            replaced=lambda: self.replaced.put(None),
            restored=lambda *outcome: self.restored.put(outcome),
        )

    def start(self) -> None:
        self.engine.start()

    def said(self) -> str:
        return self.sentences.get(timeout=PATIENCE_SECONDS)

    def wait_for(self, kind: TroubleKind | None) -> None:
        """Wait until this is wrong with the store; None: nothing is."""
        found = self.troubles.get(timeout=PATIENCE_SECONDS)
        # Files are moved one by one: each can change what is said about it.
        while (None if found is None else found.kind) is not kind:
            found = self.troubles.get(timeout=PATIENCE_SECONDS)

    def ask(self, question: Callable[[Connection], object]) -> object:
        with self.engine.database.reading() as connection:
            return question(connection)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """An engine that has taken one error."""
    running = Running(tmp_path)
    running.start()
    assert send_test.send(running.engine.url).ok
    yield running
    running.engine.stop()


def event_ids(file: Path) -> list[str]:
    """The events of the store `file`."""
    database = Database(file)
    with database.reading() as connection:
        found = [event.event_id for event in events.summaries(connection)]
    database.close()
    return found


def test_a_store_that_is_suspected_and_in_order_is_used_again(running: Running) -> None:
    running.engine.recovery.suspect("a page could not be read")
    running.wait_for(TroubleKind.DAMAGED)
    running.wait_for(None)
    assert send_test.send(running.engine.url).ok
    assert running.ask(lambda connection: queue_overview.status(connection).events) == 2


def test_a_store_that_is_suspected_again_soon_is_set_aside(running: Running, tmp_path: Path) -> None:
    running.engine.recovery.suspect("a page could not be read")
    running.wait_for(TroubleKind.DAMAGED)
    running.wait_for(None)
    running.engine.recovery.suspect("a page could not be read")
    sentence = running.said()
    assert "a page could not be read" in sentence
    assert "set aside as" in sentence
    (aside,) = tmp_path.glob("* damaged *.sqlite3")
    assert len(event_ids(aside)) == 1
    assert running.ask(lambda connection: queue_overview.status(connection).events) == 0
    assert send_test.send(running.engine.url).ok


def test_a_store_that_was_taken_away_is_copied_out_once_a_fresh_one_is_wanted(
    running: Running, tmp_path: Path
) -> None:
    before = running.ask(lambda connection: [each.event_id for each in events.summaries(connection)])
    for file in tmp_path.glob(f"{paths.DATABASE}*"):
        file.unlink()
    running.engine.recovery.examine()
    running.wait_for(TroubleKind.GONE)
    assert not send_test.send(running.engine.url).ok
    assert not (tmp_path / paths.DATABASE).exists(), "nobody has asked for a fresh one"
    running.engine.recovery.begin_new()
    running.replaced.get(timeout=PATIENCE_SECONDS)
    running.wait_for(None)
    assert "has been copied to" in running.said()
    (copy,) = tmp_path.glob("* rescued *.sqlite3")
    assert event_ids(copy) == before
    assert send_test.send(running.engine.url).ok
    assert running.ask(lambda connection: queue_overview.status(connection).received) == 1


def test_a_store_that_comes_back_is_used_again(running: Running, tmp_path: Path) -> None:
    files = list(tmp_path.glob(f"{paths.DATABASE}*"))
    for file in files:
        file.rename(tmp_path / f"moved {file.name}")
    running.engine.recovery.examine()
    running.wait_for(TroubleKind.GONE)
    for file in files:
        (tmp_path / f"moved {file.name}").rename(file)
    running.engine.recovery.examine()
    running.wait_for(None)
    assert send_test.send(running.engine.url).ok
    assert running.ask(lambda connection: queue_overview.status(connection).events) == 2


def test_what_waits_in_a_store_that_was_set_aside_is_carried_over_once(tmp_path: Path) -> None:
    old = open_for_engine(tmp_path).database
    append(old, *(make_report(number) for number in range(1, 4)))
    old.close()
    aside = set_aside.set_aside(old.file, "damaged")
    for sentences in (1, 0):
        running = Running(tmp_path)
        running.start()
        for _sentence in range(sentences):
            assert running.said() == f"3 reports that waited in {aside.name} were carried over."
        running.engine.stop()
        database = open_for_engine(tmp_path).database
        with database.reading() as connection:
            assert report_queue.last_number(connection) == 3
        database.close()
        assert running.sentences.empty()
        assert set_aside.waiting(old.file) == []


def test_a_backup_is_restored_while_it_runs_and_that_can_be_undone(running: Running, tmp_path: Path) -> None:
    file = running.engine.health.file
    made = backup.make(file, tmp_path / "kept" / "b.sqlite3").file
    assert send_test.send(running.engine.url).ok
    running.engine.recovery.restore(made)
    source, aside, problem = running.restored.get(timeout=PATIENCE_SECONDS)
    assert (source, problem) == (str(made), "")
    assert running.ask(lambda connection: queue_overview.status(connection).events) == 1
    assert len(event_ids(Path(aside))) == 2
    assert send_test.send(running.engine.url).ok
    running.engine.recovery.restore(Path(aside))
    assert running.restored.get(timeout=PATIENCE_SECONDS)[2] == ""
    assert running.ask(lambda connection: queue_overview.status(connection).events) == 2
    assert send_test.send(running.engine.url).ok


def test_what_is_no_backup_changes_nothing(running: Running, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no store")
    running.engine.recovery.restore(tmp_path / "text")
    _source, aside, problem = running.restored.get(timeout=PATIENCE_SECONDS)
    assert aside == ""
    assert "no store of Arecibo" in problem
    assert send_test.send(running.engine.url).ok
    assert not list(tmp_path.glob("*incoming*"))
