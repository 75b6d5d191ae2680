"""Messages of the same bug: what differs is what was at hand when it happened; and of another one."""

import re
from random import Random

from msgspec.structs import replace

from app.model import Event

# Two messages each, as one line of code writes them twice.
ALIKE: dict[str, tuple[str, str]] = {
    "number": ("order 7 not found", "order 120934 not found"),
    "fraction": ("took 1.5 seconds, allowed is 1", "took 12.25 seconds, allowed is 10"),
    "negative": ("balance is -3 after booking", "balance is 250 after booking"),
    "exponent": ("step 1e-05 is too small", "step 2.5e-10 is too small"),
    "thousands": ("read 1,024 of 20,480 bytes", "read 12 of 1,048,576 bytes"),
    "percent": ("disk is 9% full", "disk is 97.5% full"),
    "ordinal": ("the 1st of 3 attempts failed", "the 12th of 20 attempts failed"),
    "glued unit": ("no answer after 30s", "no answer after 1200s"),
    "size": ("body of 12KB is too large", "body of 900KB is too large"),
    "uuid": (
        "no cart 1b4e28ba-2fa1-11d2-883f-0016d3cca427",
        "no cart 9F86D081-884C-4D63-A15E-0CBA4A2F7B11",
    ),
    "bare uuid": (
        "no cart 1b4e28ba2fa111d2883f0016d3cca427 here",
        "no cart facade00beef1cafe2dead3beef4abad here",
    ),
    "address": ("<Cart object at 0x7f3a5c0d1e20> is closed", "<Cart object at 0x10a4> is closed"),
    "commit": (
        "cannot check out 3f9c1a7 of shop",
        "cannot check out da39a3ee5e6b4b0d3255bfef95601890afd80709 of shop",
    ),
    "ip": ("connection from 10.0.0.7 refused", "connection from 192.168.178.254 refused"),
    "ip and port": ("cannot reach 127.0.0.1:5432", "cannot reach 10.20.30.40:15432"),
    "ipv6": ("connection from ::1 refused", "connection from 2001:db8:85a3::8a2e:370:7334 refused"),
    "mac": ("device 00:1b:44:11:3a:b7 is gone", "device F0:9E:DD:CC:BB:AA is gone"),
    "date": ("no rate for 2026-01-02", "no rate for 2025-12-31"),
    "moment": (
        "token expired at 2026-01-02T03:04:05Z",
        "token expired at 2025-12-31T23:59:59.123456+02:00",
    ),
    "written date": (
        "closed since Mon, 02 Jan 2026 03:04:05 GMT",
        "closed since Fri, 31 Jul 2025 23:59:59 GMT",
    ),
    "clock": ("job of 03:04:05 is late", "job of 23:59:59 is late"),
    "slashed date": ("no rate for 01/02/2026", "no rate for 12/31/2025"),
    "mail": ("no mailbox ada@example.com", "no mailbox grace.hopper+spam@mail.example.co.uk"),
    "url": (
        "GET https://api.example.com/v1/orders/17?page=2 failed",
        "GET https://api.example.com/v1/orders/99 failed",
    ),
    "other host": ("GET http://10.0.0.3:8080/health failed", "GET https://eu.example.org/status/9 failed"),
    "path": ("cannot read /var/data/shop/export-2026-01-02.csv", "cannot read /mnt/disk7/export-9.csv"),
    "temporary file": ("cannot read /tmp/tmpabqzrwvk/upload.csv", "cannot read /tmp/tmp9x_1k2/upload.csv"),
    "windows path": (r"cannot read C:\Users\Ada\out\7.csv", r"cannot read D:\data\12\export.csv"),
    "quoted id": ("no such order 'ord_8Xk2Lm9'", "no such order 'ord_Q1w2E3r4T5'"),
    "double-quoted id": ('no such session "sess-7f3a"', 'no such session "sess-19bc04"'),
    "quoted number": (
        "invalid literal for int() with base 10: '12a'",
        "invalid literal for int() with base 10: '7x9'",
    ),
    "object id": ("no document 507f1f77bcf86cd799439011", "no document 5f43a1b2c3d4e5f60718293a"),
    "ulid": ("no event 01ARZ3NDEKTSV4RRFFQ69G5FAV", "no event 01BX5ZZKBKACTAV9WEVGEMMVRZ"),
    "jwt": (
        "bad token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w",
        "bad token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI5OTkifQ.SflKxwRJSMeKKF2QT4fw",
    ),
    "pod": ("pod web-7d9f8b6c5d-x2k4q is gone", "pod web-5c4b9f7d8-lm9zt is gone"),
    "cloud host": ("no route to ip-10-0-0-1.ec2.internal", "no route to ip-172-31-44-9.ec2.internal"),
    "list": ("no rows for ids [1, 2, 3]", "no rows for ids [4, 5, 6, 7, 8, 9, 10]"),
    "sql list": (
        "select name from item where id in (1, 2) timed out",
        "select name from item where id in (3, 4, 5, 6) timed out",
    ),
    "json": ('bad answer {"id": 7, "total": 12.5}', 'bad answer {"id": 128, "total": 0}'),
    "port": ("port 8000 is taken", "port 65535 is taken"),
    "process": ("worker (pid:17) was killed by signal 9", "worker (pid:94321) was killed by signal 9"),
    "version": ("plugin needs 1.2.3, found 1.10.0", "plugin needs 2.0.0, found 1.9.12"),
    "indexed name": ("worker-3 died", "worker-17 died"),
    "hashes": ("order #17 is closed", "order #90210 is closed"),
    "money": ("cannot charge $12.50 twice", "cannot charge $1,200.00 twice"),
    "two lines": ("failed\nrow 7: 'a7'\n", "failed\nrow 12: 'b19'\n"),
    "thread": ("[Thread-7] lock is held by Thread-1", "[Thread-12] lock is held by Thread-31"),
    "time stamp": ("no tick since 1764000000", "no tick since 1764003600.5"),
    "coordinates": ("nothing at (3, -7)", "nothing at (120, 44)"),
    "hex bytes": (r"cannot decode byte 0xff in position 0", r"cannot decode byte 0x9c in position 1034"),
    "data url": (
        "cannot load data:image/png;base64,iVBORw0KGgo=",
        "cannot load data:image/png;base64,R0lGODlhAQAB",
    ),
    "blob": (
        "cannot load blob:https://shop.example/1b4e28ba-2fa1-11d2-883f-0016d3cca427",
        "cannot load blob:https://shop.example/9f86d081-884c-4d63-a15e-0cba4a2f7b11",
    ),
    "key=value": ("request failed: user_id=7 attempt=1", "request failed: user_id=90210 attempt=3"),
    "trace": (
        "lost span 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "lost span 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
    ),
    "chunk": (
        "Loading chunk 7 failed.\n(error: https://shop.example/static/js/7.3f9c1a2b.chunk.js)",
        "Loading chunk 41 failed.\n(error: https://shop.example/static/js/41.99aa0b1c.chunk.js)",
    ),
    "duration": ("timed out after 0:00:30", "timed out after 1:12:09.000123"),
    "duplicate key": (
        "Duplicate entry 'ada@example.com' for key 'users.email'",
        "Duplicate entry 'bob@example.org' for key 'users.email'",
    ),
    "phone": ("no text to +49 170 1234567", "no text to +1 202 5550143"),
}

# Two messages each of which are of different bugs.
UNLIKE: dict[str, tuple[str, str]] = {
    "other word": ("order 7 not found", "order 7 not payable"),
    "other noun": ("cart 12 is closed", "account 12 is closed"),
    "other verb": ("cannot read /etc/shop.conf", "cannot write /etc/shop.conf"),
    "more words": ("connection refused", "connection refused by proxy"),
    "other key": (
        "Duplicate entry 'a@b.example' for key 'users.email'",
        "Duplicate entry 'a@b.example' for key 'carts.email'",
    ),
    "other unit": ("timed out waiting for lock", "timed out waiting for answer"),
    "other attribute": (
        "'NoneType' object has no attribute 'price'",
        "'NoneType' object has no attribute 'name'",
    ),
    "other type": ("'NoneType' object has no attribute 'price'", "'str' object has no attribute 'price'"),
    "other missing key": ("KeyError: 'basic'", "KeyError: 'premium'"),
    "other table": ('relation "orders" does not exist', 'relation "customers" does not exist'),
    "other module": ("No module named 'numpy'", "No module named 'pandas'"),
    "other short word": ("login is on", "login is off"),
    "negated": ("user may enter", "user may not enter"),
    "other language": ("Zahlung fehlgeschlagen", "Lieferung fehlgeschlagen"),
    "not latin": ("支払いに失敗しました", "配送に失敗しました"),
    "undefined name": ("name 'total' is not defined", "name 'amount' is not defined"),
    "property": (
        "Cannot read properties of undefined (reading 'price')",
        "Cannot read properties of undefined (reading 'owner')",
    ),
    "status text": ("502 Bad Gateway", "504 Gateway Timeout"),
    "short": ("a", "b"),
}
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]{4,}")


def of(event: Event, message: str) -> Event:
    """`event` saying `message` instead: what was raised, or what was logged."""
    old = event.exceptions[-1].value if event.exceptions else event.message
    title = event.title.replace(old, message) if old else event.title
    if event.exceptions:
        *others, raised = event.exceptions
        return replace(event, title=title, exceptions=(*others, replace(raised, value=message)))
    return replace(event, title=title, message=message)


def told(event: Event) -> str:
    """What `event` says."""
    return (event.exceptions[-1].value if event.exceptions else event.message) or ""


def other_digits(text: str, chance: Random) -> str:
    """Every number of `text` another, mostly of another length."""
    return _DIGITS.sub(lambda _found: str(chance.randint(1, 10 ** chance.randint(1, 9))), text)


def other_word(text: str, chance: Random) -> str | None:
    """One word of `text` another, or None where it has none that a person would miss."""
    words = [
        found for found in _WORD.finditer(text) if not text[found.end() :].startswith(("/", ".", "'", ":"))
    ]
    if not words:
        return None
    found = chance.choice(words)
    return text[: found.start()] + chance.choice(["shipping", "warehouse", "voucher"]) + text[found.end() :]
