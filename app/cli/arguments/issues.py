"""Commands that act on issues."""

import argparse
from pathlib import Path

from app.cli.arguments.add import Add
from app.cli.arguments.values import count, seconds


def add_acts_on_issues(add: Add, printing: argparse.ArgumentParser) -> None:
    """Add the commands that resolve, mute, reopen, delete and annotate issues."""
    resolve = add("resolve", "resolve issues: they are fixed, until they come back")
    place = resolve.add_mutually_exclusive_group()
    place.add_argument("--in", dest="release", metavar="RELEASE", help="the release that has the fix")
    place.add_argument(
        "--at-commit", dest="commit", nargs="?", const="HEAD", metavar="HASH",
        help="the commit that has the fix (default: HEAD): builds without it do not bring them back",
    )  # fmt: skip
    resolve.add_argument(
        "--repo", dest="repository", type=Path, default=Path(), metavar="DIR",
        help="a folder in the commit's repository (default: this one)",
    )  # fmt: skip
    mute = add("mute", "keep issues out of the inbox, for ever or until something")
    until = mute.add_mutually_exclusive_group()
    until.add_argument("--for", dest="seconds", type=seconds, metavar="TIME", help="such as 30m, 1h, 2d, 1w")
    until.add_argument("--until-more", type=count, metavar="N", help="until so many more events came")
    until.add_argument("--until-per-hour", type=count, metavar="N", help="until so many come within an hour")
    until.add_argument(
        "--until-escalating", action="store_true", help="until they come well above their usual rate"
    )
    reopen = add("reopen", "put issues back into the inbox")
    delete = add("delete", "delete issues; for a day they can be brought back")
    add("deleted", "print what was deleted and can be brought back", printing)
    undelete = add("undelete", "bring back what was deleted")
    undelete.add_argument("deletion_id", type=count, metavar="NUMBER")
    for command in (resolve, mute, reopen, delete):
        command.add_argument("issue_ids", type=count, nargs="+", metavar="ID")
    note = add("note", "write a note into an issue's timeline")
    history = add("history", "print an issue's timeline, the newest first", printing)
    for command in (note, history):
        command.add_argument("issue_id", type=count, metavar="ID")
    note.add_argument("text", metavar="TEXT")
