"""Envelopes with one bad item, bodies that are nearly JSON, and encodings that the headers deny."""

import base64
import gzip
import json
import random
import uuid
import zlib
from collections.abc import Iterable, Mapping

from msgspec import Struct

from tests.torture import records
from tests.torture.arena import Arena
from tests.torture.fault import Fault
from tests.torture.outcome import Outcome
from tests.torture.raw_connection import JSON, RawConnection, request

ENVELOPE = "/api/1/envelope/?sentry_key=neighbour"
STORE = "/api/1/store/?sentry_key=near"
UNLABELLED = "<unlabelled event>"
# Put between two whole events: each is a fault that some client has had.
BAD_ITEMS: Mapping[str, bytes] = {
    "length too short": b'{"type":"replay_recording","length":12}\n{"segment_id":0}\nxxBINARYxx',
    "length too long": b'{"type":"attachment","length":99999999}\nhello',
    "length zero": b'{"type":"attachment","length":0}\nhello',
    "length negative": b'{"type":"attachment","length":-1}\nhello',
    "length a text": b'{"type":"session","length":"x"}\n{}',
    "length a fraction": b'{"type":"session","length":1.5}\n{}',
    "length of an event": b'{"type":"event","length":3}\n{"message":"its own length is wrong"}',
    "no type": b'{"length":2}\n{}',
    "type a number": b'{"type":5,"length":2}\n{}',
    "type null": b'{"type":null}\n{}',
    "unknown type": b'{"type":"tomorrow","length":2}\n{}',
    "long header": b'{"type":"attachment","length":2,"filename":"' + b"f" * 9_000 + b'"}\nhi',
    "header not JSON": b"{broken\n{}",
    "header a text": b'"event"\n{}',
    "header a list": b"[]\n{}",
    "binary": b"\x00\xff\x1f\x8b{\n{}{}",
    "blank lines": b"\n\n\n",
    "payload cut": b'{"type":"event"}\n{"message":"cut',
    "payload a list": b'{"type":"event","length":4}\n[[]]',
    "payload empty": b'{"type":"event","length":0}\n',
    "logs that are none": b'{"type":"log","item_count":4}\n{"items":[null,7,{"body":{"not":"text"}}]}',
    "session that is none": b'{"type":"sessions","length":4}\nnull',
    "lone surrogate": b'{"type":"event"}\n{"message":"cut \\ud83d here"}',
    "deep": b'{"type":"event"}\n{"extra":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    "two types": b'{"type":"session","type":"attachment","length":2}\n{}',
    "carriage returns": b'{"type":"session"}\r\n{}\r',
}
BEGINNINGS: Mapping[str, bytes] = {
    "an ordinary header": b"{}",
    "a blank first line": b"\n{}",
    "a BOM": b"\xef\xbb\xbf{}",
    "no JSON": b"hello",
    "a list": b"[]",
    "a long header": b'{"dsn":"' + b"d" * 9_000 + b'"}',
}
WORDS = (
    "apple bridge cellar dolphin engine forest guitar harbour island jungle kettle lantern mirror needle "
    "orchard pepper quarry ribbon saddle tunnel umbrella velvet window yellow zipper anchor basket candle "
    "desert eleven"
).split()


class Near(Struct, frozen=True):
    """A body that is nearly JSON; `{}` in it is replaced with the message."""

    body: str
    charset: str = "utf-8"
    is_form: bool = False


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NEARLY_JSON: tuple[Near, ...] = (
    Near(r'{"message": "{} failed", "extra": {"path": "C:\qux\ok"}}'),
    Near(r'{"message": "{} failed", "extra": {"a": "\x41 \u1f"}}'),
    Near('{"message": "{} failed",}'),
    Near('{"message": "{} failed", "tags": {"a": "b",},}'),
    Near('{"message": "{} failed"} and more'),
    Near('{"message": "{} failed"}{"message": "second"}'),
    Near('{"message": "{} failed", "a": True, "b": None, "c": False}'),
    Near('{"message": "{} failed", "a": undefined}'),
    Near('{"message": "{} failed", "a": NaN, "b": -Infinity, "c": 1e400}'),
    Near("{'message': '{} failed', 'level': 'error'}"),
    Near('{"message": "{} failed" /* why */, // what\n "level": "error"}'),
    Near('{"message": "{} failed"', charset="utf-8"),
    Near('{"message": "{} failed", "level": "error", "extra": {"a": ["b", {"c": "d'),
    Near('{"message": "{} failed"}', charset="utf-16"),
    Near('{"message": "{} failed"}', charset="utf-16-le"),
    Near('{"message": "{} failed"}', charset="utf-8-sig"),
    Near('{"message": "{} failed \xff"}', charset="latin-1"),
    Near('data={"message": "{} failed"}'),
    Near('data={"message": "{} failed"}', is_form=True),
    Near("data=%7B%22message%22%3A%22{}%20failed%22%7D", is_form=True),
    Near('{message: "{} failed", level: error}'),
    Near('{"message": "{} failed" "level": "error"}'),
    Near('[{"message": "{} failed"}]'),
    Near('{"message": "{} failed", "extra": {"note": "say "hi" now"}}'),
    Near('{"message": "{} failed\n\x01with controls"}'),
    Near('{"message": "{} failed", "level": 7, "extra": 5, "tags": 6, "exception": "x"}'),
    Near('{"message" => "{} failed"}'),
    Near('callback({"message": "{} failed"});'),
    Near('\n\n  {"message": "{} failed"}\n\n'),
    Near('{"logentry": {"message": "{} failed"}, "timestamp": "yesterday", "platform": null,}'),
)


def bad_items(arena: Arena, times: int) -> Outcome:
    """Both whole events around a bad item are filed, whatever is wrong with it."""
    arena.start()
    wanted: dict[str, str] = {}
    refused: list[str] = []
    cases = [(beginning, bad) for beginning in BEGINNINGS for bad in BAD_ITEMS]
    with arena.senders(connections=1, pause=0.02) as senders, RawConnection(arena.port) as connection:
        senders.wait_for(3)
        for number in range(times):
            name, bad = cases[number] if number < len(cases) else arena.rng.choice(cases)
            ids = [uuid.uuid4().hex for _item in range(2)]
            answer = connection.exchange(request(ENVELOPE, _envelope(BEGINNINGS[name], BAD_ITEMS[bad], ids)))
            if answer.status != 200:
                refused.append(f"{bad} behind {name}: {answer.raw[-200:]!r}")
            wanted |= dict.fromkeys(ids, f"{bad} behind {name}")
        senders.wait_for(3)
    arena.wait_until_digested()
    filed = {event.event_id for event in records.filed_events(arena.folder)}
    missing = sorted({case for event_id, case in wanted.items() if event_id not in filed})
    return arena.outcome(
        times,
        senders,
        f"{len(refused)} envelopes were refused: {refused[:3]}" if refused else "",
        f"whole events are missing beside: {missing[:8]}" if missing else "",
        records.dead_letters(arena.folder),
        figure=f"{len(wanted)} whole events filed",
    )


def _envelope(beginning: bytes, bad: bytes, ids: list[str]) -> bytes:
    first, last = (_item(event_id) for event_id in ids)
    return b"\n".join((beginning, first, bad, last, b""))


def _item(event_id: str) -> bytes:
    event = json.dumps({"event_id": event_id, "message": "whole", "level": "error"}).encode()
    return b'{"type":"event","length":%d}\n%b' % (len(event), event)


def nearly_json(arena: Arena, times: int) -> Outcome:
    """Each malformed body has a message of its own, and becomes an issue of its own."""
    arena.start()
    chosen = [NEARLY_JSON[number % len(NEARLY_JSON)] for number in range(times)]
    words = [_word(number) for number in range(times)]
    refused: list[str] = []
    with arena.senders(connections=1, pause=0.02) as senders, RawConnection(arena.port) as connection:
        senders.wait_for(3)
        for near, word in zip(chosen, words, strict=True):
            body, hint = _encoded(near.body.replace("{}", word).encode(near.charset), arena.rng)
            answer = connection.exchange(request(STORE, body, (FORM if near.is_form else JSON) | hint))
            if answer.status != 200:
                refused.append(f"{near.body[:80]}: {answer.raw[-200:]!r}")
    arena.wait_until_digested()
    filed = [event for event in records.filed_events(arena.folder) if event.project == "near"]
    titles = {event.issue_id: event.title for event in filed}
    unseen = [
        near.body for near, word in zip(chosen, words, strict=True) if not _names(word, titles.values())
    ]
    return arena.outcome(
        times,
        senders,
        f"{len(refused)} were refused: {refused[:3]}" if refused else "",
        f"no title contains the message of: {unseen[:4]}; {list(titles.values())}" if unseen else "",
        "" if len(titles) >= times else f"{times} errors are {len(titles)} issues",
        f"{UNLABELLED} is the title of some" if UNLABELLED in titles.values() else "",
        records.dead_letters(arena.folder),
        figure=f"{len(titles)} issues of {times} errors",
    )


def _word(number: int) -> str:
    """A word without digits: the grouping ignores numbers."""
    return WORDS[number % len(WORDS)] + "ly" * (number // len(WORDS))


def _names(word: str, titles: Iterable[str]) -> bool:
    return any(f"{word} failed" in title for title in titles)


def _encoded(body: bytes, rng: random.Random) -> tuple[bytes, dict[str, str]]:
    """`body` in some encoding, with a header that may name another."""
    if body[:1] != b"{":
        return body, {}
    match rng.randrange(6):
        case 0:
            return gzip.compress(body), {}
        case 1:
            return gzip.compress(gzip.compress(body)), {"Content-Encoding": "gzip"}
        case 2:
            return base64.b64encode(zlib.compress(body)), {}
        case 3:
            return body, {"Content-Encoding": "gzip"}
        case 4:
            return gzip.compress(body) + b"tail", {"Content-Encoding": "gzip"}
        case _:
            return body, {}


FAULTS = (
    Fault("one bad item in an envelope", bad_items, short=len(BAD_ITEMS) * len(BEGINNINGS), long=3_000),
    Fault("nearly JSON, wrong encodings", nearly_json, short=len(NEARLY_JSON), long=20 * len(NEARLY_JSON)),
)
