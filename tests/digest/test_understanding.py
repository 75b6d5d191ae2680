"""From a report to events; and that the outline, which the digest reads, files what the whole would."""

import gzip
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.digest import understanding
from app.digest.entries import entries
from app.model import Report
from app.protocols.sketch import delivered
from app.settings import MIB
from tests.factories import envelope, make_report
from tests.protocols import captures

NAMES = captures.names()


def filed(report: Report, understand: understanding.Understand) -> entries.Entries:
    return entries.of(report, delivered(understand(report, 64 * MIB)))


@pytest.mark.parametrize("name", captures.cases(NAMES))
def test_the_outline_of_what_real_clients_sent_files_the_same(name: str) -> None:
    report = captures.load(name).report()
    assert filed(report, understanding.outline) == filed(report, understanding.understand)


def test_an_anonymous_class_has_no_place_in_outline_and_whole() -> None:
    payload: dict[str, Any] = {
        "exception": [{"type": "Job@anonymous\0/srv/releases/101/Job.php:7$0", "value": "x"}]
    }
    report = make_report(1, body=envelope("a" * 32, **payload))
    for understand in (understanding.outline, understanding.understand):
        (event,) = delivered(understand(report, 64 * MIB)).events
        assert event.title == "Job@anonymous: x"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PARTS = (
    "exception",
    "threads",
    "stacktrace",
    "message",
    "logentry",
    "request",
    "user",
    "tags",
    "extra",
    "level",
)


@given(
    event=st.dictionaries(st.sampled_from(PARTS), JSON),
    frame=st.dictionaries(
        st.sampled_from(("vars", "lineno", "function", "in_app", "context_line", "pre_context")), JSON
    ),
)
def test_the_outline_of_odd_events_files_the_same_key(event: dict[str, Any], frame: dict[str, Any]) -> None:
    whole = {"exception": {"values": [{"type": "E", "stacktrace": {"frames": [frame]}}]}} | event
    report = make_report(1, body=envelope("a" * 32, **json.loads(json.dumps(whole))))
    (outlined,) = filed(report, understanding.outline).events
    (understood,) = filed(report, understanding.understand).events
    assert (outlined.key, outlined.title, outlined.level) == (
        understood.key,
        understood.title,
        understood.level,
    )


def test_the_user_agent_is_understood_from_the_request() -> None:
    headers = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    report = make_report(
        1, body=envelope("a" * 32, request={"url": "http://shop.example/", "headers": headers})
    )
    (event,) = understanding.understand(report, MIB).events
    assert event.user_agent is not None
    assert (event.user_agent.browser, event.user_agent.raw) == ("Firefox", headers["user-agent"])


def test_a_body_cut_short_is_read_to_its_end() -> None:
    body = envelope("a" * 32, message="the whole story")
    head = b"POST /api/1/envelope/ HTTP/1.1\r\ncontent-encoding: gzip"
    cut = gzip.compress(body)[:-9]
    (event,) = understanding.understand(make_report(1, head=head, body=cut), MIB).events
    assert "too early" in event.problems[0]


def test_of_a_report_that_decodes_to_too_much_the_beginning_is_read() -> None:
    body = envelope("a" * 32, message="the first words" + " x" * (1 << 20))
    report = make_report(1, body=gzip.compress(body))
    (event,) = understanding.understand(report, 1 << 20).events
    assert "larger than 1,048,576 bytes" in event.problems[0]
    assert "the first words" in f"{event.title}{event.message}{event.extra}"


def test_the_events_before_the_limit_are_read() -> None:
    lines = b"".join(b'{"type":"event"}\n{"message":"order %d"}\n' % n for n in range(5_000))
    report = make_report(1, body=gzip.compress(b"{}\n" + lines))
    events = understanding.understand(report, 100_000).events
    assert [event.title for event in events[:2]] == ["order 0", "order 1"]
    assert 2_000 < len(events) < 3_000


def test_one_event_of_many_is_as_when_all_are_read() -> None:
    lines = b"".join(b'{"type":"event"}\n{"message":"order %d"}\n' % n for n in range(50))
    report = make_report(1, body=b"{}\n" + lines)
    whole = understanding.understand(report, MIB).events
    outline = understanding.outline(report, MIB).events
    for ordinal in (0, 7, 49):
        assert understanding.event(report, ordinal, MIB) == whole[ordinal]
        assert understanding.outlined_event(report, ordinal) == outline[ordinal]
    assert understanding.event(report, 50, MIB).problems == (understanding.BEYOND,)


def test_of_a_text_that_is_too_large_the_end_is_read_too() -> None:
    calls = '  File "/app/shop.py", line 10, in pay\n    pay()\n' * 50_000
    text = f"Traceback (most recent call last):\n{calls}RecursionError: too deep"
    report = make_report(1, protocol="plain", head=b"POST / HTTP/1.1", body=gzip.compress(text.encode()))
    (event,) = understanding.understand(report, MIB).events
    assert event.title == "RecursionError: too deep"
    assert "not all of it was read" in event.problems[0]
