"""The command `mcp`, which ends with its stdin; what it speaks is tested in `end2end/test_mcp.py`."""

import subprocess
import sys
from pathlib import Path

from app.cli.exit_codes import DONE
from tests.end2end.engine_process import ROOT


def test_it_ends_when_stdin_is_closed_and_says_nothing(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "mcp", "--data-dir", str(tmp_path)]
    done = subprocess.run(command, input=b"", capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (DONE, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_only_this_command_loads_the_sdk() -> None:
    code = (
        "import sys; from app.cli import commands; from app.cli.arguments.parser import parser\n"
        "from app.assistants import set_ups, trial\n"
        "names = [action.choices for action in parser()._actions if action.dest == 'command'][0]\n"
        "for name in names:\n"
        "    if name not in ('mcp', 'open-url'): commands.named(name)\n"
        "assert not {'mcp', 'mcp_types', 'anyio', 'pydantic'} & set(sys.modules), sorted(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=120)
