"""The command line: a contract that scripts rely on (the table is in docs/command-line.md).

Parsing is apart from doing, so that the window starts without loading what only commands need.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from app import settings as settings_module
from app.cli import commands
from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, USAGE_ERROR
from app.desktop import app_link
from app.desktop.app_link import AppLink
from app.plain_text import one_line, say
from app.settings import Settings, SettingsError

OpenWindow = Callable[[Settings], int]
OpenLink = Callable[[Settings, AppLink], int]
_TIME = re.compile(r"([1-9][0-9]{0,5})([smhdw])")
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


class QueueId(NamedTuple):
    """The number of a report, or of a refused request, which is written with an R before it."""

    number: int
    is_refused: bool


def main(arguments: Sequence[str], open_window: OpenWindow, open_link: OpenLink | None = None) -> int:
    """Do what the command line says. `open_link` opens the window at an address such as arecibo://issue/7.

    Returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 an environment error.
    """
    given = _flags_alone(arguments) or parser().parse_args(_as_command(arguments))
    flags = {name: getattr(given, name, None) for name in ("host", "port", "data_dir")}
    try:
        settings = settings_module.load(flags)
    except SettingsError as error:
        say(error, error=True)
        return USAGE_ERROR
    settings_module.use(settings, settings_module.overrides(flags))
    if given.command == "open-url":
        return _open_link(settings, given.url, open_link)
    if given.command is None:
        if has_display(os.environ, sys.platform):
            return open_window(settings)
        say("There is no display, so the engine runs in this terminal. Press Ctrl-C to stop it.\n")
        given.command = "live"
    try:
        return commands.run(settings, given)
    except BrokenPipeError:
        # The reader of our output has gone (`… | head`): that is how such a pipe ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _as_command(arguments: Sequence[str]) -> list[str]:
    """The arguments, with the command put before an address that stands alone, as a desktop gives it."""
    if arguments and app_link.looks_like_one(arguments[-1]) and "open-url" not in arguments:
        return [*arguments[:-1], "open-url", arguments[-1]]
    return _with_query(arguments)


def _with_query(arguments: Sequence[str]) -> list[str]:
    """The arguments, a search joined to its flag: one that begins with a hyphen would be taken for a flag."""
    joined = list(arguments)
    if "--query" in joined[:-1]:
        at = joined.index("--query")
        # argparse takes "--query=--" for the end of the flags, in spite of the flag before it.
        joined[at : at + 2] = [f"--query={' ' if joined[at + 1] == '--' else ''}{joined[at + 1]}"]
    return joined


def _open_link(settings: Settings, url: str, open_link: OpenLink | None) -> int:
    link = app_link.parse(url)
    if link is None or open_link is None:
        say(
            f"{one_line(url, 80)} is no address of Arecibo. They are arecibo://issue/NUMBER and "
            "arecibo://event/ID, where ID is 32 hex digits.",
            error=True,
        )
        return USAGE_ERROR
    if not has_display(os.environ, sys.platform):
        say("There is no display, so no window can show it.", error=True)
        return ENVIRONMENT_ERROR
    return open_link(settings, link)


def _flags_alone(arguments: Sequence[str]) -> argparse.Namespace | None:
    """The arguments, if they are flags only; None otherwise. The parser of all commands costs a frame."""
    try:
        flags = argparse.ArgumentParser(
            add_help=False, parents=[_everywhere(), _listening()], exit_on_error=False
        )
        given, rest = flags.parse_known_args(arguments)
    except argparse.ArgumentError:
        # The parser of all commands reports the mistake.
        return None
    given.command = None
    return None if rest else given


def has_display(environ: Mapping[str, str], platform: str) -> bool:
    """Whether a window could open here."""
    if environ.get("QT_QPA_PLATFORM"):
        return True
    unix_desktop = platform not in ("win32", "darwin")
    return not unix_desktop or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _everywhere() -> argparse.ArgumentParser:
    # A flag may come before or after the command: a default must not overwrite a given value.
    flags = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    flags.add_argument("--data-dir", type=Path, metavar="DIR", help="the folder of the error store")
    return flags


def _listening() -> argparse.ArgumentParser:
    flags = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    flags.add_argument("--host", help="the address to listen on (default: 127.0.0.1)")
    flags.add_argument("--port", type=int, help="the port to listen on (default: 1974; 0 takes a free one)")
    return flags


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    everywhere, listening = _everywhere(), _listening()
    printing = argparse.ArgumentParser(add_help=False)
    printing.add_argument("--json", action="store_true", help="print JSON, one object a line")
    limited = argparse.ArgumentParser(add_help=False)
    limited.add_argument(
        "--limit", type=_count, default=100, metavar="N", help="at most so many (default: 100)"
    )
    listed = argparse.ArgumentParser(add_help=False, parents=[limited])
    listed.add_argument("--query", default="", metavar="Q", help="what to search for")

    whole = argparse.ArgumentParser(
        prog="main.py", description="A desktop error inbox.", parents=[everywhere, listening]
    )
    subparsers = whole.add_subparsers(dest="command", metavar="command", title="commands")

    def add(name: str, text: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        return subparsers.add_parser(name, help=text, description=text, parents=[everywhere, *parents])

    serve = add("serve", "run the engine without a window", listening)
    serve.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    add("issues", "list issues, the newest activity first", printing, listed)
    events = add("events", "list events, the newest first", printing, listed)
    events.add_argument("--issue", type=int, metavar="ID", help="only those of this issue")
    event = add("event", "print one event, whole", printing)
    event.add_argument("event_id", metavar="EVENT_ID")
    opened = add("open", "open an event's file at the failing line in your editor")
    opened.add_argument("event_id", metavar="EVENT_ID")
    opened.add_argument(
        "--frame",
        type=_number,
        metavar="N",
        help="the frame, counted as in event --json from 0, the oldest call (default: the one that failed)",
    )
    add("status", "print the engine's counters", printing)
    add("tail", "print events as they arrive", printing)
    doctor = add("doctor", "tell who called in, what was turned away, and why nothing arrives", printing)
    doctor.add_argument(
        "--repair", action="store_true", help="build anew what can be derived from the stored reports"
    )
    queue = add("queue", "what waits, what failed and why, and how fast it goes", printing)
    _add_acts_on_queue(queue, everywhere)
    jobs = add("jobs", "list the background jobs", printing)
    acts = jobs.add_subparsers(dest="act", metavar="act")
    run = acts.add_parser("run", help="run a job now", description="run a job now", parents=[everywhere])
    run.add_argument("job", metavar="NAME")
    add("notices", "list what was told, waits to be told or was not, and why", printing, limited)
    channels = add("channels", "list the places that notices go to, or change them", printing)
    _add_acts_on_channels(channels, everywhere)
    _add_acts_on_issues(add, printing)
    _add_corrections(add, everywhere, printing)
    _add_sharing(add)
    _add_upkeep(add)
    add("send-test", "send a real error through HTTP and say whether it arrived", listening)
    return whole


def _add_upkeep(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands that pause intake, and that copy the whole store."""
    pause = add("pause", "take no errors for now: clients are answered 503 with Retry-After")
    pause.add_argument(
        "--for", dest="seconds", type=_seconds, metavar="TIME", help="such as 30m (default: until resume)"
    )
    add("resume", "take errors again")
    backup = add("backup", "copy the whole store into a file, checked, while the engine works")
    backup.add_argument("file", type=Path, metavar="FILE", help="which must not be there yet")
    restore = add("restore", "put a backup into the store's place, which is set aside; no engine may run")
    restore.add_argument("file", type=Path, metavar="FILE")
    desktop = add("desktop", "put Arecibo into this desktop's menu, and have it open arecibo:// addresses")
    desktop.add_argument("act", choices=("install", "remove"))
    url = add("open-url", "open an address such as arecibo://issue/7 in the window")
    url.add_argument("url", metavar="URL")


def _add_sharing(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands that write and read files."""
    files = add("import", "import events from files: exported ones, Sentry's envelopes, JSON, text")
    files.add_argument("files", type=Path, nargs="+", metavar="FILE")
    export = add("export", "write an event as a file, without its secrets")
    export.add_argument("event_id", metavar="EVENT_ID")
    form = export.add_mutually_exclusive_group()
    for name, text in (
        ("html", "a page that anybody can read and Arecibo can import (the default)"),
        ("raw", "the report as it came, which Arecibo can import"),
        ("markdown", "for a tracker or an assistant"),
    ):
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name, help=text)
    export.add_argument("--output", type=Path, metavar="FILE", help="where to (default: stdout)")
    export.add_argument(
        "--without",
        action="append",
        default=[],
        choices=("locals", "request_body", "user", "breadcrumbs"),
        metavar="PART",
        help="leave out locals, request_body, user or breadcrumbs; may be given several times",
    )
    export.add_argument(
        "--as-it-came", action="store_true", help="with --raw: even where secrets cannot be looked for"
    )


def _add_acts_on_queue(queue: argparse.ArgumentParser, everywhere: argparse.ArgumentParser) -> None:
    acts = queue.add_subparsers(dest="act", metavar="act")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, help=text, description=text, parents=[everywhere])

    either = "a report's number, or R and the number of a refused request, such as R7"
    add("show", "print a report that failed, or a refused request: why, head and body").add_argument(
        "queue_id", type=_queue_id, metavar="ID", help=either
    )
    retry = add("retry", "try reports that failed, or refused requests, again at once")
    which = retry.add_mutually_exclusive_group(required=True)
    which.add_argument("queue_ids", type=_queue_id, nargs="*", default=[], metavar="ID", help=either)
    which.add_argument("--all", action="store_true", help="everything that failed")
    which.add_argument("--all-refused", action="store_true", help="every refused request that is kept")
    for name, text in (
        ("discard", "give reports up; they can be had back for a day"),
        ("undo-discard", "have discarded reports back"),
    ):
        add(name, text).add_argument("report_ids", type=_count, nargs="+", metavar="ID")


def _add_acts_on_issues(
    add: Callable[..., argparse.ArgumentParser], printing: argparse.ArgumentParser
) -> None:
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
    until.add_argument("--for", dest="seconds", type=_seconds, metavar="TIME", help="such as 30m, 1h, 2d, 1w")
    until.add_argument("--until-more", type=_count, metavar="N", help="until so many more events came")
    until.add_argument("--until-per-hour", type=_count, metavar="N", help="until so many come within an hour")
    until.add_argument(
        "--until-escalating", action="store_true", help="until they come well above their usual rate"
    )
    reopen = add("reopen", "put issues back into the inbox")
    delete = add("delete", "delete issues; for a day they can be brought back")
    add("deleted", "print what was deleted and can be brought back", printing)
    undelete = add("undelete", "bring back what was deleted")
    undelete.add_argument("deletion_id", type=_count, metavar="NUMBER")
    for command in (resolve, mute, reopen, delete):
        command.add_argument("issue_ids", type=_count, nargs="+", metavar="ID")
    note = add("note", "write a note into an issue's timeline")
    history = add("history", "print an issue's timeline, the newest first", printing)
    for command in (note, history):
        command.add_argument("issue_id", type=_count, metavar="ID")
    note.add_argument("text", metavar="TEXT")


def _add_corrections(
    add: Callable[..., argparse.ArgumentParser],
    everywhere: argparse.ArgumentParser,
    printing: argparse.ArgumentParser,
) -> None:
    """Add the commands that correct the grouping."""
    merge = add("merge", "make one issue of several: the first one stays, and new events follow")
    merge.add_argument("issue_ids", type=_count, nargs="+", metavar="ID")
    split = add("split", "split an issue by what its events differ in, which is told without --by")
    split.add_argument("issue_id", type=_count, metavar="ID")
    split.add_argument("--by", metavar="WHAT", help="a tag's name, or message, or culprit")
    acts = add("rules", "list the grouping rules", printing).add_subparsers(dest="act", metavar="act")
    _add_rules(acts, everywhere)
    text = "take a rule back, and undo what it has grouped"
    remove = acts.add_parser("remove", help=text, description=text, parents=[everywhere])
    remove.add_argument("rule_id", type=_count, metavar="ID")
    add("regroupings", "list merges, splits and what rules did, the newest first", printing)
    acts = add("regroup", "undo a regrouping").add_subparsers(dest="act", metavar="act", required=True)
    undo = acts.add_parser("undo", help="undo it", description="undo a regrouping", parents=[everywhere])
    undo.add_argument("regrouping_id", type=_count, metavar="ID")


def _add_rules(
    acts: "argparse._SubParsersAction[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser
) -> None:
    text = "add a rule; without --yes only tell what it would do to the stored events"
    kinds = acts.add_parser("add", help=text, description=text).add_subparsers(
        dest="kind", metavar="kind", required=True
    )
    for kind, summary in (
        ("ignore", "this part of events does not count"),
        ("same", "these parts count as one"),
        ("apart", "events that differ in this are never one issue"),
    ):
        rule = kinds.add_parser(kind, help=summary, description=summary, parents=[everywhere])
        if kind == "apart":
            rule.add_argument("texts", nargs=1, metavar="WHAT", help="a tag's name, or message, or culprit")
        else:
            parts = ("module", "function", "type", "words")
            rule.add_argument("part", choices=parts, help="what of an event the rule is about")
            rule.add_argument("texts", nargs="+" if kind == "same" else 1, metavar="TEXT")
        rule.add_argument("--project", metavar="NAME", help="only in this project (default: in all)")
        rule.add_argument("--yes", action="store_true", help="keep it, and carry it out")


def _seconds(text: str) -> int:
    found = _TIME.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError("must be a number with s, m, h, d or w behind it, such as 30m or 1h")
    return int(found[1]) * _UNITS[found[2]]


def _add_acts_on_channels(channels: argparse.ArgumentParser, everywhere: argparse.ArgumentParser) -> None:
    acts = channels.add_subparsers(dest="act", metavar="act")
    for act, text in (
        ("add", "add a channel: a name, and an apprise URL (- reads it from stdin)"),
        ("remove", "remove a channel"),
        ("try", "send a test to a channel, and say whether it was taken"),
        ("check", "say whether a service is known for a URL (- reads some from stdin)"),
    ):
        one = acts.add_parser(act, help=text, description=text, parents=[everywhere])
        if act != "check":
            one.add_argument("name", metavar="NAME")
        if act in ("add", "check"):
            one.add_argument("url", metavar="URL")


def _queue_id(text: str) -> QueueId:
    is_refused = text[:1] in ("R", "r")
    return QueueId(_count(text[is_refused:]), is_refused)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 0 or more")
    return int(text)


def _count(text: str) -> int:
    count = int(text) if text.isascii() and text.isdigit() else 0
    if count < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return count
