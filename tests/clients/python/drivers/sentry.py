"""sentry-sdk, of any version; SENTRY_RELEASE and SENTRY_ENVIRONMENT come from the environment."""

import importlib
import logging
import threading
from typing import Any

from tests.clients.python import web
from tests.clients.python.drive import Driver, Lines, report_caught
from tests.clients.python.shop import check_out_all, checkout


class Sentry(Driver):
    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self.sdk: Any = lines.get("sentry_sdk") or importlib.import_module("sentry_sdk")
        if "sentry_sdk" not in lines:
            self.sdk.init()
        self.sdk.set_user({"id": "7", "username": "ada", "email": "ada@example.com"})
        self.sdk.set_tag("customer", "ada")
        self.sdk.set_context("cart", {"items": 2})
        self.sdk.set_extra("coupon", "none")
        self.sdk.add_breadcrumb(category="cart", message="opened the cart", level="info", data={"items": 2})

    def finish(self) -> None:
        self.sdk.flush()

    def handled(self) -> None:
        report_caught("handled", self.sdk.capture_exception)

    def message(self) -> None:
        self.sdk.capture_message("the cart of message is empty", level="warning")

    def log(self) -> None:
        logging.getLogger("shop").error("order %s has no %s", "log", "card")

    def log_exception(self) -> None:
        logger = logging.getLogger("shop")
        report_caught(
            "log_exception",
            lambda error: logger.error("order %s went wrong", "log_exception", exc_info=error),
        )

    def group(self) -> None:
        try:
            check_out_all("group 1", "group 2")
        except ExceptionGroup:
            self.sdk.capture_exception()

    def attachment(self) -> None:
        with self.sdk.push_scope() if self.sdk.VERSION.startswith("1.") else self.sdk.new_scope() as scope:
            scope.add_attachment(
                bytes=b'{"items":\n2}\n', filename="cart.json", content_type="application/json"
            )
            report_caught("attachment", self.sdk.capture_exception)

    def thread(self) -> None:
        threading.excepthook = lambda _args: None
        worker = threading.Thread(target=checkout, args=("thread",))
        worker.start()
        worker.join()

    def checkin(self) -> None:
        crons = importlib.import_module("sentry_sdk.crons")
        crons.capture_checkin(monitor_slug="nightly-backup", status="error", duration=3)

    def flask(self) -> None:
        web.visit_wsgi(web.flask_app(), "flask")

    def django(self) -> None:
        web.visit_wsgi(web.django_app(), "django")

    def fastapi(self) -> None:
        web.visit_asgi(web.fastapi_app(), "fastapi")


driver = Sentry
