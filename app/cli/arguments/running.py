"""Commands that run other programs, and that read logs."""

import argparse

from app.cli.arguments.add import Add


def add_running(add: Add) -> None:
    """Add them."""
    run = add("run", "run a command, and turn its crashes into events; its exit code is the command's")
    run.add_argument(
        "--project", metavar="NAME", help="the project of its errors (default: the name of this folder)"
    )
    run.add_argument("arguments", nargs=argparse.REMAINDER, metavar="-- COMMAND …", help="what to run")
    read = add("read", "read logs for errors, and turn them into events")
    read.add_argument("files", nargs="+", metavar="FILE", help="a log; - is stdin")
    read.add_argument("-f", "--follow", action="store_true", help="go on as they grow, until Ctrl-C")
    read.add_argument(
        "--project", metavar="NAME", help="the project of the errors (default: the name of the file's folder)"
    )
