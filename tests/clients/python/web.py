"""The shop in several web frameworks, and a request to it: one real WSGI or ASGI call, without a socket."""

import asyncio
import contextlib
import io
import sys
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.util import setup_testing_defaults

from tests.clients.python.shop import PaymentError, checkout

USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
QUERY = "page=2"
BODY = b'{"coupon": "none"}'

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def flask_app() -> Any:
    """A Flask app whose `/checkout/<order>` fails."""
    from flask import Flask

    app = Flask("shop")
    view: Any = checkout
    app.add_url_rule("/checkout/<order_id>", "checkout", view, methods=["POST"])
    app.logger.disabled = True
    return app


def django_app(middleware: str = "", **settings: object) -> Any:
    """A Django WSGI app whose `/checkout/<order>` fails; can be created once in a process."""
    import django
    from django.conf import settings as django_settings
    from django.core.wsgi import get_wsgi_application
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt

    def view(_request: object, order_id: str) -> object:
        return checkout(order_id)

    django_settings.configure(
        ROOT_URLCONF=(path("checkout/<order_id>", csrf_exempt(view), name="checkout"),),
        MIDDLEWARE=[middleware] if middleware else [],
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="only for the test",
        LOGGING={
            "version": 1,
            "handlers": {"none": {"class": "logging.NullHandler"}},
            "loggers": {"django": {"handlers": ["none"], "propagate": False}},
        },
        **settings,
    )
    django.setup(set_prefix=False)
    return get_wsgi_application()


def fastapi_app() -> Any:
    """A FastAPI app whose `/checkout/<order>` fails."""
    from fastapi import FastAPI, Request

    app = FastAPI()

    async def view(order_id: str, request: Request) -> None:
        await request.body()
        checkout(order_id)

    app.add_api_route("/checkout/{order_id}", view, methods=["POST"], name="checkout")
    return app


def visit_wsgi(app: Wsgi, order_id: str) -> None:
    """One POST, as a server passes it to a WSGI app."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": f"/checkout/{order_id}",
        "QUERY_STRING": QUERY,
        "HTTP_HOST": "shop.example",
        "HTTP_USER_AGENT": USER_AGENT,
        "REMOTE_ADDR": "203.0.113.9",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(BODY)),
        "wsgi.input": io.BytesIO(BODY),
        "wsgi.errors": sys.stderr,
    }
    setup_testing_defaults(environ)
    answer = app(environ, lambda *_args: None)
    list(answer)
    close = getattr(answer, "close", None)
    if close is not None:
        close()


def visit_asgi(app: Any, order_id: str) -> None:
    """One POST, as a server passes it to an ASGI app; like a server, it catches the error."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": f"/checkout/{order_id}",
        "raw_path": f"/checkout/{order_id}".encode(),
        "query_string": QUERY.encode(),
        "root_path": "",
        "headers": [
            (b"host", b"shop.example"),
            (b"user-agent", USER_AGENT.encode()),
            (b"content-type", b"application/json"),
            (b"content-length", str(len(BODY)).encode()),
        ],
        "client": ("203.0.113.9", 4711),
        "server": ("shop.example", 80),
        "state": {},
    }

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": BODY, "more_body": False}

    async def send(_message: object) -> None:
        return

    with contextlib.suppress(PaymentError):
        asyncio.run(app(scope, receive, send))
