import pytest

from app.model import ExceptionInfo
from app.protocols.event import type_and_value


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        ("PaymentError: no card", "PaymentError", "no card"),
        ("shop.pay.PaymentError: no card\nat all", "shop.pay.PaymentError", "no card\nat all"),
        ("Shop::CardError: no: card", "Shop::CardError", "no: card"),
        ("App\\Pay\\CardError:", "App\\Pay\\CardError", ""),
        ("http://shop/ is gone", None, "http://shop/ is gone"),
        ("12:30 is too late", None, "12:30 is too late"),
        ("the cart: empty", None, "the cart: empty"),
        ("x" * 300 + ": no", None, "x" * 300 + ": no"),
        ("no card", None, "no card"),
        (None, None, None),
    ],
)
def test_a_value_without_a_type_is_taken_apart(value: str | None, kind: str | None, said: str | None) -> None:
    found = type_and_value.taken_apart(ExceptionInfo(value=value, module="shop"))

    assert (found.type, found.value, found.module) == (kind, said, "shop")


def test_what_has_a_type_or_was_made_up_stays() -> None:
    for raised in (
        ExceptionInfo(type="E", value="PaymentError: no card"),
        ExceptionInfo(value="PaymentError: no card", mechanism={"synthetic": True}),
    ):
        assert type_and_value.taken_apart(raised) is raised
