"""A stack trace as text is read whichever way it comes: posted, through Loki and OTLP, and mailed."""

import pytest

from app.model import Event
from app.protocols import table
from app.protocols.plain import read as plain
from tests.protocols import captures, hostile
from tests.protocols.email.mails import event_of as mailed
from tests.protocols.email.mails import mail
from tests.protocols.loki.pushes import push
from tests.protocols.otlp.requests import NOON, one, raised, span, traces
from tests.protocols.stacktrace.reading import sample, text_of

ID = "0123456789abcdef0123456789abcdef"
NAMES = [
    *("elixir/gen", "erlang/spawn", "perl/confess", "powershell/record", "lua/lua54", "r/traceback"),
    *("julia/new", "swift/linux", "swift/crash_report", "native/asan", "native/gdb", "native/glibc"),
    *("haskell/error", "ocaml/uncaught", "nim/uncaught", "crystal/uncaught", "zig/panic", "tcl/plain"),
]


def posted(text: str) -> Event:
    content = text.encode()
    head = b"POST /shop HTTP/1.1\r\nContent-Type: text/plain"
    report = captures.report_of("plain", table.Accepted("shop", ID), head, content)
    (event,) = hostile.check(plain.read(report, content))
    return event


def pushed(text: str) -> Event:
    (event,) = push(text).events
    return event


def traced(text: str) -> Event:
    return one(traces(span(raised(NOON, **{"exception.stacktrace": text}))))


@pytest.mark.parametrize("name", NAMES)
def test_posted_pushed_and_mailed(name: str) -> None:
    text, parsed = text_of(name), sample(name)

    for event in (posted(text), pushed(text), mailed(mail(text))):
        assert event.platform == parsed.platform
        assert [raised.frames for raised in event.exceptions] == [
            raised.frames for raised in parsed.exceptions
        ]
        assert event.exceptions[-1].value == parsed.exceptions[-1].value


@pytest.mark.parametrize("name", NAMES)
def test_the_attribute_of_a_span(name: str) -> None:
    assert traced(text_of(name)).exceptions[-1].frames == sample(name).exceptions[-1].frames


@pytest.mark.parametrize(
    "line",
    [
        "level=info msg=started\n#1 Fix the login (urgent)\n#2 Paint the shed (later)",
        "GET /health 200\n0 errors in the shop\n1 warning in the till",
        "done at noon line 5.\nCalls: 12 -> 14\nBacktrace: none",
        "** (Optional) paint the shed **\n** (Later) sell it **",
    ],
)
def test_ordinary_lines_are_no_errors(line: str) -> None:
    assert push(line, labels={"app": "shop", "level": "info"}).events == ()
