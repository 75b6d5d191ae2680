"""Findings about the store's disk: free space, stores that were set aside, issues removed whole."""

import shutil

from app.doctor import disk
from app.doctor.finding import Finding, Severity
from app.settings import Settings
from app.store.upkeep import retention_log, salvage
from app.store.upkeep.salvage import SalvageProgress
from tests.doctor.examining import micros
from tests.factories import NOON, Store


def set_aside(store: Store, settings: Settings) -> list[Finding]:
    return store.read(lambda connection: list(disk.stores_set_aside(connection, settings)))


def removed(store: Store) -> list[Finding]:
    return store.read(lambda connection: list(disk.issues_removed(connection)))


def test_severity_depends_on_the_free_space(settings: Settings) -> None:
    free = shutil.disk_usage(settings.data_dir).free
    expected = [Severity.PROBLEM] if free < disk.FULL_BYTES else []
    expected = expected or ([Severity.WARNING] if free < disk.SCARCE_BYTES else [])
    assert [finding.severity for finding in disk.room(settings)] == expected


def test_missing_folder_has_no_finding(settings: Settings) -> None:
    settings.data_dir.rmdir()
    assert list(disk.room(settings)) == []


def test_progress_of_stores_that_were_set_aside(store: Store, settings: Settings) -> None:
    assert set_aside(store, settings) == []
    store.write(salvage.note, "old.sqlite3", SalvageProgress(through=9, carried=7, unreadable=2), NOON)
    (going_on,) = set_aside(store, settings)
    assert str(settings.data_dir / "old.sqlite3") in going_on.title
    assert "7 were carried over; 2 could not be read" in going_on.meaning
    assert going_on.advice
    ended = SalvageProgress(through=9, carried=9, has_ended=True)
    store.write(salvage.note, "old.sqlite3", ended, NOON)
    (done,) = set_aside(store, settings)
    assert "9 were carried over; none was unreadable" in done.meaning
    assert done.advice == ""


def test_issues_removed_whole_are_summed_up(store: Store) -> None:
    assert removed(store) == []
    for day in (3, 2):
        store.write(retention_log.note, micros(ago=day * 86_400), 1_000, 4)
    (finding,) = removed(store)
    assert finding.title == "Retention removed 8 whole issues, the last on 2026-11-22."
    assert "2,000 events" in finding.meaning
