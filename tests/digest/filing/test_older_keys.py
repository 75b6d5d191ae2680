"""An issue that an older algorithm grouped gets the new events of the same bug, and learns the new key."""

import gzip
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from app import paths
from app.digest import grouping, understanding
from app.digest.grouping import v1
from app.digest.pipeline import Digest
from app.model import Report
from app.settings import Settings
from app.store import schema as t
from app.store.database import Database, open_for_engine
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.queue import report_queue
from tests.factories import Store, append, envelope, make_report

STORES = Path(__file__).parents[2] / "samples" / "stores"
EVERYTHING = IssueFilter(View.EVERYTHING)
LIMIT = 1 << 24


def digest(database: Database, folder: Path) -> None:
    Digest(database, Settings(data_dir=folder)).run()


def algorithms(database: Database) -> dict[str, tuple[int, str]]:
    with database.reading() as connection:
        rows = connection.execute(select(t.issue_keys)).all()
    return {row.key: (row.issue_id, row.algorithm) for row in rows}


def reported(number: int, **event: object) -> Report:
    """A report of `ValueError` in a lambda: the algorithms give it different keys."""
    report = make_report(number)
    frame = {"filename": "shop.py", "module": "shop", "function": "<lambda>", "lineno": 7, "in_app": True}
    frame |= {"context_line": "    total(cart)"}
    raised = {"type": "ValueError", "value": "no total", "stacktrace": {"frames": [frame]}}
    body = envelope(report.event_id, **({"exception": {"values": [raised]}} | event))
    return replace(report, body=body)


def key_of(report: Report) -> str:
    return grouping.key(understanding.outline(report, LIMIT).events[0])


def old_key_of(report: Report) -> str:
    return v1.key(understanding.outline(report, LIMIT).events[0])[0]


def make_old(store: Store) -> None:
    """As if the keys that are there had been given by the first algorithm."""
    with store.database.reading() as connection:
        reports = [
            (row.issue_id, report_queue.get(connection, row.report_id))
            for row in connection.execute(select(t.events.c.issue_id, t.events.c.report_id))
        ]
    with store.database.writing() as connection:
        for issue_id, report in reports:
            assert report is not None
            change = t.issue_keys.update().where(t.issue_keys.c.issue_id == issue_id)
            connection.execute(change.values(key=old_key_of(report), algorithm="v1"))
        connection.execute(t.key_algorithms.update().values(algorithm="v1"))


def test_an_old_store_gets_the_new_events_of_its_issues(tmp_path: Path) -> None:
    with gzip.open(STORES / "0001.sqlite3.gz") as old, (tmp_path / paths.DATABASE).open("wb") as new:
        shutil.copyfileobj(old, new)
    database = open_for_engine(tmp_path).database
    with database.reading() as connection:
        known = [report_queue.get(connection, number) for number in (1, 2)]
        before = {issue.id: issue.title for issue in issues.page(connection, EVERYTHING)}
    again = [
        replace(
            report,
            id=report.id + 2,
            event_id=f"{report.id:032x}",
            body=report.body.replace(b"0123456789abcdef0123456789abcdef", b"f" * 32).replace(
                b"uid=7", b"uid=8"
            ),
        )
        for report in known
        if report is not None
    ]
    append(database, *again)

    digest(database, tmp_path)

    with database.reading() as connection:
        after = issues.page(connection, EVERYTHING)
    assert {issue.id: issue.title for issue in after} == before
    assert {issue.title: issue.count for issue in after} == dict.fromkeys(before.values(), 2)
    assert set(algorithms(database).values()) >= {(number, "v1") for number in before}
    database.close()


def test_an_issue_is_found_by_its_old_key_and_learns_the_new_one(store: Store, tmp_path: Path) -> None:
    append(store.database, reported(1))
    digest(store.database, tmp_path)
    make_old(store)
    again = reported(2)
    assert key_of(again) != old_key_of(again)

    append(store.database, again, reported(3))
    digest(store.database, tmp_path)

    (issue,) = store.read(issues.page, EVERYTHING)
    assert issue.count == 3
    assert algorithms(store.database) == {
        old_key_of(again): (issue.id, "v1"),
        key_of(again): (issue.id, grouping.CURRENT.ALGORITHM),
    }


def test_one_old_issue_retains_what_the_new_algorithm_would_split(store: Store, tmp_path: Path) -> None:
    lines = [reported(1), reported(2, exception={"values": [_at("    tax(cart)")]})]
    assert old_key_of(lines[0]) == old_key_of(lines[1])
    assert key_of(lines[0]) != key_of(lines[1])
    append(store.database, lines[0])
    digest(store.database, tmp_path)
    make_old(store)

    append(store.database, lines[1])
    digest(store.database, tmp_path)

    (issue,) = store.read(issues.page, EVERYTHING)
    assert issue.count == 2


def test_any_event_of_a_batch_may_lead_to_the_old_issue(store: Store, tmp_path: Path) -> None:
    known = reported(1, exception={"values": [_with_type("Shop$1")]})
    other = reported(2, exception={"values": [_with_type("Shop$2")]})
    assert key_of(known) == key_of(other)
    assert old_key_of(known) != old_key_of(other)
    append(store.database, known)
    digest(store.database, tmp_path)
    make_old(store)

    append(store.database, other, replace(known, id=3, body=_renamed(known)))
    digest(store.database, tmp_path)

    (issue,) = store.read(issues.page, EVERYTHING)
    assert issue.count == 3


def test_a_new_bug_is_a_new_issue_all_the_same(store: Store, tmp_path: Path) -> None:
    append(store.database, reported(1))
    digest(store.database, tmp_path)
    make_old(store)

    append(store.database, make_report(2))
    digest(store.database, tmp_path)

    assert len(store.read(issues.page, EVERYTHING)) == 2


def test_reports_are_read_again_only_where_there_are_older_keys(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(store.database, reported(1))
    digest(store.database, tmp_path)
    read: list[int] = []
    outline, again = understanding.outline, understanding.outlined_event

    def watched(report: Report, ordinal: int) -> object:
        read.append(report.id)
        return again(report, ordinal)

    monkeypatch.setattr(understanding, "outlined_event", watched)
    append(store.database, make_report(2))
    Digest(store.database, Settings(data_dir=tmp_path), understand=outline).run()

    assert read == []
    make_old(store)
    read.clear()
    append(store.database, make_report(3), reported(4, message="new", exception=None))
    Digest(store.database, Settings(data_dir=tmp_path), understand=outline).run()
    assert read == [3, 4]


def _at(line: str) -> dict[str, object]:
    frame = {"filename": "shop.py", "module": "shop", "function": "<lambda>", "lineno": 7, "in_app": True}
    return {
        "type": "ValueError",
        "value": "no total",
        "stacktrace": {"frames": [frame | {"context_line": line}]},
    }


def _with_type(kind: str) -> dict[str, object]:
    return _at("    total(cart)") | {"type": kind}


def _renamed(report: Report) -> bytes:
    return report.body.replace(report.event_id.encode(), b"e" * 32)


def test_what_was_grouped_with_its_secret_is_found_without_it(store: Store, tmp_path: Path) -> None:
    reports = [reported(n, exception=None, message=f"login failed: password={word}") for n, word in
               enumerate(("hunter2", "hunter2", "another"), 1)]  # fmt: skip
    raw, hidden = (
        grouping.key(read(reports[0], 0))
        for read in (understanding.event_as_sent, understanding.outlined_event)
    )
    assert raw != hidden
    append(store.database, reports[0])
    digest(store.database, tmp_path)
    with store.database.writing() as connection:
        # As older versions filed it.
        connection.execute(t.issue_keys.update().values(key=raw))
    append(store.database, *reports[1:])
    digest(store.database, tmp_path)
    (issue,) = store.read(issues.page, EVERYTHING)
    assert (issue.count, issue.title) == (3, "login failed: password=[Filtered]")
    assert {raw, hidden} <= algorithms(store.database).keys()


def test_a_secret_that_is_filed_already_is_not_shown(store: Store, tmp_path: Path) -> None:
    append(store.database, reported(1))
    digest(store.database, tmp_path)
    with store.database.writing() as connection:
        words = "postgres://app:hunter2@db/shop"
        for table in (t.events, t.issue_descriptions):
            connection.execute(table.update().values(title=words, value=words, culprit=words))
    (issue,) = store.read(issues.page, EVERYTHING)
    assert "hunter2" not in f"{issue.title}{issue.value}{issue.culprit}"
