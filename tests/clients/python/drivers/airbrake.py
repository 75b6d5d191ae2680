"""airbrake, the predecessor of pybrake."""

import importlib
import logging

from tests.clients.python.drive import Driver, Lines, report_caught


class Airbrake(Driver):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.notifier = lines["notifier"]
        self.notifier.environment = "test"
        self.catch_crashes(
            lambda error: self.notifier.log(exc_info=(type(error), error, error.__traceback__))
        )

    def handled(self) -> None:
        report_caught("handled", lambda _error: self.notifier.log(coupon="none"))

    def message(self) -> None:
        self.notifier.log(exc_info=False, message="the cart of message is empty")

    def log(self) -> None:
        handler = importlib.import_module("airbrake").AirbrakeHandler(airbrake=self.notifier)
        logger = logging.getLogger("shop")
        logger.addHandler(handler)
        logger.error("order %s has no %s", "log", "card", exc_info=False)
        logger.removeHandler(handler)


driver = Airbrake
