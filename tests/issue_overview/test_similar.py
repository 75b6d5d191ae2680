"""Issues that look alike: by type, place and message, and none that do not."""

from typing import Any

import pytest

from app.issue_overview import similar
from tests.factories import Store
from tests.issue_overview.conftest import Send


def raised(type_: str, value: str, function: str) -> dict[str, Any]:
    frames = [{"filename": "shop.py", "module": "shop", "function": function, "lineno": 3, "in_app": True}]
    return {"exception": {"values": [{"type": type_, "value": value, "stacktrace": {"frames": frames}}]}}


@pytest.fixture
def four(send: Send) -> None:
    send(**raised("PaymentError", "card of customer was declined", "charge"))
    send(**raised("PaymentError", "the bank did not answer in time", "ask_bank"))
    send(**raised("DeclinedError", "card of customer was declined", "refund"))
    send(**raised("KeyError", "'colour'", "paint"))


@pytest.mark.usefixtures("four")
def test_those_with_the_same_type_or_message_are_found(store: Store) -> None:
    found = store.read(similar.of, 1)
    assert {(each.issue.id, each.alike) for each in found} == {(3, ("same message",))}
    assert store.read(similar.of, 4) == []


def test_same_type_in_the_same_place_with_another_message(store: Store, send: Send) -> None:
    send(**raised("PaymentError", "one", "charge"), fingerprint=["a"])
    send(**raised("PaymentError", "two", "charge"), fingerprint=["b"])
    (found,) = store.read(similar.of, 1)
    assert (found.issue.id, found.alike) == (2, ("same type", "same place"))


def test_an_issue_that_is_gone_has_none(store: Store) -> None:
    assert store.read(similar.of, 404) == []


def test_odd_texts_are_no_query(store: Store, send: Send) -> None:
    send(exception={"values": [{"type": '"*^:(', "value": "NEAR( OR AND \x00"}]})
    assert store.read(similar.of, 1) == []
