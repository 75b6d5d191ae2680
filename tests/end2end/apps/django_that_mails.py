"""A Django project whose only view fails, and which mails its admins at the given port of this machine."""

import sys

import django
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from django.urls import path

settings.configure(
    DEBUG=False,
    SECRET_KEY="not secret",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    ADMINS=[("Arecibo", "shop@localhost"), ("Ada", "ada@localhost")],
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=int(sys.argv[1]),
    LOGGING={
        "version": 1,
        "disable_existing_loggers": True,
        "handlers": {"mail": {"class": "django.utils.log.AdminEmailHandler", "include_html": True}},
        "loggers": {"django.request": {"handlers": ["mail"], "propagate": False}},
    },
)
django.setup()


class PaymentError(Exception):
    pass


def charge_card(order: int) -> str:
    return {"gold": "card"}[f"basic {order}"]


def checkout(_request: HttpRequest, order: int) -> None:
    try:
        charge_card(order)
    except KeyError as error:
        raise PaymentError(f"no card for order {order}") from error


urlpatterns = [path("checkout/<int:order>", checkout)]

Client(raise_request_exception=False).post("/checkout/42?coupon=x", {"who": "ada", "password": "hunter2"})
