from functools import partial

import pytest

from tests.protocols import notices

notice = notices.airbrake
event_of = partial(notices.event_of, "airbrake.notice")


@pytest.mark.parametrize(
    ("message", "module", "value"),
    [
        ("shop.pay.KeyError: 'card'", "shop.pay", "'card'"),
        ("KeyError: two\nlines", None, "two\nlines"),
        ("shop.KeyError", "shop", ""),
        ("no type at all", None, "no type at all"),
    ],
)
def test_messages_of_the_older_client_of_python(message: str, module: str | None, value: str) -> None:
    context = {"notifier": {"name": "airbrake-python"}}
    (raised,) = event_of(notice(message=message) | {"context": context}).exceptions
    assert (raised.module, raised.value) == (module, value)


@pytest.mark.parametrize(
    ("pattern", "message", "file", "kind", "said"),
    [
        ("paid %s of %d%%", "paid 3 of 4%", "/PROJECT_ROOT/pay.py", "shop", True),
        ("paid", "paid", "pay.py", "shop", True),
        ("paid", "unpaid", "pay.py", "shop", False),
        ("paid %s", "not paid", "pay.py", "shop", False),
        ("paid %s for %s", "paid 3", "pay.py", "shop", False),
        ("paid", "paid", "other.py", "shop", False),
        ("paid", "paid", "pay.py", "ValueError", False),
    ],
)
def test_a_record_of_a_logger_is_a_message(
    pattern: str, message: str, file: str, kind: str, said: bool
) -> None:
    error = notice(type=kind, message=message, backtrace=[{"file": file, "line": 3, "function": "f"}])
    event = event_of(error | {"context": {"messagePattern": pattern, "component": "pay"}})
    assert event.exceptions == () if said else event.exceptions[0].type == kind
    assert event.message == (message if said else pattern)
    assert event.logger == (kind if said else None)


def test_numbers_that_come_as_text_are_read() -> None:
    event = event_of(notice(backtrace=[{"file": "a.py", "line": "12"}]))
    assert event.exceptions[0].frames[0].line == 12
    assert event.problems


def test_node_airbrake_names_the_error_in_the_environment() -> None:
    context = {"notifier": {"name": "node-airbrake", "version": "2.1.3"}}
    named = notice(type="Error") | {"context": context, "environment": {"err.name": "PaymentError"}}

    assert event_of(named).exceptions[0].type == "PaymentError"
    other = named | notice(type="TypeError")
    assert event_of(other).exceptions[0].type == "TypeError"


@pytest.mark.parametrize(
    ("client", "functions"), [("airbrake-js", ["main", "pay"]), ("airbrake-python", ["pay", "main"])]
)
def test_only_airbrake_python_sends_the_newest_call_last(client: str, functions: list[str]) -> None:
    """docs/protocols.md, section 4"""
    frames = [{"file": "pay.py", "function": "pay"}, {"file": "main.py", "function": "main"}]
    sent = notice(backtrace=frames) | {"context": {"notifier": {"name": client}}}

    assert [frame.function for frame in event_of(sent).exceptions[0].frames] == functions


def test_causes_come_before_the_raised_exception_which_says_how_it_was_reported() -> None:
    sent = notice()
    sent["errors"].append({"type": "OSError", "message": "no disk"})
    cause, raised = event_of(sent | {"context": {"windowError": True}}).exceptions

    assert (cause.type, cause.mechanism) == ("OSError", None)
    assert raised.type == "KeyError"
    assert raised.mechanism == {"type": "airbrake", "handled": False, "window_error": True}
