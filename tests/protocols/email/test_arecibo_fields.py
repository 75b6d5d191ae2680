import json
from urllib.parse import urlencode

import pytest

from app.protocols.email import arecibo_fields
from tests.protocols.email.mails import TRACE, event_of, events_of

FIELDS = {
    "account": "shop",
    "priority": 1,
    "uid": "123",
    "type": "KeyError",
    "msg": "'x'",
    "traceback": TRACE,
    "url": "http://shop.example/cart",
    "status": 500,
    "server": "vm",
    "timestamp": "Mon, 23 Nov 2026 12:00:00 -0000",
    "username": ["ada"],
    "ip": None,
    "count": 3,
}


@pytest.mark.parametrize("tail", ["", "\r\n-- \r\nsent by the relay"])
def test_the_first_arecibos_client(tail: str) -> None:
    body = json.dumps(FIELDS)
    content = f"From: noreply@clearwind.ca\r\nTo: django-shop@localhost\r\n\r\n{body}{tail}".encode()
    event, *others = events_of(content, "django-shop@localhost")

    assert (event.project, event.title, event.level) == ("shop", "KeyError: 'x'", "fatal")
    assert (event.server_name, event.user["username"]) == ("vm", "ada")
    assert event.request is not None
    assert event.request.url == "http://shop.example/cart"
    assert event.tags == {"status": "500", "priority": "1", "uid": "123"}
    assert event.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"
    assert event.extra == {"count": 3}
    assert event.event_id == events_of(content, "other@localhost")[0].event_id
    assert len({event.event_id, *(each.event_id for each in others)}) == 3
    assert [each.title for each in others] == [event.title] * 2


def test_the_form_by_mail() -> None:
    form = urlencode({"account": "shop", "msg": "no card", "priority": "5"})
    event = event_of(f"To: x@localhost\n\n{form[:20]}\n{form[20:]}\n".encode())

    assert (event.project, event.message, event.level) == ("shop", "no card", "warning")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the backup failed",
        "{no json}",
        "[1, 2]",
        '{"message": "no card", "url": "http://shop.example"}',
        '{"status": 500}',
        "msg=no+card",
        "a=1&b=2",
    ],
)
def test_other_mails_have_no_such_fields(text: str) -> None:
    assert arecibo_fields.of(text) is None


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('{"account": "shop", "ip": null, "url": ""}', {"account": ["shop"]}),
        ('{"status": 500, "uid": 7, "ip": []}', {"status": ["500"], "uid": ["7"]}),
        ('{"account": "shop", "username": ["ada"]}', {"account": ["shop"], "username": ["ada"]}),
        ("account=shop&\nmsg=no+card", {"account": ["shop"], "msg": ["no card"]}),
    ],
)
def test_fields_without_a_value_are_left_out(text: str, fields: dict[str, list[str]]) -> None:
    assert arecibo_fields.of(text) == fields


def test_the_fields_may_be_a_part_of_json() -> None:
    head = b"From: noreply@clearwind.ca\r\nTo: shop@localhost\r\nContent-Type: application/json\r\n\r\n"
    first, *others = events_of(head + json.dumps(FIELDS).encode(), "shop@localhost")
    assert (first.title, first.attachments, len(others)) == ("KeyError: 'x'", (), 2)
