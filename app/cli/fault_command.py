"""`main.py fault`: faults that a project's clients meet for a while, set on purpose."""

from argparse import Namespace
from contextlib import closing

import msgspec

from app import fault_words
from app.cli.exit_codes import DONE, FAILED
from app.cli.json_lines import as_json
from app.clock import now_micros
from app.model import from_micros
from app.plain_text import say
from app.settings import Settings
from app.store.database import Database, open_existing
from app.store.engine_state import faults
from app.store.engine_state.faults import Fault, FaultAnswer
from app.store.inbox.issues import projects


def fault(settings: Settings, given: Namespace) -> int:
    """Set a fault, end one or all, or list those that are set."""
    with closing(open_existing(settings.data_dir)) as database:
        if given.end:
            return _end(database, given.project)
        if given.answer is None:
            return _list(database, given)
        if given.project is None:
            say("Name the PROJECT whose clients are to meet it.", error=True)
            return FAILED
        now = now_micros()
        lasts = min(given.lasts or faults.USUAL_SECONDS, faults.LONGEST_SECONDS)
        with database.writing() as connection:
            begun = Fault(
                project_id=projects.number(connection, given.project, now),
                project=given.project,
                answer=FaultAnswer(given.answer),
                seconds=min(
                    faults.USUAL_DELAY if given.seconds is None else given.seconds, faults.LONGEST_DELAY
                ),
                share=given.share or 1.0,
                since=now,
                until=now + lasts * faults.SECOND,
            )
            faults.begin(connection, begun)
    say(_sentence(begun))
    return DONE


def _list(database: Database, given: Namespace) -> int:
    with database.reading() as connection:
        found = faults.listed(connection, now_micros())
    found = [each for each in found if given.project in (None, each.project, *each.names)]
    for each in found:
        if given.json:
            times = {"since": from_micros(each.since), "until": from_micros(each.until)}
            told = msgspec.structs.asdict(each) | times
            del told["names"], told["project_id"]
            print(as_json(told))
        else:
            say(_sentence(each))
    if not found and not given.json:
        say("No fault is set.")
    return DONE


def _end(database: Database, project: str | None) -> int:
    now = now_micros()
    with database.writing() as connection:
        ended = [
            each for each in faults.listed(connection, now) if project in (None, each.project, *each.names)
        ]
        for each in ended:
            faults.end(connection, each.project_id, now)
    for each in ended:
        say(f"Ended: requests of {each.project} are taken again.")
    if not ended:
        say("No fault was set.")
    return DONE


def _sentence(found: Fault) -> str:
    return fault_words.describe(
        found.project, found.answer.value, found.seconds, found.share, found.until, found.met
    )
