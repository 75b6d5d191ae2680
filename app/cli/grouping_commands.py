"""The commands that correct the grouping: `merge`, `split`, `rules`, `regroupings`, `regroup undo`.

They need no engine: they move the events themselves; a running engine helps.
"""

from argparse import Namespace
from collections.abc import Callable
from contextlib import closing

from msgspec import Struct

from app import cli
from app.cli.exit_codes import FAILED
from app.cli.json_lines import as_json
from app.clock import now_micros
from app.digest.grouping.rules import TAG, Apart, Definition, Ignore, RulePart, Same, decode, in_words
from app.plain_text import one_line, plural, say
from app.program_command import NAME
from app.regrouping import apply_plan, plans, preview_text, splits
from app.regrouping.plans import Plan
from app.regrouping.worker import Regrouper
from app.settings import Settings
from app.store.database import Connection, Database, open_existing
from app.store.grouping import corrections, grouping_rules, regrouping
from app.store.grouping.corrections import UNDER_WAY
from app.store.grouping.regrouping import CannotRegroup
from app.store.inbox.lists import issues as issue_store

LONGEST_RULE = 1_000

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
            database, lambda connection: regrouping.merge(connection, others, into, now_micros()), "Merged"
        )


def split(settings: Settings, given: Namespace) -> int:
    """Split an issue by what its events differ in; without `--by`, print in what they differ."""
    with closing(open_existing(settings.data_dir)) as database:
        try:
            with database.reading() as connection:
                regrouping.check(connection, [given.issue_id])
                if given.by is None:
                    return _print_differences(connection, given.issue_id)
                by = given.by if given.by in ("message", "culprit") else f"tag:{given.by}"
                rule = splits.apart(connection, given.issue_id, by)
                issue = issue_store.get(connection, given.issue_id)
        except CannotRegroup as error:
            return _refuse(error)
        with database.reading() as connection:
            project = None if issue is None else issue.project
            plan = plans.of_rule(connection, rule, project=project, issue=given.issue_id)
        if not plans.changes(plan):
            say(f"The stored events of issue {given.issue_id} do not differ in that.", error=True)
            return FAILED
        _print_plan(plan)
        return _carry_out(
            database, lambda connection: apply_plan.apply(connection, plan, now_micros(), "split"), "Split"
        )


def rules(settings: Settings, given: Namespace) -> int:
    """List the grouping rules, add one, or remove one."""
    with closing(open_existing(settings.data_dir)) as database:
        match given.act:
            case "add":
                return _add_rule(database, given)
            case "remove":
                return _remove_rule(database, given.rule_id)
            case _:
                return _list_rules(database, as_lines=given.json)


def _list_rules(database: Database, *, as_lines: bool) -> int:
    with database.reading() as connection:
        stored = grouping_rules.listed(connection)
    for each in stored:
        row = _RuleRow(
            id=each.id, project=each.project, kind=each.kind, words=in_words(decode(each.definition))
        )
        if as_lines:
            print(as_json(row))
        else:
            say(one_line(f"{row.id:>4}  {row.project or 'all projects'}  {row.words}", LONGEST_RULE))
    return 0


def _add_rule(database: Database, given: Namespace) -> int:
    """Print what the rule would do, and with `--yes` store and apply it."""
    definition = _definition(given)
    if definition is None:
        needed = "two different texts or more" if given.kind == "same" else "a text"
        say(f"A rule of this kind needs {needed}.", error=True)
        return FAILED
    with database.reading() as connection:
        plan = plans.of_rule(connection, definition, project=given.project)
    say(in_words(definition) + (f", in {given.project}." if given.project else ", in all projects."))
    _print_plan(plan)
    if not given.yes:
        say("Nothing was changed. With --yes the rule is kept.")
        return 0
    return _carry_out(database, lambda connection: apply_plan.apply(connection, plan, now_micros()), "Kept")


def _remove_rule(database: Database, rule: int) -> int:
    with database.reading() as connection:
        is_stored = rule in {each.id for each in grouping_rules.listed(connection)}
        made_by = regrouping.made_by(connection, rule)
    if not is_stored:
        say(f"There is no rule {rule}. {NAME} rules lists them.", error=True)
        return FAILED
    return _undo(database, made_by) if made_by is not None else _forget(database, rule)


def list_regroupings(settings: Settings, given: Namespace) -> int:
    """List merges, splits and what rules changed, the newest first."""
    with closing(open_existing(settings.data_dir)) as database, database.reading() as connection:
        found = corrections.listed(connection)
    if given.json:
        for one in found:
            print(as_json(one))
        return 0
    cli.printing.print_regroupings(cli.printing.terminal(), found)
    return 0


def regroup(settings: Settings, given: Namespace) -> int:
    """Undo a regrouping."""
    with closing(open_existing(settings.data_dir)) as database:
        return _undo(database, given.regrouping_id)


def _undo(database: Database, number: int) -> int:
    def begin(connection: Connection) -> int:
        regrouping.undo(connection, number, now_micros())
        return number

    return _carry_out(database, begin, "Undone")


def _forget(database: Database, rule: int) -> int:
    with database.writing() as connection:
        grouping_rules.remove(connection, rule)
    say(f"Removed: rule {rule}. What it has grouped stays as it is.")
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
            one = corrections.get(connection, number)
        if one is None or one.state not in UNDER_WAY or not regrouper.step():
            break
    if one is not None:
        say(f"{done}: {one.title}. {plural(one.done, 'event')} moved; regrouping {number}.")
    return 0


def _print_differences(connection: Connection, issue: int) -> int:
    found = splits.differences(connection, issue)
    if not found:
        say(f"The stored events of issue {issue} differ in nothing that it could be split by.")
    for difference in found:
        parts = ", ".join(f"{value or 'none'} ({count:,})" for value, count in difference.parts[:6])
        say(f"--by {difference.by.removeprefix('tag:')}: {len(difference.parts)} parts: {parts}")
    return 0


def _print_plan(plan: Plan) -> None:
    for sentence in preview_text.sentences(plan):
        say(sentence)
    say(preview_text.summary(plan))


def _definition(given: Namespace) -> Definition | None:
    """The rule that the arguments describe; None when one is missing."""
    texts = tuple(dict.fromkeys(text for text in given.texts if text.strip()))
    if len(texts) < (2 if given.kind == "same" else 1):
        return None
    match given.kind:
        case "same":
            return Same(RulePart(given.part), texts)
        case "ignore":
            return Ignore(RulePart(given.part), texts[0])
        case _:
            return Apart(texts[0] if texts[0] in ("message", "culprit") else TAG + texts[0])


def _refuse(error: CannotRegroup) -> int:
    say(error, error=True)
    return FAILED
