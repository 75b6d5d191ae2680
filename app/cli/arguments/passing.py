"""Commands that pass reports on to another server, and that set faults for clients to meet."""

import argparse

from app.cli.arguments.add import Add
from app.cli.arguments.values import seconds, share, wait_seconds

ANSWERS = ("429", "500", "503", "slow", "none")


def add_forward(
    add: Add,
    everywhere: argparse.ArgumentParser,
    printing: argparse.ArgumentParser,
    limited: argparse.ArgumentParser,
) -> None:
    """Add `forward` and its acts."""
    forward = add("forward", "pass a project's reports on to Sentry, GlitchTip or Bugsink", printing)
    acts = forward.add_subparsers(dest="act", metavar="act")
    text = "list where reports are passed on to, and how that goes"
    acts.add_parser("list", help=text, description=text, parents=[everywhere, printing])
    text = "list what was passed on, waits or was not, and why"
    log = acts.add_parser("log", help=text, description=text, parents=[everywhere, printing, limited])
    log.add_argument("project", metavar="PROJECT", nargs="?")
    for act, text in (
        ("add", "pass on what arrives from now on, as it came, secrets included"),
        ("pause", "send nothing for now; what arrives waits"),
        ("resume", "send again, what waits first"),
        ("remove", "pass nothing on any more; what waits is dropped"),
    ):
        one = acts.add_parser(act, help=text, description=text, parents=[everywhere])
        one.add_argument("project", metavar="PROJECT")
        if act == "add":
            one.add_argument("dsn", metavar="DSN", help="of the other server (- reads it from stdin)")


def add_fault(add: Add, printing: argparse.ArgumentParser) -> None:
    """Add `fault`."""
    fault = add("fault", "answer a project's clients with a fault for a while, to try what they do", printing)
    fault.add_argument(
        "project", metavar="PROJECT", nargs="?", help="(default: list the faults that are set)"
    )
    act = fault.add_mutually_exclusive_group()
    act.add_argument(
        "--answer",
        choices=ANSWERS,
        help="a status; slow: late, but stored; none: the connection is held, then closed",
    )
    act.add_argument("--end", action="store_true", help="end it now; without a PROJECT all of them")
    fault.add_argument(
        "--for", dest="lasts", type=seconds, metavar="TIME", help="such as 30m, a day at most (default: 5m)"
    )
    fault.add_argument("--share", type=share, metavar="PERCENT", help="of the requests (default: 100%%)")
    fault.add_argument(
        "--seconds", type=wait_seconds, metavar="S", help="how late, or how long held (default: 10)"
    )
