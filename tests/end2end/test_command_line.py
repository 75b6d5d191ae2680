"""The command-line contract (docs/command-line.md), tested from outside."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.end2end.engine_process import PATIENCE_SECONDS, ROOT, EngineProcess, rows, run
from tests.factories import envelope

ISSUE_KEYS = "id project title type value culprit level state count users first_seen last_seen".split()
EVENT_KEYS = "event_id issue_id project timestamp level title".split()
WHOLE_EVENT_KEYS = set(
    "event_id issue_id project protocol platform timestamp received_at level logger title culprit message "
    "transaction release environment server_name exceptions threads breadcrumbs request user tags contexts "
    "extra modules user_agent sdk fingerprint grouping problems".split()
)
STATUS_KEYS = "received pending digested dead rejected issues events db_bytes".split()


def post(engine: EngineProcess, body: bytes, *, key: str = "shop") -> dict[str, str]:
    request = urllib.request.Request(f"{engine.url}/api/1/envelope/?sentry_key={key}", body)
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
        said: dict[str, str] = json.load(answer)
    return said


def send(engine: EngineProcess, value: str, function: str, *, key: str = "shop") -> str:
    event_id = os.urandom(16).hex()
    frames = [{"function": function, "module": "shop.checkout", "filename": "shop/checkout.py", "lineno": 12}]
    failed = {"type": "KeyError", "value": value, "stacktrace": {"frames": frames}}
    body = envelope(event_id, exception={"values": [failed]}, user={"id": value})
    assert post(engine, body, key=key) == {"id": event_id}
    return event_id


def test_serve_prints_its_address_and_stops_on_sigterm(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path)
    assert engine.first_line == f"listening on http://127.0.0.1:{engine.port}"
    send(engine, "1", "f")
    engine.wait_digested(1)  # so the digest's process runs: its first start may take longer than a stop waits
    send(engine, "2", "f")
    assert engine.stop() == 0
    assert (engine.output, engine.errors) == ("", "")
    (status,) = rows("status", data_dir=tmp_path)
    assert (status["received"], status["digested"]) == (2, 2)


def test_serve_stops_on_ctrl_c(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path)
    engine.process.send_signal(signal.SIGINT)
    assert engine.stop() == 0


def test_issues_and_events_are_listed(engine: EngineProcess) -> None:
    ids = [send(engine, "one", "first"), send(engine, "two", "second"), send(engine, "three", "second")]
    engine.wait_digested(3)
    newest, oldest = rows("issues", data_dir=engine.data_dir)
    assert list(newest) == ISSUE_KEYS
    assert (newest["value"], newest["count"], newest["users"], newest["state"]) == ("three", 2, 2, "open")
    assert (oldest["project"], oldest["type"], oldest["level"]) == ("shop", "KeyError", "error")
    assert oldest["first_seen"].endswith("Z")

    listed = rows("events", data_dir=engine.data_dir)
    assert [event["event_id"] for event in listed] == ids[::-1]
    assert list(listed[0]) == EVENT_KEYS
    of_issue = rows("events", "--issue", str(newest["id"]), data_dir=engine.data_dir)
    assert [event["event_id"] for event in of_issue] == ids[:0:-1]

    assert [row["value"] for row in rows("issues", "--query", "first", data_dir=engine.data_dir)] == ["one"]
    assert [row["title"] for row in rows("events", "--query", "one", data_dir=engine.data_dir)] == [
        "KeyError: one"
    ]
    assert len(rows("issues", "--limit", "1", data_dir=engine.data_dir)) == 1
    for command in ("issues", "events"):
        assert "KeyError: one" in run(command, data_dir=engine.data_dir, COLUMNS="200").stdout


def test_an_event_is_printed_whole(shared_engine: EngineProcess) -> None:
    event_id = send(shared_engine, "one", "first")
    shared_engine.wait_digested(1)
    (event,) = rows("event", event_id, data_dir=shared_engine.data_dir)
    assert set(event) >= WHOLE_EVENT_KEYS
    assert event["event_id"] == event_id
    dashed = f"{event_id[:8]}-{event_id[8:12]}-{event_id[12:16]}-{event_id[16:20]}-{event_id[20:]}"
    assert rows("event", dashed.upper(), data_dir=shared_engine.data_dir) == [event]
    assert (
        "shop/checkout.py:12" in run("event", event_id, data_dir=shared_engine.data_dir, COLUMNS="200").stdout
    )


def test_status_counts(engine: EngineProcess) -> None:
    with pytest.raises(urllib.error.HTTPError, match="400"):
        post(engine, b"no envelope at all")
    send(engine, "one", "first")
    engine.wait_digested(1)
    status = engine.status()
    assert list(status) == STATUS_KEYS
    assert (status["received"], status["digested"], status["events"], status["issues"]) == (1, 1, 1, 1)
    assert status["db_bytes"] > 0


def test_tail_follows(shared_engine: EngineProcess) -> None:
    send(shared_engine, "before", "first")
    shared_engine.wait_digested(1)
    with subprocess.Popen(
        [sys.executable, ROOT / "main.py", "tail", "--json", "--data-dir", shared_engine.data_dir],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as tail:
        assert tail.stdout is not None
        assert tail.stderr is not None
        assert tail.stderr.readline().startswith("following")
        event_id = send(shared_engine, "after", "first")
        assert json.loads(tail.stdout.readline())["event_id"] == event_id
        tail.send_signal(signal.SIGINT)
        assert tail.wait(PATIENCE_SECONDS) == 0


def test_the_data_dir_may_come_from_the_environment(shared_engine: EngineProcess) -> None:
    send(shared_engine, "one", "first")
    shared_engine.wait_digested(1)
    (expected,) = rows("events", "--limit", "1", data_dir=shared_engine.data_dir)
    said = subprocess.run(
        [sys.executable, ROOT / "main.py", "events", "--limit", "1", "--json"],
        env=os.environ | {"ARECIBO_DATA_DIR": str(shared_engine.data_dir)},
        capture_output=True,
        check=True,
        timeout=PATIENCE_SECONDS,
    )
    assert json.loads(said.stdout) == expected


def test_taken_port_exits_3_and_suggests_a_free_one(shared_engine: EngineProcess, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    said = run("serve", "--port", str(shared_engine.port), data_dir=other, check=False)
    assert said.returncode == 3
    assert str(shared_engine.port) in said.stderr
    child = run("serve", "--child", "--port", str(shared_engine.port), data_dir=other, check=False)
    failure = json.loads(child.stdout.removeprefix("failed "))
    assert failure["kind"] == "port-taken"
    assert failure["suggested_port"] > shared_engine.port


def test_a_second_engine_on_the_same_folder_is_refused(shared_engine: EngineProcess) -> None:
    said = run("serve", "--port", "0", data_dir=shared_engine.data_dir, check=False)
    assert said.returncode == 3
    assert "Another Arecibo" in said.stderr


def test_child_engine_reports_changes_and_ends_with_stdin(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path, "--child")
    send(engine, "one", "first")
    assert engine.process.stdout is not None
    assert engine.process.stdout.readline() == "changed 1\n"
    assert engine.process.stdin is not None
    engine.process.stdin.close()
    assert engine.process.wait(PATIENCE_SECONDS) == 0
    engine.process.stdout.close()
    assert engine.process.stderr is not None
    engine.process.stderr.close()


def test_without_a_display_the_engine_runs_with_a_tail(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.endswith("DISPLAY")}
    bare.pop("QT_QPA_PLATFORM", None)
    with subprocess.Popen(
        [sys.executable, ROOT / "main.py", "--port", "0", "--data-dir", tmp_path],
        stdout=subprocess.PIPE,
        text=True,
        env=bare,
    ) as live:
        assert live.stdout is not None
        assert "no display" in live.stdout.readline()
        while not (line := live.stdout.readline()).startswith("listening on "):
            assert line
        assert "It has arrived" in run("send-test", data_dir=tmp_path).stdout
        while "TestError" not in (line := live.stdout.readline()):
            assert line
        live.send_signal(signal.SIGTERM)
        assert live.wait(PATIENCE_SECONDS) == 0
