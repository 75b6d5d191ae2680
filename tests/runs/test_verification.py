"""Whether an issue comes back with a command."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.end2end.engine_process import PATIENCE_SECONDS, ROOT, EngineProcess, run
from tests.runs import filed_events

pytestmark = pytest.mark.long


APP = """
def pay(card):
    raise ValueError("no card")

def refund(order):
    return {}[order]

import sys
globals()[sys.argv[1]](7)
"""
MENDED = APP.replace('raise ValueError("no card")', "print('paid')")
DRIVER = """
import json, sys
from pathlib import Path
from app.runs.verification import NoIssue, Verification
from app.settings import Settings
folder, issue, seconds, *command = sys.argv[1:]
settings, end = Settings(data_dir=Path(folder), port=0), float(seconds) if seconds else None
try:
    verdict = Verification(settings, int(issue), command, seconds=end).verify()
except NoIssue as error:
    print(json.dumps(["NoIssue", str(error)]))
else:
    print(json.dumps([verdict.issue, verdict.event is not None, verdict.is_sure, verdict.was_ended]))
"""


def verify(folder: Path, issue: int, *command: str, seconds: str = "") -> Any:
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(folder), str(issue), seconds, *command],
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE_SECONDS,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def start(folder: Path, act: str, project: str) -> list[str]:
    """Let it fail once under `run`; the command for the next time."""
    command = [sys.executable, str(folder / "shop.py"), act]
    ended = run("run", "--project", project, "--", *command, data_dir=folder, check=False)
    assert ended.returncode == 1
    assert filed_events.of(folder, project)
    return command


def test_it_came_back_until_it_is_mended_and_counts_also_resolved_and_merged(engine: EngineProcess) -> None:
    folder = engine.data_dir
    (folder / "shop.py").write_text(APP, "utf-8")
    pay, refund = start(folder, "pay", "shop"), start(folder, "refund", "shop")
    assert verify(folder, 1, *pay) == [1, True, True, False]
    assert verify(folder, 1, *refund) == [1, False, True, False]
    run("resolve", "1", data_dir=folder)
    assert verify(folder, 1, *pay) == [1, True, True, False]
    run("merge", "1", "2", data_dir=folder)
    assert verify(folder, 2, *pay) == [1, True, True, False]
    (folder / "shop.py").write_text(MENDED, "utf-8")
    assert verify(folder, 2, *pay) == [1, False, True, False]
    assert verify(folder, 9, "true") == ["NoIssue", "9"]


def test_the_time_ends_the_command_and_what_it_has_started(engine: EngineProcess) -> None:
    folder = engine.data_dir
    (folder / "shop.py").write_text(APP, "utf-8")
    pay = start(folder, "pay", "other name")
    shell = " ".join(f"'{word}'" for word in pay)
    assert verify(folder, 1, "sh", "-c", f"{shell}; sleep 1000; true", seconds="50") == [1, True, True, True]
    assert verify(folder, 1, "sh", "-c", "sleep 1000; true", seconds="0.5") == [1, False, True, True]
