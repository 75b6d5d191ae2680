"""Clients that send log records only: pygelf, python-logging-loki and the standard library's HTTPHandler."""

import logging

from tests.clients.python.drive import Driver, Lines, report_caught


class Logs(Driver):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.logger = logging.getLogger("shop")

    def message(self) -> None:
        self.logger.error("order %s has no %s", "message", "card")

    def handled(self) -> None:
        report_caught(
            "handled", lambda error: self.logger.error("order %s went wrong", "handled", exc_info=error)
        )


driver = Logs
