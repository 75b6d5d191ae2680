"""pyrollbar."""

import importlib
import logging

from tests.clients.python import web
from tests.clients.python.drive import Driver, Lines, report_caught


class Rollbar(Driver):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.rollbar = lines["rollbar"]
        self.rollbar.SETTINGS.update(code_version="1.2.3", environment="test")
        self.catch_crashes(
            lambda error: self.rollbar.report_exc_info((type(error), error, error.__traceback__))
        )

    def finish(self) -> None:
        self.rollbar.wait()

    def handled(self) -> None:
        person = {"id": "7", "username": "ada", "email": "ada@example.com"}
        more = {"person": person, "fingerprint": "card"}
        report_caught(
            "handled",
            lambda _error: self.rollbar.report_exc_info(extra_data={"coupon": "none"}, payload_data=more),
        )

    def message(self) -> None:
        self.rollbar.report_message(
            "the cart of message is empty", level="warning", extra_data={"coupon": "none"}
        )

    def log(self) -> None:
        handler = importlib.import_module("rollbar.logger").RollbarHandler()
        logger = logging.getLogger("shop")
        logger.addHandler(handler)
        logger.propagate = False
        logger.error("order %s has no %s", "log", "card")
        logger.removeHandler(handler)

    def flask(self) -> None:
        signals = importlib.import_module("flask.signals")
        report = importlib.import_module("rollbar.contrib.flask").report_exception
        app = web.flask_app()
        signals.got_request_exception.connect(report, app)
        web.visit_wsgi(app, "flask")

    def django(self) -> None:
        settings = {
            "access_token": self.rollbar.SETTINGS["access_token"],
            "endpoint": self.rollbar.SETTINGS["endpoint"],
            "suppress_reinit_warning": True,
        }
        middleware = "rollbar.contrib.django.middleware.RollbarNotifierMiddleware"
        web.visit_wsgi(web.django_app(middleware, ROLLBAR=settings), "django")

    def fastapi(self) -> None:
        app = web.fastapi_app()
        app.add_middleware(importlib.import_module("rollbar.contrib.fastapi").ReporterMiddleware)
        web.visit_asgi(app, "fastapi")


driver = Rollbar
