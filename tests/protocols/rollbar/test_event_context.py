import pytest

from tests.protocols.rollbar.items import event_of


@pytest.mark.parametrize(
    ("sent", "query", "body", "left"),
    [
        ({"query_string": "?a=1", "GET": {"a": "1"}}, "a=1", None, {}),
        ({"query_string": "a=1", "GET": {"a": "2"}}, "a=1", None, {"request": {"GET": {"a": "2"}}}),
        ({"GET": {"a": "1"}, "POST": {"b": "2"}}, "a=1", {"b": "2"}, {}),
        ({"body": "{}", "POST": {"b": "2"}}, None, {"b": "2"}, {}),
        (
            {"raw_body": "text", "params": {"controller": "cart"}},
            None,
            "text",
            {"request": {"params": {"controller": "cart"}}},
        ),
    ],
)
def test_a_request(sent: dict[str, object], query: str | None, body: object, left: dict[str, object]) -> None:
    event = event_of({"request": {"method": "POST", "url": "http://shop.test/pay", **sent}})

    assert event.request is not None
    assert (event.request.method, event.request.url) == ("POST", "http://shop.test/pay")
    assert (event.request.query, event.request.body, event.extra) == (query, body, left)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("$remote_ip", "127.0.0.1"), ("203.0.113.9", "203.0.113.9"), ("$remote_ip_anonymize", None)],
)
def test_the_address_of_a_person_may_be_that_of_the_sender(address: str, expected: str | None) -> None:
    event = event_of({"person": {"id": "7", "email": None}, "request": {"user_ip": address}})

    assert event.user == {"id": "7", **({"ip_address": expected} if expected else {})}


@pytest.mark.parametrize(
    "item",
    [
        {"code_version": "7"},
        {"server": {"code_version": "7"}},
        {"client": {"javascript": {"code_version": "7"}}},
        {"code_version": "7", "server": {"code_version": "6"}},
    ],
)
def test_the_release(item: dict[str, object]) -> None:
    assert event_of(item).release == "7"


def test_where_the_app_ran() -> None:
    event = event_of(
        {
            "language": "python 3.11.7",
            "framework": "flask 3.0",
            "server": {"host": "web-1", "root": "/srv/shop", "pid": 5},
            "attributes": [{"key": "session_id", "value": "s1"}, {"key": "is_uncaught", "value": "true"}],
        }
    )

    assert event.server_name == "web-1"
    assert event.contexts == {
        "runtime": {"name": "python", "version": "3.11.7"},
        "framework": {"name": "flask", "version": "3.0"},
        "server": {"root": "/srv/shop", "pid": 5},
        "attributes": {"session_id": "s1"},
    }


def test_the_records_before_this_one_are_breadcrumbs() -> None:
    """As pyrollbar's logging handler sends them in `server.history`."""
    record = {"format": "order %s", "args": ["7"], "timestamp": 1795435200, "logger": "shop"}
    telemetry = {"type": "connectivity", "body": {"change": "offline"}, "timestamp_ms": 1795435199000}

    event = event_of({"server": {"history": [record]}, "body": {"telemetry": [telemetry]}})

    change, logged = event.breadcrumbs
    assert (change.message, change.category) == ("offline", "connectivity")
    assert str(change.timestamp) == "2026-11-23 11:59:59+00:00"
    assert (logged.message, logged.category) == ("order 7", "log")
    assert str(logged.timestamp) == "2026-11-23 12:00:00+00:00"
