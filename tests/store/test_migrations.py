"""Stores from before: what they hold is kept, and what is new can be known of it."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from app import paths
from app.model import IssueState
from app.store import issues, listener_failures, listener_state, migrations
from app.store.database import Database, open_for_engine
from app.store.issues import IssueFilter, View
from app.store.listener_state import ListenerState
from tests.factories import NOON

EVERYTHING = IssueFilter(View.EVERYTHING)


def store_of_version(folder: Path, version: str, statements: list[str]) -> None:
    """A database as an older Arecibo left it."""
    database = Database(folder / paths.DATABASE)
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        for statement in statements:
            connection.exec_driver_sql(statement)
    database.close()


def test_nothing_of_an_older_listeners_file_is_left_out(tmp_path: Path) -> None:
    failure = f"1, {NOON}, 'tell', 'listeners.py:1', 'KeyError', 'Traceback', 3"
    store_of_version(tmp_path, "0003", [f"INSERT INTO listener_failures VALUES ({failure})"])
    database = open_for_engine(tmp_path).database
    with database.writing() as connection:
        assert listener_state.left_out(connection) is None
        listener_state.keep(connection, ListenerState(version="1", deaths=1))
        (kept,) = listener_failures.listed(connection)
    database.close()
    assert kept.count == 3


def test_mutes_from_before_are_for_ever_and_releases_are_known(tmp_path: Path) -> None:
    issue = f"'T', 'T', 'v', 'c', 'error', 'muted', 0, 3, 0, {NOON}, {NOON}, 7"
    store_of_version(
        tmp_path,
        "0002",
        [
            f"INSERT INTO projects VALUES (1, 'shop', {NOON})",
            f"INSERT INTO issues VALUES (1, 1, {issue})",
            "INSERT INTO issue_keys VALUES (1, 'key', 1)",
            "INSERT INTO issue_tags VALUES (1, 'release', '1.0', 3)",
            "INSERT INTO issue_tags VALUES (1, 'region', 'eu', 3)",
        ],
    )
    database = open_for_engine(tmp_path).database
    with database.reading() as connection:
        (found,) = issues.page(connection, EVERYTHING)
        releases = connection.exec_driver_sql("SELECT * FROM releases").all()
        algorithms = connection.exec_driver_sql("SELECT algorithm FROM issue_keys").all()
    database.close()
    assert (found.state, found.count) == (IssueState.MUTED, 3)
    assert (found.mute_rule, found.muted_until, found.resolved_in) == (None, None, None)
    assert [tuple(row) for row in releases] == [(1, "1.0", NOON)]
    assert [tuple(row) for row in algorithms] == [("v1",)]
