"""The commands that read a store, without an engine."""

import json
from pathlib import Path

import pytest

from app.digest.pipeline import Digest
from app.engine import address
from app.engine.address import Listening
from app.settings import Settings
from app.store.database import Database
from tests.cli.conftest import Run
from tests.factories import append, envelope, make_report

FIRST, SECOND = "1" * 32, "2" * 32


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    """A store with two real reports, of two issues: "zebra" and "giraffe"."""
    for number, (event_id, animal) in enumerate(((FIRST, "zebra"), (SECOND, "giraffe")), 1):
        frame = {
            "filename": f"{animal}.py",
            "function": animal,
            "module": animal,
            "in_app": True,
            "lineno": 12,
        }
        raised = {"type": "KeyError", "value": animal, "stacktrace": {"frames": [frame]}}
        body = envelope(event_id, exception={"values": [raised]})
        append(database, make_report(number, event_id=event_id, body=body))
    Digest(database, Settings(data_dir=tmp_path)).run()
    return database


def printed_rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("command", ["issues", "events"])
def test_a_list_is_the_newest_first_searched_and_limited(
    filled: Database, run: Run, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for given, expected in (
        ((), ["KeyError: giraffe", "KeyError: zebra"]),
        (("--limit", "1"), ["KeyError: giraffe"]),
        (("--query", "zebra"), ["KeyError: zebra"]),
        (("--query", "gnu"), []),
    ):
        assert run(command, "--json", *given) == 0
        assert [row["title"] for row in printed_rows(capsys)] == expected
    assert run(command) == 0
    printed = capsys.readouterr().out
    assert printed.index("KeyError: giraffe") < printed.index("KeyError: zebra")


def test_the_events_of_one_issue(filled: Database, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("events", "--json", "--issue", "1") == 0
    assert [row["event_id"] for row in printed_rows(capsys)] == [FIRST]


def test_an_event_is_found_by_its_id_in_every_spelling(
    filled: Database, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for spelling in (FIRST, "11111111-1111-1111-1111-111111111111"):
        assert run("event", spelling, "--json") == 0
        (event,) = printed_rows(capsys)
        assert (event["event_id"], event["issue_id"]) == (FIRST, 1)
    assert run("event", FIRST) == 0
    assert "zebra.py:12 in zebra" in capsys.readouterr().out


def test_unknown_event_exits_1_with_a_message(
    filled: Database, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("event", "0" * 32, "--json") == 1
    said = capsys.readouterr()
    assert (said.out, said.err[:11]) == ("", "There is no")


def test_status_counts_and_says_what_the_engine_listens_on(
    filled: Database, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("status", "--json") == 0
    (status,) = printed_rows(capsys)
    assert [status[name] for name in ("received", "digested", "issues", "events")] == [2, 2, 2, 2]
    assert run("status") == 0
    assert "engine    does not run on this folder\n" in capsys.readouterr().out
    address.write(tmp_path, Listening(url="http://127.0.0.1:7", no_spotlight="its port is taken"))
    assert run("status") == 0
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "engine    listens on http://127.0.0.1:7",
        "spotlight is not heard: its port is taken",
        "mail      is switched off",
    ]


def test_doctor_fails_where_it_finds_a_problem(
    filled: Database, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("doctor", "--json")
    (found,) = printed_rows(capsys)
    assert found["findings"]
    address.write(tmp_path, Listening(url="http://127.0.0.1:7"))
    filled.file.unlink()
    assert run("doctor", "--json") == 1
    assert "There is no error store" in capsys.readouterr().out


def test_a_test_error_that_nobody_takes_is_a_failure(
    filled: Database, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address.write(tmp_path, Listening(url="http://127.0.0.1:1"))
    assert run("send-test") == 1
    assert "Start the engine" in capsys.readouterr().err
