"""honeybadger-python."""

import importlib
import logging

from tests.clients.python import web
from tests.clients.python.drive import Driver, Lines, report_caught


class Honeybadger(Driver):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.honeybadger = lines["honeybadger"]
        self.honeybadger.configure(environment="test", report_local_variables=True)
        self.honeybadger.set_context(user_id="7", user_email="ada@example.com", cart={"items": 2})

    def handled(self) -> None:
        options = {"context": {"coupon": "none"}, "tags": ["customer"], "fingerprint": "card"}
        report_caught("handled", lambda error: self.honeybadger.notify(error, **options))

    def message(self) -> None:
        self.honeybadger.notify(error_class="Notice", error_message="the cart of message is empty")

    def log(self) -> None:
        key = self.honeybadger.config.api_key
        handler = importlib.import_module("honeybadger.contrib.logger").HoneybadgerHandler(api_key=key)
        handler.honeybadger.configure(endpoint=self.honeybadger.config.endpoint, force_report_data=True)
        logger = logging.getLogger("shop")
        logger.addHandler(handler)
        logger.error("order %s has no %s", "log", "card")
        logger.removeHandler(handler)

    def flask(self) -> None:
        app = web.flask_app()
        importlib.import_module("honeybadger.contrib").FlaskHoneybadger(app, report_exceptions=True)
        web.visit_wsgi(app, "flask")

    def django(self) -> None:
        middleware = "honeybadger.contrib.DjangoHoneybadgerMiddleware"
        web.visit_wsgi(web.django_app(middleware, HONEYBADGER={}), "django")

    def fastapi(self) -> None:
        app = web.fastapi_app()
        app.add_middleware(importlib.import_module("honeybadger.contrib.asgi").ASGIHoneybadger)
        web.visit_asgi(app, "fastapi")


driver = Honeybadger
