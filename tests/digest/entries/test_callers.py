"""Which client sent a report, in which version, with which clock."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from app.digest.entries import callers
from app.model import Sdk
from tests.factories import NOON, SECOND, make_event, make_report

HEAD = b"POST /api/1/envelope/%b HTTP/1.1\r\nhost: localhost\r\n%b"
CHROME = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("head", "sdk", "who"),
    [
        (HEAD % (b"", b"x-sentry-auth: Sentry sentry_key=a, sentry_client=sentry.python/2.75.0"), None,
         ("sentry.python", "2.75.0")),
        (HEAD % (b"?sentry_client=sentry.javascript.node%2F11.12.0&sentry_key=a", b""), None,
         ("sentry.javascript.node", "11.12.0")),
        (HEAD % (b"", b"user-agent: python-urllib3/2"), Sdk(name="pyrollbar", version="1.5.0"),
         ("pyrollbar", "1.5.0")),
        (HEAD % (b"", b"user-agent: curl/8.1"), None, ("curl", "8.1")),
        (HEAD % (b"", b"user-agent: " + CHROME.encode()), None, ("Chrome", "156.0.0")),
        (HEAD % (b"", b"user-agent: Java"), Sdk(), ("Java", "")),
        (HEAD % (b"", b""), None, ("a client of sentry", "")),
    ],
)  # fmt: skip
def test_who_it_was(head: bytes, sdk: Sdk | None, who: tuple[str, str]) -> None:
    assert callers.name_of(make_report(1, head=head), (make_event(sdk=sdk),)) == who


def test_a_clock_that_is_ahead() -> None:
    report, event = make_report(1, at=NOON), make_event(at=NOON)
    assert callers.skew_of(report, (event,)) is None
    late = replace(event, timestamp=event.received_at - timedelta(seconds=5))
    ahead = replace(event, timestamp=event.received_at + timedelta(seconds=90))
    assert callers.skew_of(report, (late, ahead)) == 90 * SECOND
