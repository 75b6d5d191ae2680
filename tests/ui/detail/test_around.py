"""The trace of the event on the page, read beside the UI thread, and again while more of it comes."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.clock import now_micros
from app.digest.pipeline import Digest
from app.settings import Settings
from app.store.database import Database
from app.store.engine_state import job_requests
from app.store.upkeep import trace_sweep
from tests.factories import SECOND, Store, append, envelope, make_report
from ui.detail import around
from ui.detail.around import AroundReader
from ui.detail.pane import DetailPane
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess

CONTEXT = {
    "trace": {"trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "span_id": "c" * 16, "op": "http.server"}
}


class Engine:
    """Digests what is sent, as of now."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._number = 0

    def send(self, body: bytes) -> None:
        self._number += 1
        append(self._database, make_report(self._number, body=body, at=now_micros()))
        Digest(self._database, Settings(data_dir=self._folder)).run()

    def error(self) -> None:
        self.send(envelope(f"{self._number + 1:032x}", contexts=CONTEXT, timestamp=now_micros() / SECOND))

    def transaction(self) -> None:
        at = now_micros() / SECOND
        times = {"start_timestamp": at - 1, "timestamp": at}
        payload = json.dumps({"transaction": "/pay", "contexts": CONTEXT, **times}).encode()
        self.send(b'{}\n{"type":"transaction"}\n' + payload + b"\n")


@pytest.fixture
def engine(database: Database, tmp_path: Path) -> Engine:
    return Engine(database, tmp_path)


@pytest.fixture
def reader(pane: DetailPane, access: StoreAccess, monkeypatch: pytest.MonkeyPatch) -> AroundReader:
    monkeypatch.setattr(around, "AGAIN_MS", 20)
    monkeypatch.setattr(around, "REMOVED_MS", (0, 20))
    return AroundReader(pane, access)


def shows(pane: DetailPane, text: str) -> bool:
    return text in pane.page.text()


def test_what_comes_after_the_error_is_shown_when_it_has_come(
    engine: Engine, pane: DetailPane, reader: AroundReader, qtbot: QtBot
) -> None:
    engine.error()
    pane.show_issue(1)
    qtbot.waitUntil(lambda: shows(pane, "no spans came"))
    engine.transaction()
    qtbot.waitUntil(lambda: shows(pane, "Trace  1 span"))
    assert shows(pane, "http.server  /pay")
    assert "Trace" in [section.jump for section in pane.page.sections]


def test_what_is_read_below_stays_where_it_is(
    engine: Engine, pane: DetailPane, reader: AroundReader, qtbot: QtBot
) -> None:
    engine.error()
    pane.show_issue(1)
    qtbot.waitUntil(lambda: shows(pane, "no spans came"))
    pane.resize(760, 120)
    last = len(pane.page.sections) - 1
    pane.page.jump_to(last)
    stacking, bar = pane.page.stacking, pane.page.verticalScrollBar()
    distance = stacking.tops[stacking.starts[last]] - bar.value()
    engine.transaction()
    qtbot.waitUntil(lambda: shows(pane, "Trace  1 span"))
    assert abs(stacking.tops[stacking.starts[last]] - bar.value() - distance) < 1


def test_an_old_event_is_read_once(
    engine: Engine, pane: DetailPane, reader: AroundReader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(around, "FRESH", 0)
    engine.error()
    pane.show_issue(1)
    qtbot.waitUntil(lambda: shows(pane, "no spans came"))
    assert not reader.is_waiting


def test_without_an_event_there_is_nothing_to_read(pane: DetailPane, reader: AroundReader) -> None:
    reader.read()
    assert not reader.is_waiting


def test_switched_off_the_engine_is_asked_to_remove_all_of_it(
    store: Store, pane: DetailPane, reader: AroundReader, chosen: PreferencesAccess, qtbot: QtBot
) -> None:
    chosen.change(newest_first=False)
    chosen.change(traces_stored=False)

    def asked() -> list[str]:
        return [request.job for request in store.read(job_requests.waiting)]

    qtbot.waitUntil(lambda: len(asked()) == 2)
    assert asked() == [trace_sweep.JOB, trace_sweep.JOB]
