"""elastic-apm."""

import importlib
import logging

from tests.clients.python import web
from tests.clients.python.drive import Driver, Lines, report_caught


class Elastic(Driver):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.client = lines["client"]
        self.apm = lines["elasticapm"]
        self.catch_crashes(
            lambda error: self.client.capture_exception(
                exc_info=(type(error), error, error.__traceback__), handled=False
            )
        )

    def finish(self) -> None:
        self.client._transport.flush()

    def handled(self) -> None:
        self.client.begin_transaction("script")
        self.apm.set_user_context(user_id="7", username="ada", email="ada@example.com")
        self.apm.label(customer="ada")
        self.apm.set_custom_context({"coupon": "none"})
        report_caught("handled", lambda _error: self.client.capture_exception())
        self.client.end_transaction("checkout", "failure")

    def message(self) -> None:
        self.client.capture_message("the cart of message is empty", level="warning")

    def log(self) -> None:
        handler = importlib.import_module("elasticapm.handlers.logging").LoggingHandler(self.client)
        handler.setLevel(logging.ERROR)
        logger = logging.getLogger("shop")
        logger.addHandler(handler)
        logger.error("order %s has no %s", "log", "card")
        logger.removeHandler(handler)

    def flask(self) -> None:
        app = web.flask_app()
        importlib.import_module("elasticapm.contrib.flask").ElasticAPM(app, client=self.client)
        web.visit_wsgi(app, "flask")

    def fastapi(self) -> None:
        app = web.fastapi_app()
        middleware = importlib.import_module("elasticapm.contrib.starlette").ElasticAPM
        app.add_middleware(middleware, client=self.client)
        web.visit_asgi(app, "fastapi")


driver = Elastic
