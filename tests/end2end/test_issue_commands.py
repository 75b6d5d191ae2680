"""The commands that act on issues, run from outside: resolve, mute, reopen, note and history."""

from app.store.database import open_existing
from app.store.inbox.lists import issues
from tests.end2end.engine_process import EngineProcess, rows, run, wait_until
from tests.end2end.test_command_line import send

LINE_KEYS = "at kind text event_id count release until".split()


def wait_for_state(engine: EngineProcess, state: str) -> None:
    database = open_existing(engine.data_dir)

    def is_there() -> bool:
        with database.reading() as connection:
            issue = issues.get(connection, 1)
        return issue is not None and issue.state == state

    wait_until(is_there, f"the issue to be {state}")
    database.close()
    assert [issue["state"] for issue in rows("issues", data_dir=engine.data_dir)] == [state]


def test_resolve_mute_reopen_and_note_are_in_the_history(engine: EngineProcess) -> None:
    folder = engine.data_dir
    send(engine, "'card'", "charge")
    wait_for_state(engine, "open")
    assert run("resolve", "1", "1", data_dir=folder).stdout == "Resolved: 1.\n"
    send(engine, "'card'", "charge")
    wait_for_state(engine, "regressed")
    assert run("mute", "1", "--for", "1s", data_dir=folder).stdout == "Muted: 1.\n"
    wait_for_state(engine, "open")  # the mute ends by itself
    run("resolve", "1", "--in", "2.0", data_dir=folder)
    assert run("reopen", "1", data_dir=folder).stdout == "Reopened: 1.\n"
    assert run("reopen", "1", data_dir=folder).stdout == "Nothing to change: 1.\n"
    assert run("note", "1", "Ask Ada", data_dir=folder).stdout == "Noted: 1.\n"
    lines = rows("history", "1", data_dir=folder)
    expected = ["note", "reopened", "resolved", "unmuted", "muted", "regressed", "resolved", "new"]
    assert [line["kind"] for line in lines] == expected
    assert all(list(line) == LINE_KEYS for line in lines)
    printed = run("history", "1", data_dir=folder).stdout
    assert "Note  Ask Ada" in printed
    assert "Resolved  in 2.0" in printed
