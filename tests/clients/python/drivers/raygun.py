"""raygun4py."""

import importlib
import logging

from tests.clients.python import web
from tests.clients.python.drive import Driver, Lines, report_caught


class Raygun(Driver):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.client = lines["client"]
        self.client.set_version("1.2.3")
        self.client.set_tags(["customer"])
        self.client.set_user(
            {
                "identifier": "7",
                "email": "ada@example.com",
                "fullName": "Ada",
                "firstName": "Ada",
                "isAnonymous": False,
            }
        )
        self.catch_crashes(
            lambda error: self.client.send_exception(exc_info=(type(error), error, error.__traceback__))
        )

    def handled(self) -> None:
        options = {"userCustomData": {"coupon": "none"}, "tags": ["vip"]}
        report_caught("handled", lambda _error: self.client.send_exception(**options))

    def log(self) -> None:
        handler = importlib.import_module("raygun4py.raygunprovider").RaygunHandler(self.client.api_key)
        handler.setLevel(logging.ERROR)
        logger = logging.getLogger("shop")
        logger.addHandler(handler)
        logger.error("order %s has no %s", "log", "card")
        logger.removeHandler(handler)

    def flask(self) -> None:
        app = web.flask_app()
        provider = importlib.import_module("raygun4py.middleware.flask").Provider(app, self.client.api_key)
        provider.attach()
        web.visit_wsgi(app, "flask")


driver = Raygun
