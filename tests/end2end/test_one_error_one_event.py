"""Real programs crash under `main.py run`, with and without a client: one event each, with its locals."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end2end.engine_process import ROOT, EngineProcess, rows, run

PYTHON = """
def pay(order, amount):
    total = amount / order["items"]
print("paying")
pay({"id": 7, "items": 0}, 12)
"""
NODE = """
function pay(order) { return order.items.length; }
console.log('paying');
setTimeout(() => pay({ id: 7 }), 1);
"""
RUBY = """
def pay(order, count)
  order / count
end
puts "paying"
$stdout.flush
pay(7, 0)
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EngineProcess]:
    process = EngineProcess(tmp_path / "data")
    yield process
    assert process.stop() == 0


@pytest.fixture(autouse=True)
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def crash(data: Path, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command under `main.py run`, to its end."""
    return subprocess.run(
        [
            sys.executable,
            str(ROOT / "main.py"),
            "run",
            "--data-dir",
            str(data),
            "--project",
            "shop",
            "--",
            *list(command),
        ],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def only_event(engine: EngineProcess) -> dict[str, Any]:
    engine.wait_digested(1)
    (row,) = rows("events", data_dir=engine.data_dir)
    read = run("event", row["event_id"], "--json", data_dir=engine.data_dir)
    event: dict[str, Any] = json.loads(read.stdout)
    return event


def test_python_without_a_client(engine: EngineProcess, data: Path, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(PYTHON)
    done = crash(data, sys.executable, "app.py", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "paying\n")
    assert done.stderr.endswith("ZeroDivisionError: division by zero\n")
    event = only_event(engine)
    assert event["title"] == "ZeroDivisionError: division by zero"
    assert event["sdk"]["name"] == "arecibo.hook.python"
    assert event["exceptions"][-1]["frames"][-1]["vars"] == {
        "amount": "12",
        "order": {"id": "7", "items": "0"},
    }
    assert [crumb["message"] for crumb in event["breadcrumbs"]] == ["paying"]


@pytest.mark.long
def test_python_with_sentrys_client(engine: EngineProcess, data: Path, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import sentry_sdk\nsentry_sdk.init(spotlight=False)\n" + PYTHON)
    assert crash(data, sys.executable, "app.py", cwd=tmp_path).returncode == 1
    event = only_event(engine)
    assert event["sdk"]["name"].startswith("sentry.python")
    assert event["exceptions"][-1]["frames"][-1]["vars"]["amount"] == "12"
    assert [crumb["message"] for crumb in event["breadcrumbs"]] == ["paying"]


LOGGED = """
import logging, sentry_sdk
sentry_sdk.init(spotlight=False)
def pay(order):
    raise ValueError("no card for %d" % (order // 2))
for order in range(4):
    try:
        pay(order)
    except ValueError:
        logging.exception("not paid")
"""


@pytest.mark.long
def test_each_of_several_errors_that_are_logged_and_sent(
    engine: EngineProcess, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "app.py").write_text(LOGGED)
    assert crash(data, sys.executable, "app.py", cwd=tmp_path).returncode == 0
    engine.wait_digested(4)
    found = [row["title"] for row in rows("events", data_dir=data)]
    assert sorted(found) == ["ValueError: no card for 0"] * 2 + ["ValueError: no card for 1"] * 2


@pytest.mark.long
@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_node_without_a_client(engine: EngineProcess, data: Path, tmp_path: Path) -> None:
    (tmp_path / "app.js").write_text(NODE)
    done = crash(data, "node", "app.js", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "paying\n")
    event = only_event(engine)
    assert event["sdk"]["name"] == "arecibo.hook.node"
    frame = event["exceptions"][-1]["frames"][-1]
    assert (frame["function"], frame["context"][1][1]) == (
        "pay",
        "function pay(order) { return order.items.length; }",
    )


@pytest.mark.long
@pytest.mark.skipif(shutil.which("ruby") is None, reason="Ruby is not installed")
def test_ruby_without_a_client(engine: EngineProcess, data: Path, tmp_path: Path) -> None:
    (tmp_path / "app.rb").write_text(RUBY)
    done = crash(data, "ruby", "app.rb", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "paying\n")
    event = only_event(engine)
    assert event["sdk"]["name"] == "arecibo.hook.ruby"
    by_function = {frame["function"]: frame["vars"] for frame in event["exceptions"][-1]["frames"]}
    assert by_function["pay"] == {"order": "7", "count": "0"}


@pytest.mark.long
def test_an_engine_that_is_killed_meanwhile_loses_and_doubles_nothing(data: Path, tmp_path: Path) -> None:
    engine = EngineProcess(data)
    killing = f"import os, signal\nos.kill({engine.process.pid}, signal.SIGKILL)"
    source = PYTHON.replace('print("paying")', killing)
    (tmp_path / "app.py").write_text(source)
    assert crash(data, sys.executable, "app.py", cwd=tmp_path).returncode == 1
    engine.kill()
    after = EngineProcess(data)
    event = only_event(after)
    assert event["exceptions"][-1]["frames"][-1]["vars"]["amount"] == "12"
    assert after.stop() == 0
