"""What the commands that correct the grouping do: `merge`, `split`, `rules`, `regroupings`, `regroup undo`.

They do not wait for an engine: what a regrouping moves, they move themselves; an engine that runs helps.
"""

import sys
import time
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing

from msgspec import Struct
from sqlalchemy import Connection

from app.digest import keeping, planning, splitting
from app.digest.grouping.rules import decode, in_words
from app.digest.planning import Plan
from app.digest.regrouping import Regrouper
from app.json_lines import as_json
from app.settings import Settings
from app.store import grouping_rules, regrouping, regroupings
from app.store import issues as issue_store
from app.store.database import Database, open_existing
from app.store.regrouping import CannotRegroup
from app.store.regroupings import UNDER_WAY

FAILED = 1

Begin = Callable[[Connection], int]


class _RuleRow(Struct, frozen=True, kw_only=True):
    """A rule as it is printed."""

    id: int
    project: str | None
    kind: str
    words: str


def merge(settings: Settings, given: Namespace) -> int:
    """Make one issue of several: the first one stays."""
    into, *others = given.issue_ids
    with closing(open_existing(settings.data_dir)) as database:
        return _carry_out(
            database, lambda connection: regrouping.merge(connection, others, into, _now()), "Merged"
        )


def split(settings: Settings, given: Namespace) -> int:
    """Split an issue by what its events differ in; without `--by`, tell in what they do."""
    with closing(open_existing(settings.data_dir)) as database:
        try:
            with database.reading() as connection:
                regrouping.check(connection, [given.issue_id])
                if given.by is None:
                    return _tell_differences(connection, given.issue_id)
                by = given.by if given.by in ("message", "culprit") else f"tag:{given.by}"
                rule = splitting.apart(connection, given.issue_id, by)
                issue = issue_store.get(connection, given.issue_id)
        except CannotRegroup as error:
            return _refuse(error)
        with database.reading() as connection:
            project = None if issue is None else issue.project
            plan = planning.of_rule(connection, rule, project=project, issue=given.issue_id)
        if not planning.changes(plan):
            print(f"The stored events of issue {given.issue_id} do not differ in that.", file=sys.stderr)
            return FAILED
        _tell_changes(plan)
        return _carry_out(
            database, lambda connection: keeping.keep(connection, plan, _now(), "split"), "Split"
        )


def rules(settings: Settings, given: Namespace) -> int:
    """List the grouping rules, or take one back."""
    with closing(open_existing(settings.data_dir)) as database:
        with database.reading() as connection:
            kept = grouping_rules.listed(connection)
            made_by = regrouping.made_by(connection, given.rule_id) if given.act else None
        if given.act:
            if given.rule_id not in {rule.id for rule in kept}:
                print(f"There is no rule {given.rule_id}. main.py rules lists them.", file=sys.stderr)
                return FAILED
            return _undo(database, made_by) if made_by is not None else _forget(database, given.rule_id)
    for each in kept:
        row = _RuleRow(
            id=each.id, project=each.project, kind=each.kind, words=in_words(decode(each.definition))
        )
        if given.json:
            print(as_json(row))
        else:
            print(f"{row.id:>4}  {row.project or 'all projects'}  {row.words}")
    return 0


def list_regroupings(settings: Settings, given: Namespace) -> int:
    """List what was merged, split and changed by rules, the newest first."""
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        found = regroupings.listed(connection)
    if given.json:
        for one in found:
            print(as_json(one))
        return 0
    from app import printing

    printing.print_regroupings(printing.terminal(), found)
    return 0


def regroup(settings: Settings, given: Namespace) -> int:
    """Undo a regrouping."""
    with closing(open_existing(settings.data_dir)) as database:
        return _undo(database, given.regrouping_id)


def _undo(database: Database, number: int) -> int:
    def begin(connection: Connection) -> int:
        regrouping.undo(connection, number, _now())
        return number

    return _carry_out(database, begin, "Undone")


def _forget(database: Database, rule: int) -> int:
    with database.writing() as connection:
        grouping_rules.remove(connection, rule)
    print(f"Removed: rule {rule}. What it has grouped stays as it is.")
    return 0


def _carry_out(database: Database, begin: Begin, done: str) -> int:
    try:
        with database.writing() as connection:
            number = begin(connection)
    except CannotRegroup as error:
        return _refuse(error)
    regrouper = Regrouper(database)
    while True:
        with database.reading() as connection:
            one = regroupings.get(connection, number)
        if one is None or one.state not in UNDER_WAY or not regrouper.step():
            break
    if one is not None:
        print(f"{done}: {one.title}. {one.done:,} events moved; regrouping {number}.")
    return 0


def _tell_differences(connection: Connection, issue: int) -> int:
    found = splitting.differences(connection, issue)
    if not found:
        print(f"The stored events of issue {issue} differ in nothing that it could be split by.")
    for difference in found:
        parts = ", ".join(f"{value or 'none'} ({count:,})" for value, count in difference.parts[:6])
        print(f"--by {difference.by.removeprefix('tag:')}: {len(difference.parts)} parts: {parts}")
    return 0


def _tell_changes(plan: Plan) -> None:
    for change in planning.changes(plan):
        where = "an issue of its own" if change.into is None else f"issue {change.into}"
        print(f"{change.value or 'none'}: {change.events:,} of “{change.title}” to {where}")


def _refuse(error: CannotRegroup) -> int:
    print(error, file=sys.stderr)
    return FAILED


def _now() -> int:
    return time.time_ns() // 1_000
