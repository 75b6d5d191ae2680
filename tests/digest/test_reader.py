"""Of each report what can be filed, or why nothing can."""

import sqlite3
from pathlib import Path

import pytest

from app.digest import understanding
from app.digest.before_digest import Understood
from app.digest.grouping.rules import RulePart, Same, encode
from app.digest.reader import Reader
from app.digest.trace_choice import TraceChoice
from app.digest.tries import Failure
from app.listeners.listeners import Listeners
from app.model import Report
from app.protocols.delivery import Delivery
from app.settings import MIB
from app.store.grouping import grouping_rules
from tests.factories import NOON, Store, make_report


def reader(understand: understanding.Understand = understanding.sketch) -> Reader:
    return Reader(Listeners(None), understand, MIB, TraceChoice(Path("no such folder")))


def keys(found: Understood | Failure) -> list[str]:
    assert isinstance(found, Understood)
    return [event.key for event in found.entries.events]


def test_a_report_is_read_with_the_rules_of_the_last_refresh(store: Store) -> None:
    mine = reader()
    before = keys(mine.read(make_report(1)))
    store.write(
        grouping_rules.add, None, "same", encode(Same(RulePart.TYPE, ("LookupError", "KeyError"))), NOON
    )
    assert keys(mine.read(make_report(2))) == before
    store.read(mine.rules.refresh)
    assert keys(mine.read(make_report(3))) != before


def test_what_cannot_be_read_is_a_failure_with_its_traceback() -> None:
    def fail(report: Report, _limit: int) -> Delivery:
        raise ValueError(f"report {report.id}")

    found = reader(fail).read(make_report(1))
    assert isinstance(found, Failure)
    assert "report 1" in found.error
    assert "Traceback" in found.traceback


def test_an_error_of_the_environment_is_no_failure_of_the_report() -> None:
    def find_the_disk_full(_report: Report, _limit: int) -> Delivery:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with pytest.raises(sqlite3.OperationalError):
        reader(find_the_disk_full).read(make_report(1))
