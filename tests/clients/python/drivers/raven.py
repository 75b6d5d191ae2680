"""raven, the predecessor of sentry-sdk."""

import importlib
import logging

from tests.clients.python import web
from tests.clients.python.drive import Driver, Lines, report_caught


class Raven(Driver):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.client = lines["client"]
        self.client.release, self.client.environment = "1.2.3", "test"
        self.client.user_context({"id": "7", "username": "ada", "email": "ada@example.com"})
        self.client.tags_context({"customer": "ada"})
        self.client.extra_context({"coupon": "none"})
        breadcrumbs = importlib.import_module("raven.breadcrumbs")
        breadcrumbs.record(message="opened the cart", category="cart", level="info", data={"items": 2})

    def handled(self) -> None:
        report_caught("handled", lambda _error: self.client.captureException())

    def message(self) -> None:
        self.client.captureMessage("the cart of message is empty", level="warning")

    def log(self) -> None:
        handler = importlib.import_module("raven.handlers.logging").SentryHandler(self.client)
        logger = logging.getLogger("shop")
        logger.addHandler(handler)
        logger.error("order %s has no %s", "log", "card")
        logger.removeHandler(handler)

    def flask(self) -> None:
        app = web.flask_app()
        importlib.import_module("raven.contrib.flask").Sentry(app, client=self.client)
        web.visit_wsgi(app, "flask")


driver = Raven
