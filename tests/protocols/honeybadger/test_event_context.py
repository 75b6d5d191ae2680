from functools import partial

import pytest

from tests.protocols import notices

notice = notices.honeybadger
event_of = partial(notices.event_of, "honeybadger.notice")


@pytest.mark.parametrize("component", ["unhandledRejection", None, ""])
def test_without_a_component_there_is_no_transaction(component: str | None) -> None:
    assert event_of(notice() | {"request": {"component": component}}).transaction is None


@pytest.mark.parametrize(
    ("sent", "transaction"),
    [
        ({"component": "cart", "action": "pay"}, "cart#pay"),
        ({"component": "cart"}, "cart"),
        ({"action": "pay"}, "pay"),
    ],
)
def test_component_and_action_are_the_transaction(sent: dict[str, str], transaction: str) -> None:
    assert event_of(notice() | {"request": sent}).transaction == transaction


def test_a_request_of_wsgi() -> None:
    sent = {
        "url": "http://shop.test/pay?a=1",
        "params": {"card": "4111"},
        "cgi_data": {
            "REQUEST_METHOD": "POST",
            "HTTP_X_SHOP": "north",
            "SERVER_PORT": "80",
        },
    }
    request = event_of(notice() | {"request": sent}).request

    assert request is not None
    assert (request.method, request.url, request.query) == ("POST", "http://shop.test/pay?a=1", "a=1")
    assert request.headers == {"X-Shop": "north"}
    assert (request.body, request.env) == ({"card": "4111"}, {"SERVER_PORT": "80"})


def test_a_request_of_asgi_and_the_user_are_in_the_context() -> None:
    context = {
        "method": "GET",
        "url": "http://shop.test/pay",
        "query_string": "a=1",
        "headers": {"host": "shop.test"},
        "user_id": 7,
        "user_email": "ada@shop.example",
        "order": 42,
    }
    event = event_of(notice() | {"request": {"context": context}})

    assert event.request is not None
    assert (event.request.method, event.request.query, event.request.headers) == (
        "GET",
        "a=1",
        {"host": "shop.test"},
    )
    assert (event.user, event.extra) == ({"id": 7, "email": "ada@shop.example"}, {"order": 42})


def test_breadcrumbs() -> None:
    trail = [
        {
            "category": "query",
            "message": "SELECT 1",
            "timestamp": "2026-11-23T12:00:00Z",
            "metadata": {"ms": 3},
        },
        {"message": "x", "timestamp": "yesterday"},
    ]
    event = event_of(notice() | {"breadcrumbs": {"trail": trail}})

    first, second = event.breadcrumbs
    assert (first.category, first.message, first.data) == ("query", "SELECT 1", {"ms": 3})
    assert str(first.timestamp) == "2026-11-23 12:00:00+00:00"
    assert second.timestamp is None
    assert event.extra == {"breadcrumbs.trail.1.timestamp": "yesterday"}


@pytest.mark.parametrize("folder", ["/srv/shop", {"path": "/srv/shop"}])
def test_the_folder_of_the_project_and_the_server(folder: object) -> None:
    sent = notice(backtrace=[{"file": "[PROJECT_ROOT]/pay.rb", "number": 1}])
    event = event_of(sent | {"server": {"project_root": folder, "pid": 7}})

    assert event.exceptions[0].frames[0].abs_path == "/srv/shop/pay.rb"
    assert event.contexts["server"] == {"project_root": folder, "pid": 7}
