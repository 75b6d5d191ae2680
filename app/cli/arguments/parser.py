"""The whole command line (the table is in docs/command-line.md)."""

import argparse

from app.cli.arguments import flags, grouping, issues, passing, queue, running, sharing, upkeep, waiting
from app.cli.arguments.values import number


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    everywhere, listening = flags.everywhere(), flags.listening()
    printing, limited = flags.printing(), flags.limited()
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
    serve.add_argument("--yields", action="store_true", help=argparse.SUPPRESS)
    add("issues", "list issues, the newest activity first", printing, listed)
    events = add("events", "list events, the newest first", printing, listed)
    events.add_argument("--issue", type=int, metavar="ID", help="only those of this issue")
    event = add("event", "print one event, whole", printing)
    event.add_argument("event_id", metavar="EVENT_ID")
    opened = add("open", "open an event's file at the failing line in your editor")
    opened.add_argument("event_id", metavar="EVENT_ID")
    opened.add_argument(
        "--frame",
        type=number,
        metavar="N",
        help="the frame, counted as in event --json from 0, the oldest call (default: the one that failed)",
    )
    add("status", "print the engine's counters", printing)
    add("tail", "print events as they arrive", printing)
    doctor = add("doctor", "tell who called in, what was turned away, and why nothing arrives", printing)
    doctor.add_argument(
        "--repair", action="store_true", help="build anew what can be derived from the stored reports"
    )
    reports = add("queue", "what waits, what failed and why, and how fast it goes", printing)
    queue.add_acts_on_queue(reports, everywhere)
    jobs = add("jobs", "list the background jobs", printing)
    acts = jobs.add_subparsers(dest="act", metavar="act")
    run = acts.add_parser("run", help="run a job now", description="run a job now", parents=[everywhere])
    run.add_argument("job", metavar="NAME")
    add("notices", "list what was told, waits to be told or was not, and why", printing, limited)
    channels = add("channels", "list the places that notices go to, or change them", printing)
    queue.add_acts_on_channels(channels, everywhere)
    issues.add_acts_on_issues(add, printing)
    grouping.add_corrections(add, everywhere, printing)
    sharing.add_sharing(add)
    upkeep.add_upkeep(add)
    passing.add_forward(add, everywhere, printing, limited)
    passing.add_fault(add, printing)
    waiting.add_waiting(add)
    running.add_running(add)
    add("runs", "list the commands that were run, the newest first", printing, limited)
    add("send-test", "send a real error through HTTP and say whether it arrived", listening)
    return whole
