"""Stores from before: what they hold is kept, and what is new can be known of it."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from app import paths
from app.model import IssueState
from app.store import issues, migrations, salvage
from app.store.database import Database, open_for_engine
from app.store.issues import IssueFilter, View
from app.store.salvage import Progress
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


def test_a_store_from_before_salvages_takes_what_is_carried_over(tmp_path: Path) -> None:
    store_of_version(tmp_path, "0003", [f"INSERT INTO projects VALUES (1, 'shop', {NOON})"])
    database = open_for_engine(tmp_path).database
    reached = Progress(through=3, carried=2, unreadable=1, has_ended=True)
    with database.writing() as connection:
        salvage.note(connection, "old.sqlite3", reached, NOON)
        assert salvage.all_progress(connection) == [("old.sqlite3", reached)]
    database.close()
