"""Lets one real client report, case by case, from an app that begins with the catalogue's lines.

What those lines define is handed to the driver of that client, which has a method for each case. `unhandled`
ends the process by an error that nobody catches, so it comes last. Up to `LAST_WORDS` a client that is
content writes nothing to stderr.
"""

import importlib
import logging
import sys
from collections.abc import Callable
from typing import Any

from tests.clients.python.shop import PaymentError, checkout

Lines = dict[str, Any]

LAST_WORDS = "--- now the error that nobody catches ---"


class Driver:
    """What is common to all clients. Those that catch nothing by themselves `catch_crashes`."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        logging.getLogger("shop").addHandler(logging.NullHandler())  # records are the client's affair

    def unhandled(self) -> None:
        checkout("unhandled")

    def finish(self) -> None:
        """Give what is still to be sent the time that it needs."""

    def catch_crashes(self, report: Callable[[BaseException], object]) -> None:
        """Install an excepthook that tells `report`, as an app has to with such a client."""

        def hook(kind: type[BaseException], error: BaseException, traceback: Any) -> None:
            report(error)
            sys.__excepthook__(kind, error, traceback)

        sys.excepthook = hook


def report_caught(case: str, report: Callable[[PaymentError], object]) -> None:
    """An order fails, is caught, and `report` is called within the `except` block."""
    try:
        checkout(case)
    except PaymentError as error:
        report(error)


def main(lines: Lines, driver_name: str, *cases: str) -> None:
    """Set the client up, which `lines` define, and go through `cases`."""
    driver: Driver = importlib.import_module(f"tests.clients.python.drivers.{driver_name}").driver(lines)
    for case in cases:
        if case == "unhandled":
            driver.finish()
            print(LAST_WORDS, file=sys.stderr, flush=True)
        getattr(driver, case)()
    driver.finish()
