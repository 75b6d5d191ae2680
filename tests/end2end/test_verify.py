"""`main.py verify`: a script that fixes a bug asks whether it is gone."""

import json
import sys
from pathlib import Path

from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, FAILED, USAGE_ERROR
from tests.end2end.engine_process import run

BROKEN = "def pay(card):\n    return cards[card]\n\ncards = {}\nprint('paying')\npay(7)\n"


def test_a_script_fixes_a_bug(tmp_path: Path) -> None:
    program, folder = tmp_path / "pay.py", tmp_path / "data"
    folder.mkdir()
    program.write_text(BROKEN, "utf-8")
    command = ["--", sys.executable, str(program)]
    around = {"ARECIBO_PORT": "0"}
    run("run", "--project", "shop", *command, data_dir=folder, check=False, **around)

    came_back = run("verify", "1", *command, data_dir=folder, check=False, **around)
    assert came_back.returncode == FAILED
    assert came_back.stdout.startswith("paying\n")
    assert "Issue 1 came back." in came_back.stderr
    assert "KeyError" in came_back.stdout

    as_json = run("verify", "1", "--json", *command, data_dir=folder, check=False, **around)
    assert (as_json.returncode, json.loads(as_json.stdout)["issue_id"]) == (FAILED, 1)
    assert as_json.stderr.startswith("paying\n")
    as_markdown = run("verify", "1", "--markdown", *command, data_dir=folder, check=False, **around)
    assert as_markdown.stdout.startswith("#")

    program.write_text(BROKEN.replace("cards = {}", "cards = {7: 'paid'}"), "utf-8")
    holds = run("verify", "1", *command, data_dir=folder, check=False, **around)
    assert holds.returncode == DONE
    assert holds.stdout == "paying\nIt holds: issue 1 did not come back.\n"
    quiet = run("verify", "1", "--json", *command, data_dir=folder, check=False, **around)
    assert (quiet.returncode, quiet.stdout) == (DONE, "")

    failed = run("verify", "1", "--", "sh", "-c", "exit 4", data_dir=folder, check=False, **around)
    assert failed.returncode == DONE
    assert "The command exited with 4: look whether it came as far." in failed.stdout

    nothing = run("verify", "1", "--", "nonesuch", data_dir=folder, check=False, **around)
    assert (nothing.returncode, nothing.stderr) == (
        ENVIRONMENT_ERROR,
        "Nothing was verified: nonesuch: command not found.\n",
    )
    assert run("verify", "9", "--", "true", data_dir=folder, check=False).returncode == USAGE_ERROR
