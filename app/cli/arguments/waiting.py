"""Commands for scripts and assistants: wait for an error, print one issue, the MCP server."""

import argparse

from app.cli.arguments.add import Add
from app.cli.arguments.values import count, wait_seconds
from app.sharing.limits import LEAST_CHARACTERS, MOST_CHARACTERS


def add_waiting(add: Add) -> None:
    """Add the commands that wait and that print an issue, and the MCP server."""
    wait = add("wait", "wait for the next error, and print it; fails when none came in time", _printing())
    wait.add_argument("--project", metavar="NAME", help="only of this project")
    wait.add_argument("--query", default="", metavar="Q", help="only what this search finds")
    wait.add_argument("--new", action="store_true", help="only an issue that was not there before")
    wait.add_argument(
        "--timeout", type=wait_seconds, metavar="S", help="for so many seconds (default: until Ctrl-C)"
    )
    issue = add("issue", "print one issue with its newest event", _printing())
    issue.add_argument("issue_id", type=count, metavar="ID")
    mcp = add("mcp", "let an assistant read and act here: the MCP server on stdin and stdout")
    mcp.add_argument("--read-only", action="store_true", help="without the tools that change anything")


def _printing() -> argparse.ArgumentParser:
    flags = argparse.ArgumentParser(add_help=False)
    form = flags.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON on one line")
    form.add_argument("--markdown", action="store_true", help="print Markdown, without secrets")
    flags.add_argument(
        "--budget",
        type=_budget,
        metavar="CHARACTERS",
        help="how long the Markdown may be (default: as chosen in the window)",
    )
    return flags


def _budget(text: str) -> int:
    characters = count(text)
    if not LEAST_CHARACTERS <= characters <= MOST_CHARACTERS:
        raise argparse.ArgumentTypeError(f"must be from {LEAST_CHARACTERS:,} to {MOST_CHARACTERS:,}")
    return characters
