"""Makes one real client report, case by case, from an app that begins with the catalogue's lines.

What those lines define is passed to the driver of that client, which has a method for each case. `unhandled`
ends the process by an uncaught error, so it comes last. Before `CRASH_MARKER` a client without problems
writes nothing to stderr.
"""

import importlib
import logging
import sys
from collections.abc import Callable
from typing import Any

from tests.clients.python.shop import PaymentError, checkout

Lines = dict[str, Any]

CRASH_MARKER = "--- now the error that nobody catches ---"


class Driver:
    """What is common to all clients. Drivers of clients that catch no crashes call `catch_crashes`."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        logging.getLogger("shop").addHandler(logging.NullHandler())  # only the client handles records

    def unhandled(self) -> None:
        checkout("unhandled")

    def finish(self) -> None:
        """Wait until everything has been sent."""

    def catch_crashes(self, report: Callable[[BaseException], object]) -> None:
        """Install an excepthook that calls `report`, as an app has to with such a client."""

        def hook(kind: type[BaseException], error: BaseException, traceback: Any) -> None:
            report(error)
            sys.__excepthook__(kind, error, traceback)

        sys.excepthook = hook


def report_caught(case: str, report: Callable[[PaymentError], object]) -> None:
    """Make an order fail, and call `report` within the `except` block."""
    try:
        checkout(case)
    except PaymentError as error:
        report(error)


def main(lines: Lines, driver_name: str, *cases: str) -> None:
    """Set up the client that `lines` define, and run `cases`."""
    driver: Driver = importlib.import_module(f"tests.clients.python.drivers.{driver_name}").driver(lines)
    for case in cases:
        if case == "unhandled":
            driver.finish()
            print(CRASH_MARKER, file=sys.stderr, flush=True)
        getattr(driver, case)()
    driver.finish()
