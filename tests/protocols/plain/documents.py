"""Objects in JSON made up for the tests: the stack traces in them, and how they are read."""

import json
from typing import Any

from app.model import Event
from app.protocols import table
from app.protocols.plain import read as plain
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
PY = "Traceback (most recent call last):\n  File \"/srv/shop/pay.py\", line 3, in pay\n    x()\nKeyError: 'x'"
JS = "PaymentError: no card\n    at pay (/srv/shop/pay.js:10:3)\n    at main (/srv/shop/main.js:2:1)"
JAVA = "com.shop.PaymentException: no card\n\tat com.shop.Pay.charge(Pay.java:12)"
GO = "main.charge\n\t/srv/shop/pay.go:12\nmain.main\n\t/srv/shop/main.go:5"


def event_of(value: dict[str, Any], project: str = "shop") -> Event:
    body = json.dumps(value).encode()
    (event,) = hostile.check(plain.read(captures.report_of("plain", table.Accepted(project, ID)), body))
    return event
