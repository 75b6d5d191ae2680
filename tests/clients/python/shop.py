"""The app that fails, the same for every client: three calls deep, with locals, and with a cause."""


class PaymentError(Exception):
    """Raised for a missing card."""


def charge_card(order: dict[str, object]) -> object:
    amount = 12.5
    return (order["card"], amount)


def process_order(order: dict[str, object]) -> object:
    try:
        return charge_card(order)
    except KeyError as error:
        raise PaymentError(f"payment failed for order {order['id']}") from error


def checkout(order_id: str) -> object:
    """Always fails; the order is named after the case, so that its event can be identified."""
    return process_order({"id": order_id, "items": 2})


def check_out_all(*order_ids: str) -> None:
    """Fails with an exception group of one failure an order."""
    failures: list[Exception] = []
    for order_id in order_ids:
        try:
            checkout(order_id)
        except PaymentError as error:
            failures.append(error)
    raise ExceptionGroup("the orders of group", failures)
