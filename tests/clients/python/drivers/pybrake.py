"""pybrake, Airbrake's newer client."""

import importlib
import logging

from tests.clients.python import web
from tests.clients.python.drive import Driver, Lines, report_caught


class Pybrake(Driver):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.notifier = lines["notifier"]
        self.notifier.add_filter(self._add_context)
        self.catch_crashes(self.notifier.notify_sync)

    def handled(self) -> None:
        report_caught("handled", self.notifier.notify_sync)

    def message(self) -> None:
        self.notifier.notify_sync("the cart of message is empty")

    def log(self) -> None:
        handler = importlib.import_module("pybrake.logging").LoggingHandler(
            notifier=self.notifier, level=logging.ERROR
        )
        logger = logging.getLogger("shop")
        logger.addHandler(handler)
        logger.error("order %s has no %s", "log", "card")
        logger.removeHandler(handler)

    def flask(self) -> None:
        app = web.flask_app()
        key = self.notifier._ab_headers["authorization"].removeprefix("Bearer ")
        host = self.notifier.config["error_host"]
        app.config["PYBRAKE"] = {"project_id": 1, "project_key": key, "host": host}
        importlib.import_module("pybrake.middleware.flask").init_app(app)
        web.visit_wsgi(app, "flask")

    def _add_context(self, notice: dict[str, dict[str, object]]) -> object:
        notice["context"]["version"] = "1.2.3"
        notice["context"]["environment"] = "test"
        notice["context"].setdefault("user", {"id": "7", "name": "ada", "email": "ada@example.com"})
        notice["params"]["coupon"] = "none"
        return notice


driver = Pybrake
