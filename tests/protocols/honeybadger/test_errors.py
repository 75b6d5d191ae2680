from functools import partial
from typing import Any

import pytest

from tests.protocols import notices
from tests.protocols.raised import handled

notice = notices.honeybadger
event_of = partial(notices.event_of, "honeybadger.notice")
PYTHON = {"name": "Honeybadger for Python"}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"request": {"component": "unhandledRejection"}}, False),
        ({"error": {"class": "window.onerror", "message": "x"}}, False),
        ({"error": {"class": "window.onunhandledrejection", "message": "x"}}, False),
        ({"error": {"class": "E", "message": "UnhandledPromiseRejectionWarning: E: x"}}, False),
        ({"breadcrumbs": {"trail": [{"category": "error", "message": "window.onerror: E"}]}}, False),
        ({"breadcrumbs": {"trail": [{"category": "custom", "message": "window.onerror: E"}]}}, None),
        ({"breadcrumbs": {"trail": [{"category": "error", "message": "window.onerror"}, {}, {}]}}, None),
    ],
)
def test_whether_an_error_was_handled(changed: dict[str, Any], expected: bool | None) -> None:
    assert handled(event_of(notice() | changed)) is expected


def test_a_message_without_a_class() -> None:
    event = event_of(notice(**{"class": "dict"}) | {"notifier": PYTHON})
    assert (event.message, event.exceptions, event.threads) == ("'card'", (), ())


def test_only_the_client_of_python_repeats_its_frames() -> None:
    frames = [{"file": "a", "method": "f", "number": 1}]
    error = notice(backtrace=frames, causes=[{"class": "E", "backtrace": frames, "token": "t"}])
    assert event_of(error).exceptions[0].frames
    python = event_of(error | {"notifier": PYTHON})
    assert python.exceptions[0].frames == ()
    assert python.extra["error.causes.0.token"] == "t"


def test_frames_of_ruby() -> None:
    frames = [
        {"number": "12", "file": "[PROJECT_ROOT]/app/pay.rb", "method": "pay", "context": "app"},
        {"number": "7", "file": "[GEM_ROOT]/gems/rack-3/lib/rack.rb", "method": "call", "context": "all"},
        {"number": "x", "file": "/usr/lib/ruby/x.rb", "context": "odd"},
    ]
    server = {"project_root": {"path": "/srv/shop"}}
    event = event_of(notice(backtrace=frames) | {"server": server, "notifier": {"name": "honeybadger-ruby"}})
    odd, gem, own = event.exceptions[0].frames
    assert event.platform == "ruby"
    assert (own.filename, own.abs_path, own.line) == ("app/pay.rb", "/srv/shop/app/pay.rb", 12)
    assert (gem.filename, gem.line, gem.in_app, own.in_app) == ("gems/rack-3/lib/rack.rb", 7, False, True)
    assert odd.line is None
    assert event.extra["error.backtrace.2.number"] == "x"
    assert event.extra["error.backtrace.2.context"] == "odd"


def test_local_variables_without_frames_are_in_extra() -> None:
    event = event_of(notice() | {"request": {"local_variables": {"a": 1}}})
    assert event.extra["request.local_variables"] == {"a": 1}


def test_source_lines_beside_the_frames_belong_to_the_newest() -> None:
    calls = [{"number": "17", "file": "shop.py", "method": "pay"}, {"number": "22", "file": "shop.py"}]
    lines = {"16": "    except KeyError:\n", "17": "        raise PaymentError()\n"}

    event = event_of(notice(backtrace=calls, source=lines))

    outer, crash = event.exceptions[0].frames
    assert crash.context == ((16, "    except KeyError:"), (17, "        raise PaymentError()"))
    assert (outer.context, event.extra) == ((), {})


@pytest.mark.parametrize("calls", [[], [{"number": 99, "file": "shop.py"}]])
def test_source_lines_of_no_frame_are_in_extra(calls: list[Any]) -> None:
    event = event_of(notice(backtrace=calls, source={"17": "raise"}))

    assert event.extra == {"error.source": {"17": "raise"}}


def test_the_backtrace_of_the_older_client_in_browsers_is_text() -> None:
    text = (
        "PaymentError: no card\n    at processOrder (http://shop.example/shop.js:1176:17)\n"
        "    at checkout (http://shop.example/shop.js:1180:16)"
    )

    event = event_of(notice(backtrace=text) | {"notifier": {"name": "honeybadger-js", "version": "2.3.0"}})

    crash = event.exceptions[0].frames[-1]
    assert (crash.function, crash.line, crash.column) == ("processOrder", 1176, 17)
    assert (event.culprit, event.problems) == ("http://shop.example/shop.js in processOrder", ())


def test_causes_come_before_the_raised_exception_and_its_newest_frame_has_the_locals() -> None:
    frames = [{"file": "pay.py", "method": "pay", "number": 3}, {"file": "main.py", "method": "<unknown>"}]
    causes = [{"class": "OSError", "message": "no disk"}, {"class": "IOError"}]
    request = {"local_variables": {"card": "4111"}}
    event = event_of(notice(backtrace=frames, causes=causes) | {"request": request})

    assert [raised.type for raised in event.exceptions] == ["IOError", "OSError", "KeyError"]
    outer, newest = event.exceptions[-1].frames
    assert (outer.function, outer.vars) == (None, {})
    assert (newest.function, newest.vars) == ("pay", {"card": "4111"})


def test_a_record_of_the_logging_handler_is_a_message() -> None:
    sent = notice(**{"class": "Warning Log"}) | {"notifier": PYTHON}

    logged = event_of(sent | {"request": {"context": {"levelname": "WARNING"}}})

    assert (logged.message, logged.exceptions) == ("'card'", ())
    assert event_of(sent).exceptions[0].type == "Warning Log"


def test_the_prefix_of_a_rejection_is_no_part_of_the_message() -> None:
    message = "UnhandledPromiseRejectionWarning: KeyError: no card"

    assert event_of(notice(message=message)).exceptions[0].value == "no card"
