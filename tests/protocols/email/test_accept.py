"""Whose a mail is, and which id it has."""

import pytest

from app.protocols import table
from app.protocols.email import accept
from tests.protocols import captures


@pytest.mark.parametrize(
    ("content", "recipients", "project"),
    [
        (b"To: pay@localhost\n\nx", ["shop@localhost", "bob@localhost"], "shop"),
        (b"To: Ada <pay@localhost>, bob@localhost\n\nx", [], "pay"),
        (b'\n{"account": "cart", "msg": "x"}', ["shop@localhost"], "cart"),
        (b"\naccount=cart&msg=x", ["shop@localhost"], "cart"),
        (b'\n{"account": "cart"', ["shop@localhost"], "shop"),
        (b'\nvars: {"account": "cart", "msg": "x"}', ["shop@localhost"], "shop"),
        (b"\nx", [], "email"),
        (b"\nx", ["@localhost", ""], "email"),
    ],
)
def test_the_project(content: bytes, recipients: list[str], project: str) -> None:
    assert accept.of_mail(content, recipients).project == project


def test_a_mail_that_is_delivered_twice_has_one_id() -> None:
    first = accept.of_mail(b"Message-ID: <1@vm>\n\nx", ["shop@localhost"])
    again = accept.of_mail(b"Received: by relay\nMessage-ID: <1@vm>\n\nx", ["shop@localhost"])
    other = accept.of_mail(b"Message-ID: <2@vm>\n\nx", ["shop@localhost"])

    assert first.event_id == again.event_id != other.event_id


def test_a_mail_may_be_posted() -> None:
    protocol, arrival = captures.arrival("/shop/email", b"Subject: x\nTo: pay@localhost\n\nbackup failed")
    accepted = protocol.accept(arrival)

    assert (protocol.name, accepted.project) == ("email", "shop")
    assert protocol.answer(accepted).status == 200
    with pytest.raises(table.Malformed):
        protocol.accept(captures.arrival("/email", b" \n")[1])
