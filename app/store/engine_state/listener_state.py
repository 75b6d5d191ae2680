"""The table `listener_state`: the functions of `listeners.py` that are left out, since they hung or died."""

from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select

from app.model import from_micros
from app.store.schema import listener_state as state


class ListenerState(Struct, frozen=True, kw_only=True):
    """The state of one version of the file, which `version` names.

    `deaths` is how often its process was killed or ended, `functions` (name by key) are not called any more.
    With `left_out_at`, in microseconds, the whole file is left out, for the reason `why`.
    """

    version: str
    deaths: int = 0
    functions: dict[str, str] = {}
    left_out_at: int | None = None
    why: str = ""


class LeftOut(Struct, frozen=True, kw_only=True):
    """What is left out, as it is shown: the whole file `since` then, or some of its `functions`."""

    since: datetime | None
    why: str
    functions: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What is left out and why, and what to do about it."""
        if self.since is not None:
            since = self.since.astimezone().strftime("%Y-%m-%d %H:%M:%S")
            return f"listeners.py is left out since {since}: {self.why}. Save the file to try again."
        names = ", ".join(self.functions)
        return f"Called no more, as it hung: {names}. Save listeners.py to try again."


def read(connection: Connection) -> ListenerState | None:
    """The state that was stored last, of any version of the file."""
    row = connection.execute(select(*state.c)).mappings().one_or_none()
    if row is None:
        return None
    functions = msgspec.json.decode(row["functions"], type=dict[str, str])
    return ListenerState(**{**row, "functions": functions})


def left_out(connection: Connection) -> LeftOut | None:
    """What is left out, if anything is."""
    found = read(connection)
    if found is None or (found.left_out_at is None and not found.functions):
        return None
    since = None if found.left_out_at is None else from_micros(found.left_out_at)
    return LeftOut(since=since, why=found.why, functions=tuple(sorted(set(found.functions.values()))))


def replace(connection: Connection, now: ListenerState | None) -> None:
    """Replace the stored state; None deletes it."""
    connection.execute(delete(state))
    if now is not None:
        values = {**msgspec.structs.asdict(now), "functions": msgspec.json.encode(now.functions).decode()}
        connection.execute(insert(state).values(values))
