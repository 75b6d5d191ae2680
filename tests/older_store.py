"""Stores as older versions of Arecibo left them."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from app import paths
from app.store import migrations
from app.store.database import Database


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
