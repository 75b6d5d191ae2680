"""What a program printed becomes an event."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event, Level
from app.protocols import printed, table
from app.protocols.printed import Printed, PrintedBefore
from tests.protocols import captures

TRACE = """ERROR shop: failed
Traceback (most recent call last):
  File "/srv/shop/pay.py", line 2, in pay
    raise ValueError("no card")
ValueError: no card"""


def event(body: bytes) -> Event:
    protocol, arrival = captures.arrival("/arecibo/printed", body)
    report = captures.report_of(protocol.name, protocol.accept(arrival), body=body)
    (found,) = protocol.read(report, body).events
    return found


def of(text: str, **fields: object) -> Event:
    sent = msgspec.convert(
        {"event_id": "a" * 32, "project": "shop", "text": text, "at": 1_790_500_000.5, **fields}, Printed
    )
    return event(msgspec.json.encode(sent))


def test_a_trace_is_an_event_of_its_project_with_what_was_printed_before() -> None:
    found = of(
        TRACE,
        before=[PrintedBefore("listening", 1_790_499_999.0), PrintedBefore("WARNING slow")],
        command=["python", "pay.py"],
        cwd="/srv/shop",
        run=7,
        service="web",
    )
    assert (found.event_id, found.project, found.title) == ("a" * 32, "shop", "ValueError: no card")
    assert (found.platform, found.message, found.level) == ("python", "ERROR shop: failed", Level.ERROR)
    assert [(crumb.message, crumb.level) for crumb in found.breadcrumbs] == [
        ("listening", None),
        ("WARNING slow", "warning"),
    ]
    assert found.contexts["run"] == {
        "number": 7,
        "command": "python pay.py",
        "cwd": "/srv/shop",
        "service": "web",
    }
    assert found.tags == {"service": "web"}
    assert found.problems == ()


def test_an_end_without_a_trace_is_told_by_the_last_line() -> None:
    found = of("building\nnpm ERR! missing script: x\n\n", command=["npm", "run", "x"], exit_code=1)
    assert found.title == "npm run x exited with 1: npm ERR! missing script: x"
    assert found.level is Level.ERROR
    assert found.extra["output"].startswith("building\n")


def test_a_signal_is_fatal() -> None:
    found = of("", command=["./shop"], signal="SIGSEGV")
    assert (found.title, found.level) == ("./shop ended by SIGSEGV", Level.FATAL)


def test_a_trace_counts_more_than_how_the_program_ended() -> None:
    assert of(TRACE, exit_code=1).title == "ValueError: no card"


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"text": 7}', b"\xff", b'{"event_id": "x"'])
def test_what_is_none_is_shown_with_its_problem(body: bytes) -> None:
    found = event(body)
    assert found.problems
    assert "payload" in found.extra


@given(st.text(max_size=300), st.integers() | st.none(), st.text(max_size=20) | st.none())
def test_whatever_was_printed_is_an_event(text: str, exit_code: int | None, signal: str | None) -> None:
    assert of(text.encode("utf-8", "replace").decode(), exit_code=exit_code, signal=signal).title


def test_it_has_a_row_in_the_table() -> None:
    assert table.by_name(printed.NAME).read is printed.read


def test_what_a_hook_reported_is_read_as_sentrys_clients_events_are() -> None:
    frames = [{"filename": "pay.py", "function": "pay", "lineno": 2, "vars": {"order": "7"}}]
    raised = {"type": "ValueError", "value": "no card", "stacktrace": {"frames": frames}}
    hooked = {
        "event_id": "f" * 32,
        "platform": "python",
        "timestamp": 1_790_500_000.25,
        "exception": {"values": [raised]},
        "sdk": {"name": "arecibo.hook.python", "version": "1"},
    }
    found = of("", hooked=hooked, run_key="a1", command=["python", "pay.py"], cwd="/srv/shop", host="here")
    # The program may leave what it likes: which event and which project it is, is not its to say.
    assert (found.event_id, found.project, found.title) == ("a" * 32, "shop", "ValueError: no card")
    assert found.exceptions[0].frames[0].vars == {"order": "7"}
    assert found.contexts["run"] == {"command": "python pay.py", "cwd": "/srv/shop"}
    assert (found.sdk and found.sdk.name, found.server_name) == ("arecibo.hook.python", "here")


@pytest.mark.parametrize("hooked", [{}, {"exception": 7}, {"exception": {"values": [[]]}, "event_id": []}])
def test_whatever_a_hook_left_is_an_event(hooked: dict[str, object]) -> None:
    assert of("", hooked=hooked).event_id == "a" * 32


def test_where_a_report_comes_from() -> None:
    sent = Printed(event_id="a" * 32, project="shop", text="", run_key="k", hooked={"a": 1})
    origin = printed.origin(msgspec.json.encode(sent))
    assert (origin.run_key, origin.is_hooked, origin.has_ended) == ("k", True, False)
    origin = printed.origin(msgspec.json.encode(Printed(event_id="a", project="b", text="", exit_code=1)))
    assert (origin.run_key, origin.is_hooked, origin.has_ended) == (None, False, True)
    assert printed.origin(b"{") == printed.Origin()
