"""Commands that run other programs."""

import argparse

from app.cli.arguments.add import Add


def add_running(add: Add) -> None:
    """Add the command that runs another one."""
    run = add("run", "run a command, and turn its crashes into events; its exit code is the command's")
    run.add_argument(
        "--project", metavar="NAME", help="the project of its errors (default: the name of this folder)"
    )
    run.add_argument("arguments", nargs=argparse.REMAINDER, metavar="-- COMMAND …", help="what to run")
