"""Commands that run other programs, and that read logs.

What they run stands behind `--`, and is cut off before the rest is parsed (`command_line`).
"""

import argparse

from app.cli.arguments import one_event
from app.cli.arguments.add import Add
from app.cli.arguments.values import count, wait_seconds

_USAGE = "main.py %s -- COMMAND …"


def add_running(add: Add) -> None:
    """Add them."""
    run = add("run", "run a command, and turn its crashes into events; its exit code is the command's")
    _add_project(run, "the name of this folder")
    run.usage = _USAGE % "run [--data-dir DIR] [--project NAME]"
    verify = add(
        "verify", "run a command, and say whether an issue came back: then it fails", one_event.printing()
    )
    verify.add_argument("issue_id", type=count, metavar="ISSUE")
    _add_project(verify, "the issue's")
    verify.add_argument(
        "--timeout",
        type=wait_seconds,
        metavar="S",
        help="end the command after so many seconds, or when the issue has come back",
    )
    verify.usage = (
        _USAGE % "verify ISSUE [--data-dir DIR] [--project NAME] [--timeout S] [--json | --markdown]"
    )
    read = add("read", "read logs for errors, and turn them into events")
    read.add_argument("files", nargs="+", metavar="FILE", help="a log, also one packed by gzip; - is stdin")
    read.add_argument("-f", "--follow", action="store_true", help="go on as they grow, until Ctrl-C")
    _add_project(read, "the name of the file's folder")


def _add_project(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument("--project", metavar="NAME", help=f"the project of its errors (default: {default})")
