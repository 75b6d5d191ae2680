"""`main.py verify`: a script that fixes a bug asks whether it is gone."""

import json
import subprocess
import sys

import pytest

from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, FAILED, USAGE_ERROR
from tests.end2end.engine_process import EngineProcess, run

BROKEN = "def pay(card):\n    return cards[card]\n\ncards = {}\nprint('paying')\npay(7)\n"


def ask(engine: EngineProcess, *arguments: str, command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    return run("verify", *arguments, "--", *command, data_dir=engine.data_dir, check=False)


def test_a_script_fixes_a_bug(engine: EngineProcess) -> None:
    program = engine.data_dir / "pay.py"
    program.write_text(BROKEN, "utf-8")
    command = (sys.executable, str(program))
    run("run", "--project", "shop", "--", *command, data_dir=engine.data_dir, check=False)
    engine.wait_digested(1)
    came_back = ask(engine, "1", command=command)
    assert came_back.returncode == FAILED
    assert came_back.stdout.startswith("paying\n")
    assert "KeyError" in came_back.stdout
    assert "Issue 1 came back." in came_back.stderr
    program.write_text(BROKEN.replace("cards = {}", "cards = {7: 'paid'}"), "utf-8")
    holds = ask(engine, "1", command=command)
    assert (holds.returncode, holds.stdout) == (DONE, "paying\nIt holds: issue 1 did not come back.\n")
    quiet = ask(engine, "1", "--json", command=command)
    assert (quiet.returncode, quiet.stdout) == (DONE, "")


@pytest.mark.long
def test_an_assistant_gets_the_event_alone(engine: EngineProcess) -> None:
    command = (sys.executable, "-c", BROKEN)
    run("run", "--project", "shop", "--", *command, data_dir=engine.data_dir, check=False)
    engine.wait_digested(1)
    as_json = ask(engine, "1", "--json", command=command)
    assert (as_json.returncode, json.loads(as_json.stdout)["issue_id"]) == (FAILED, 1)
    assert as_json.stderr.startswith("paying\n")
    as_markdown = ask(engine, "1", "--markdown", command=command)
    assert as_markdown.stdout.startswith("#")
    failed = ask(engine, "1", command=("sh", "-c", "exit 4"))
    assert failed.returncode == DONE
    assert "The command exited with 4: look whether it came as far." in failed.stdout
    nothing = ask(engine, "1", command=("nonesuch",))
    assert nothing.returncode == ENVIRONMENT_ERROR
    assert nothing.stderr == "Nothing was verified: nonesuch: command not found.\n"
    assert ask(engine, "9", command=("true",)).returncode == USAGE_ERROR
