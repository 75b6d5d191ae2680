import pytest

from tests.protocols.bugsnag.requests import event_of, raised


def test_the_request_and_the_user_of_php() -> None:
    event = event_of(
        {
            "app": [],
            "device": {"time": "2026-11-23T12:00:00Z", "hostname": "web1", "runtimeVersions": {"php": "8.3"}},
            "user": {"id": "203.0.113.9"},
            "context": "GET /pay",
            "severity": "warning",
            "exceptions": [
                raised(
                    errorClass="App\\PaymentError",
                    stacktrace=[
                        {"lineNumber": 12, "method": "App\\Cart::pay", "inProject": True, "file": "Cart.php"}
                        | {"code": {"11": "{", "12": "  throw"}},
                        {"lineNumber": 0, "method": "[main]", "inProject": False, "file": "[internal]"},
                    ],
                ),
                raised(errorClass="PDOException"),
            ],
            "breadcrumbs": [],
            "metaData": {
                "request": {
                    "url": "http://shop.test/pay?x=1",
                    "httpMethod": "GET",
                    "params": {"x": "1"},
                    "clientIp": "203.0.113.9",
                    "userAgent": "curl/8",
                    "headers": {"Accept": ["*/*", "text/html"]},
                }
            },
            "unhandled": False,
            "featureFlags": [],
            "session": [],
        },
        notifier={"name": "Bugsnag PHP (Official)", "version": "3.29"},
    )

    assert event.platform == "php"
    assert [one.type for one in event.exceptions] == ["PDOException", "App\\PaymentError"]
    main, crash = event.exceptions[-1].frames
    assert (main.function, main.line, crash.function, crash.line) == ("[main]", None, "App\\Cart::pay", 12)
    assert crash.context == ((11, "{"), (12, "  throw"))
    assert event.user == {"id": "203.0.113.9", "ip_address": "203.0.113.9"}
    assert event.request is not None
    assert event.request.headers == {"Accept": "*/*, text/html", "User-Agent": "curl/8"}
    assert event.extra["request"] == {"params": {"x": "1"}}
    assert event.problems == ()


def test_the_request_and_the_user_of_ruby() -> None:
    event = event_of(
        {
            "app": {"version": "2", "releaseStage": "test", "type": "rails"},
            "exceptions": [raised(errorClass="Shop::PaymentError")],
            "metaData": {
                "request": {"url": "http://shop.test/", "httpMethod": "POST", "referer": "http://shop.test/c"}
                | {"headers": {"Referer": "http://shop.test/c"}, "clientIp": "198.51.100.4"},
                "custom": {"order": 7},
            },
        },
        apiKey="k",
        notifier={"name": "Ruby Bugsnag Notifier", "version": "6.27"},
    )

    assert (event.platform, event.exceptions[0].type) == ("ruby", "Shop::PaymentError")
    assert event.request is not None
    assert event.request.method == "POST"
    assert event.user == {"ip_address": "198.51.100.4"}
    assert event.extra == {"custom": {"order": 7}}


@pytest.mark.parametrize("name", ["query", "GET", "query_string"])
def test_a_request_has_the_names_of_every_notifier(name: str) -> None:
    tab = {"method": "POST", "url": "http://shop.test/pay", name: "a=1", "data": {"n": 1}, "cookie": "c=2"}

    request = event_of({"metaData": {"request": tab}}).request

    assert request is not None
    assert (request.method, request.url, request.query) == ("POST", "http://shop.test/pay", "a=1")
    assert (request.body, request.cookies) == ({"n": 1}, "c=2")


def test_where_the_app_ran() -> None:
    device = {"runtimeVersions": {"node": "20.1", "express": "5"}, "osName": "linux", "totalMemory": 8}

    event = event_of(
        {
            "exceptions": [raised(type="nodejs")],
            "app": {"version": "2.0", "releaseStage": "staging", "type": "worker"},
            "device": {"hostname": "web-1", **device},
            "session": {"id": "s1"},
        }
    )

    assert (event.release, event.environment, event.server_name) == ("2.0", "staging", "web-1")
    assert event.contexts == {
        "runtime": {"name": "node", "version": "20.1"},
        "os": {"name": "linux"},
        "app": {"type": "worker"},
        "device": {"totalMemory": 8},
        "app_session": {"id": "s1"},
    }
    assert event.modules == {"express": "5"}


def test_breadcrumbs_and_feature_flags() -> None:
    event = event_of(
        {
            "breadcrumbs": [
                {
                    "type": "error",
                    "name": "PaymentError",
                    "timestamp": "2026-11-23T12:00:00Z",
                    "metaData": {"message": "no card"},
                },
                {"type": "manual", "name": "opened", "message": "the cart"},
            ],
            "featureFlags": [{"featureFlag": "dark"}, {"variant": "B"}],
        }
    )

    first, second = event.breadcrumbs
    assert (first.message, first.level, first.category, first.data) == (
        "PaymentError",
        "error",
        "error",
        {"message": "no card"},
    )
    assert (second.message, second.level, second.data) == ("opened", None, {"message": "the cart"})
    assert (event.tags, event.extra) == ({"dark": "true"}, {"featureFlags.1.variant": "B"})
