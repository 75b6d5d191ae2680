"""An app with the real sentry-sdk, which reads SENTRY_DSN; its argument says how it fails."""

import logging
import sys

import sentry_sdk


class PaymentError(Exception):
    """Raised for a missing card."""


def charge_card(order: dict[str, object]) -> object:
    amount = 12.5
    return (order["card"], amount)


def process_order(order: dict[str, object]) -> object:
    try:
        return charge_card(order)
    except KeyError as error:
        raise PaymentError("payment failed for order 42") from error


def main(way: str) -> None:
    # Without integrations: the SDK would load every framework that the tests have installed.
    sentry_sdk.init(
        release="shop@1.2.3", environment="test", server_name="laptop", auto_enabling_integrations=False
    )
    if way == "unhandled":
        process_order({"id": 42})
    elif way == "message":
        sentry_sdk.capture_message("the cart is empty", level="warning")
    elif way == "log":
        logging.getLogger("shop").error("order %s has no %s", 42, "card")
    elif way == "again":
        for _time in range(3):
            try:
                process_order({"id": 42})
            except PaymentError:
                sentry_sdk.capture_exception()
    sentry_sdk.flush()


if __name__ == "__main__":
    main(sys.argv[1])
