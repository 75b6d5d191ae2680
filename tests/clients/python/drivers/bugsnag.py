"""bugsnag-python."""

import importlib
import logging

from tests.clients.python import web
from tests.clients.python.drive import Driver, Lines, report_caught


class Bugsnag(Driver):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.bugsnag = lines["bugsnag"]
        self.bugsnag.configure(app_version="1.2.3", release_stage="test")
        self.bugsnag.add_feature_flag("new-checkout", "on")
        self.bugsnag.leave_breadcrumb("opened the cart", {"items": 2}, "navigation")

    def handled(self) -> None:
        options = {
            "severity": "warning",
            "user": {"id": "7", "name": "ada", "email": "ada@example.com"},
            "metadata": {"coupon": {"code": "none"}},
            "grouping_hash": "card",
        }
        report_caught("handled", lambda error: self.bugsnag.notify(error, **options))

    def log(self) -> None:
        handler = self.bugsnag.handlers.BugsnagHandler()
        logger = logging.getLogger("shop")
        logger.addHandler(handler)
        logger.error("order %s has no %s", "log", "card")
        logger.removeHandler(handler)

    def flask(self) -> None:
        app = web.flask_app()
        importlib.import_module("bugsnag.flask").handle_exceptions(app)
        web.visit_wsgi(app, "flask")

    def django(self) -> None:
        web.visit_wsgi(web.django_app("bugsnag.django.middleware.BugsnagMiddleware", BUGSNAG={}), "django")

    def fastapi(self) -> None:
        middleware = importlib.import_module("bugsnag.asgi").BugsnagMiddleware
        web.visit_asgi(middleware(web.fastapi_app()), "fastapi")


driver = Bugsnag
