"""Acts on the queue and on the channels of notices."""

import argparse

from app.cli.arguments.values import count, queue_id


def add_acts_on_queue(queue: argparse.ArgumentParser, everywhere: argparse.ArgumentParser) -> None:
    """Add the acts on reports and refused requests."""
    acts = queue.add_subparsers(dest="act", metavar="act")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, help=text, description=text, parents=[everywhere])

    either = "a report's number, or R and the number of a refused request, such as R7"
    add("show", "print a report that failed, or a refused request: why, head and body").add_argument(
        "queue_id", type=queue_id, metavar="ID", help=either
    )
    retry = add("retry", "try reports that failed, or refused requests, again at once")
    which = retry.add_mutually_exclusive_group(required=True)
    which.add_argument("queue_ids", type=queue_id, nargs="*", default=[], metavar="ID", help=either)
    which.add_argument("--all", action="store_true", help="everything that failed")
    which.add_argument("--all-refused", action="store_true", help="every refused request that is kept")
    for name, text in (
        ("discard", "give reports up; they can be had back for a day"),
        ("undo-discard", "have discarded reports back"),
    ):
        add(name, text).add_argument("report_ids", type=count, nargs="+", metavar="ID")


def add_acts_on_channels(channels: argparse.ArgumentParser, everywhere: argparse.ArgumentParser) -> None:
    """Add the acts on channels."""
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
