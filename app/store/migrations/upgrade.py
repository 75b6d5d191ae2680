"""Runs Alembic's scripts on connections of ours: each in a transaction of its own, whole or not at all."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from msgspec import Struct
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.store import failures, sqlite
from app.store.errors import UpgradeGivenUp

# How many steps of SQLite's machine a script takes for each page of the file: 0012, which rewrites events and
# issues, takes 910 on a store of 100,000 events. A script that takes many more or fewer says so itself, by a
# constant STEPS_PER_PAGE.
USUAL_STEPS_PER_PAGE = 1_000


class UpgradeProgress(Struct, frozen=True):
    """How far an upgrade is: script `step` of `steps`, of which about `share` is done, from 0 to 1."""

    step: int
    steps: int
    share: float


def to_head(
    writing: Callable[[], AbstractContextManager[Connection]],
    version: str | None,
    *,
    progressed: Callable[[UpgradeProgress], None],
    is_given_up: Callable[[], bool],
) -> None:
    """Bring a database of `version`, None for an empty one, to the newest version.

    `writing` begins a transaction. `progressed` and `is_given_up` are called often meanwhile. Once that is
    true, the script that runs is undone, and `UpgradeGivenUp` raised: the next call goes on where it was.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    if version is None:
        # There is nothing to rewrite: one transaction instead of a dozen.
        with writing() as connection:
            _run(config, connection, "head")
        return
    scripts = list(ScriptDirectory.from_config(config).iterate_revisions("head", version))[::-1]
    for number, script in enumerate(scripts, 1):
        with writing() as connection:
            expected = _expected_steps(script, connection)

            def look(done: int, number: int = number, expected: int = expected) -> bool:
                progressed(UpgradeProgress(number, len(scripts), share(done, expected)))
                return is_given_up()

            try:
                with sqlite.watched(connection, look):
                    _run(config, connection, script.revision)
            except DBAPIError as error:
                if failures.is_interrupted(error):
                    raise UpgradeGivenUp("The upgrade of the error store was given up.") from error
                raise


def share(done: int, expected: int) -> float:
    """How much of a script is done, from 0 to 1: it slows down from 0.9 on, and stays below 1."""
    part = done / expected
    return 0.9 * part if part < 1 else 1 - 0.1 / part


def _expected_steps(script: Script, connection: Connection) -> int:
    return getattr(script.module, "STEPS_PER_PAGE", USUAL_STEPS_PER_PAGE) * sqlite.pages(connection)


def _run(config: Config, connection: Connection, revision: str) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
