"""`kill -9` in the middle of long work: a migration, retention, a retry, a report that is filed in slices."""

import http.client
import shutil
import sqlite3
import uuid
from contextlib import closing

from app import paths
from app.model import Report
from app.store.database import open_existing, open_for_engine
from app.store.queue import dead_letters, report_queue
from app.store.queue.report_queue import ReportSetback
from tests.factories import NOON, append, make_report
from tests.older_store import store_of_version
from tests.torture import comparison
from tests.torture.arena import Arena
from tests.torture.fault import Fault
from tests.torture.outcome import Outcome

OLD_VERSION = "0003"
WAITING = 500
REFUSED = 8_000
DEAD = 400
EVENTS_SHORT, EVENTS_LONG = 3_000, 100_000
SMALL_BUDGET = "[retention]\nevents_per_issue = 20\ntotal_bytes = 2000000\n"


def in_migration(arena: Arena, times: int) -> Outcome:
    """The engine is killed while it upgrades an old store; each time with the old store again."""
    file, pristine = arena.folder / paths.DATABASE, arena.folder.parent / "pristine"
    ids = _old_store(arena)
    shutil.copy(file, pristine)
    complaints: list[str] = []
    cut = 0
    for _time in range(times):
        for part in ("-wal", "-shm"):
            file.with_name(file.name + part).unlink(missing_ok=True)
        shutil.copy(pristine, file)
        arena.launch()
        arena.wait_until(arena.log.exists, "the migration to begin")
        arena.pause(arena.rng.uniform(0, 0.8))
        arena.kill()
        with closing(sqlite3.connect(file)) as connection:
            cut += connection.execute("SELECT version_num FROM alembic_version").fetchone()[0] == OLD_VERSION
            refused = connection.execute("SELECT COUNT(*) FROM refusals").fetchone()[0]
        if refused != REFUSED:
            complaints.append(f"{refused} refusals after a kill, of {REFUSED}")
        if missing := ids - comparison.event_ids_in(file):
            complaints.append(f"{len(missing)} reports are missing after a kill")
    arena.start()
    arena.wait_until_digested()
    return Outcome(
        times, comparison.compare(ids, arena.folder), f"{cut} before its commit", tuple(complaints)
    )


def in_retention(arena: Arena, times: int) -> Outcome:
    """The engine is killed while retention removes most of what arrives."""
    (arena.config / paths.SETTINGS).write_text(SMALL_BUDGET, "utf-8")
    complaints: list[str] = []
    with arena.senders() as senders:
        for _time in range(times):
            arena.start("--child")
            senders.wait_for(400)
            arena.run_job("retention")
            arena.pause(arena.rng.uniform(0, 1.5))
            arena.kill()
        arena.start("--child")
        senders.wait_for(50)
        filed = len(senders.acknowledged)
    arena.wait_until_digested()
    arena.run_job("retention")
    arena.wait_until(lambda: arena.status().events <= filed // 2, "retention to remove most of it")
    if unexpected := senders.unexpected():
        complaints.append(f"unexpected answers: {unexpected}")
    compared = comparison.compare_after_removal(senders.acknowledged, arena.folder)
    return Outcome(times, compared, f"{arena.status().events} events stay", tuple(complaints))


def in_retry(arena: Arena, times: int) -> Outcome:
    """The engine is killed while reports that an older digest gave up are tried again."""
    reports = [make_report(number) for number in range(1, DEAD + 1)]
    with closing(open_for_engine(arena.folder).database) as database:
        append(database, *reports)
        with database.writing() as connection:
            for report in reports:
                report_queue.set_back(connection, _given_up(report))
            report_queue.advance(connection, DEAD)
    for _time in range(times):
        arena.start()
        _retry_all(arena)
        arena.pause(arena.rng.uniform(0, 1.5))
        arena.kill()
    arena.start()
    _retry_all(arena)
    arena.wait_until_digested()
    dead = arena.status().dead
    complaints = (f"{dead} are given up again",) if dead else ()
    return Outcome(
        times, comparison.compare([report.event_id for report in reports], arena.folder), "", complaints
    )


def in_slices(arena: Arena, times: int) -> Outcome:
    """Digest and engine are killed in turns while one envelope of very many events is filed."""
    ids = [uuid.uuid4().hex for _event in range(EVENTS_SHORT if times <= SLICES.short else EVENTS_LONG)]
    arena.start()
    status = _post(arena.port, _many(ids))
    if status != http.HTTPStatus.OK:
        return Outcome(
            times, comparison.Comparison(0, 0, 0), "", (f"the envelope was answered with {status}",)
        )
    share = len(ids) // (times + 1)
    for time in range(times):
        arena.wait_until(
            lambda time=time: arena.status().events >= time * share,  # type: ignore[misc]
            "events to be filed",
            300,
        )
        arena.pause(arena.rng.uniform(0, 0.5))
        if time % 2:
            arena.kill()
            arena.start()
        else:
            arena.digest().kill()
    arena.wait_until_digested(600)
    compared = comparison.compare(ids, arena.folder)
    events = arena.status().events
    complaints = (f"{events} events of {len(ids)}",) if events != len(ids) else ()
    return Outcome(times, compared, f"{events} events", complaints)


def _old_store(arena: Arena) -> set[str]:
    """A store of an older version with reports and refusals in it; returns the ids of the events."""
    reports = [make_report(number) for number in range(1, WAITING + 1)]
    store_of_version(arena.folder, OLD_VERSION, [])
    file = arena.folder / paths.DATABASE
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            "INSERT INTO reports (id, received_at, protocol, project, event_id, remote, head, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (r.id, r.received_at, r.protocol, r.project, r.event_id, r.remote, r.head, r.body)
                for r in reports
            ],
        )
        refusal = (NOON, 400, "why", "127.0.0.1", b"POST / HTTP/1.1", b"x" * 4_096)
        connection.executemany(
            "INSERT INTO refusals VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(number, *refusal) for number in range(1, REFUSED + 1)],
        )
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {report.event_id for report in reports}


def _given_up(report: Report) -> ReportSetback:
    return ReportSetback(
        report_id=report.id, attempts=5, due_at=None, dead=True, error="KeyError: 'x'", traceback="…"
    )


def _retry_all(arena: Arena) -> None:
    with closing(open_existing(arena.folder)) as database, database.writing() as connection:
        dead_letters.retry_all(connection, NOON)


def _many(ids: list[str]) -> bytes:
    item = '{{"type":"event"}}\n{{"event_id":"{}","message":"order {}"}}\n'
    return b"{}\n" + "".join(item.format(each, number % 5) for number, each in enumerate(ids)).encode()


def _post(port: int, body: bytes) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", "/api/1/envelope/?sentry_key=shop", body)
        return connection.getresponse().status


SLICES = Fault("killed while an envelope is filed in slices", in_slices, short=2, long=20)
FAULTS = (
    Fault("killed in a migration", in_migration, short=2, long=40),
    Fault("killed in retention", in_retention, short=2, long=20),
    Fault("killed in a retry", in_retry, short=2, long=20),
    SLICES,
)
