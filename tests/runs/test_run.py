"""A run from its beginning to its end, with an engine of its own or another's."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.end2end.engine_process import PATIENCE_SECONDS, ROOT, EngineProcess
from tests.runs import filed_events

DRIVER = """
import json, sys
from pathlib import Path
from app.runs.run import CannotRun, NoEngine, Run
from app.settings import Settings
folder, project, *command = sys.argv[1:]
try:
    ended = Run(Settings(data_dir=Path(folder), port=0), command, project or None, notice=print).run()
except (CannotRun, NoEngine) as error:
    print(json.dumps([type(error).__name__, str(error)]))
else:
    print(json.dumps([ended.exit_code, ended.sent, list(ended.lost), ended.skipped, ended.problem]))
"""


def run(
    folder: Path, *command: str, project: str = "", cwd: Path = ROOT, **environment: str
) -> tuple[str, Any]:
    """What the command printed, and what came of the run."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(folder), project, *command],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        check=True,
    )
    printed, _, result = done.stdout.rstrip("\n").rpartition("\n")
    return printed, json.loads(result)


def test_it_starts_an_engine_where_none_runs(tmp_path: Path) -> None:
    folder = tmp_path / "my app"
    folder.mkdir()
    code = "import os; print(os.environ['SENTRY_DSN']); raise SystemExit('no ' + os.getcwd())"
    printed, ended = run(tmp_path / "data", sys.executable, "-c", code, cwd=folder)
    assert printed.startswith("http://my%20app@127.0.0.1:")
    assert ended == [1, 1, [], 0, None]
    (event,) = filed_events.of(tmp_path / "data", "my app")
    assert (event.message or "").endswith(f"exited with 1: no {folder}")
    assert not (tmp_path / "data" / "engine.json").exists()


def test_it_uses_an_engine_that_runs_and_the_given_variables(shared_engine: EngineProcess) -> None:
    code = "import os; print(os.environ['SENTRY_DSN'], os.environ['OTEL_EXPORTER_OTLP_ENDPOINT'])"
    printed, ended = run(
        shared_engine.data_dir, sys.executable, "-c", code, project="shop", SENTRY_DSN="http://mine"
    )
    assert re.fullmatch(f"http://mine {re.escape(shared_engine.url)}/run-[0-9a-f]+/shop", printed)
    assert ended == [0, 0, [], 0, None]


def test_what_cannot_run_is_told(shared_engine: EngineProcess, tmp_path: Path) -> None:
    _printed, ended = run(shared_engine.data_dir, "nonesuch")
    assert ended == ["CannotRun", "nonesuch: command not found."]
    (tmp_path / "data").touch()
    _printed, (kind, why) = run(tmp_path / "data", "true")
    assert kind == "NoEngine"
    assert "cannot be used" in why


def test_an_engine_that_ends_meanwhile_is_replaced_and_nothing_is_lost(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path)
    code = f"""
import os, signal, time, traceback, urllib.request
def fail(text):
    try: raise ValueError(text)
    except ValueError: traceback.print_exc()
fail("before")
time.sleep(0.3)
os.kill({engine.process.pid}, signal.SIGKILL)
fail("after")
"""
    _printed, ended = run(tmp_path, sys.executable, "-c", code, project="shop")
    engine.kill()
    assert ended == [0, 2, [], 0, None]
    assert [event.exceptions[0].value for event in filed_events.of(tmp_path, "shop")] == ["before", "after"]
