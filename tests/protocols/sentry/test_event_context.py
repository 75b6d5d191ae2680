import pytest

from app.model import Sdk
from tests.protocols.sentry.requests import event_of


def test_a_breadcrumb_may_have_a_whole_second() -> None:
    """Raven for Ruby: `project_root` in frames, and whole seconds in breadcrumbs."""
    (crumb,) = (event := event_of({"odd": 1, "breadcrumbs": [{"timestamp": 1795435200}]})).breadcrumbs

    assert crumb.timestamp is not None
    assert crumb.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"
    assert event.problems == ()


@pytest.mark.parametrize(
    ("query", "expected"),
    [("a=1&b=2", "a=1&b=2"), ([["a", "1"], ["b", 2]], "a=1&b=2"), ({"a": ["1", "2"]}, "a=1&a=2"), ([], None)],
)
def test_query_strings(query: object, expected: str | None) -> None:
    request = event_of({"request": {"query_string": query}}).request

    assert request is not None
    assert (request.query or None) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Host": "shop.test", "X-Shop": "north"}, {"Host": "shop.test", "X-Shop": "north"}),
        ({"X-Shop": ["north", "east"], "X-Try": 2}, {"X-Shop": "north, east", "X-Try": "2"}),
        ([["X-Shop", "north"], ["X-Shop", "east"]], {"X-Shop": "north, east"}),
    ],
)
def test_headers(headers: object, expected: dict[str, str]) -> None:
    request = event_of({"request": {"headers": headers}}).request

    assert request is not None
    assert request.headers == expected


@pytest.mark.parametrize("request_", [{}, {"data": [], "cookies": {}, "headers": {}, "query_string": ""}])
def test_an_empty_request_is_none(request_: dict[str, object]) -> None:
    assert event_of({"request": request_}).request is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [("{{auto}}", "127.0.0.1"), ("203.0.113.9", "203.0.113.9"), (None, None)],
)
def test_the_address_of_a_user_may_be_that_of_the_sender(address: str | None, expected: str | None) -> None:
    """https://develop.sentry.dev/sdk/data-model/event-payloads/user/"""
    assert event_of({"user": {"id": "7", "ip_address": address}}).user == {"id": "7", "ip_address": expected}


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (
            {"region": "north", "tier": 2, "beta": True, "none": None},
            {"region": "north", "tier": "2", "beta": "true"},
        ),
        ([["region", "north"], ["tier", 2], ["none", None], None], {"region": "north", "tier": "2"}),
        ([{"key": "region", "value": "north"}, {"key": "none"}], {"region": "north"}),
    ],
)
def test_tags_are_an_object_or_pairs(tags: object, expected: dict[str, str]) -> None:
    event = event_of({"tags": tags})

    assert (event.tags, event.problems) == (expected, ())


def test_modules_and_the_client() -> None:
    event = event_of(
        {
            "modules": {"flask": "3.0", "own": None},
            "sdk": {"name": "sentry.python", "version": 2, "integrations": ["flask"]},
        }
    )

    assert event.modules == {"flask": "3.0", "own": ""}
    assert event.sdk == Sdk(name="sentry.python")
    assert event.extra == {"sdk": {"version": 2, "integrations": ["flask"]}}
