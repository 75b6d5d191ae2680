"""Why the database failed, in terms that hold for any database: for code that catches what it raises.

`StoreFailure` is whatever the database raises, `StatementFailure` the part of it that a statement met, and
`DriverFailure` what copying a file and reading a damaged one raise, which is done without statements.
Only `sqlite` knows the error codes behind the answers.
"""

from sqlalchemy.exc import DBAPIError as StatementFailure
from sqlalchemy.exc import SQLAlchemyError as StoreFailure

from app.store.sqlite import DriverError as DriverFailure
from app.store.sqlite import damage_observers, explain, has_explanation, is_environment_error, is_locked
from app.store.sqlite import is_corrupt as is_damaged
from app.store.sqlite import is_corrupt_index as is_search_index_damaged

__all__ = (
    "DriverFailure",
    "StatementFailure",
    "StoreFailure",
    "damage_observers",
    "explain",
    "has_explanation",
    "is_damaged",
    "is_environment_error",
    "is_locked",
    "is_search_index_damaged",
)
