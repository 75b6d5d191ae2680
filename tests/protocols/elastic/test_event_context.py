import pytest

from tests.protocols.elastic.requests import ERROR, METADATA, one


@pytest.mark.parametrize(
    ("agent", "language", "platform"),
    [
        ("dotnet", "C#", "csharp"),
        ("go", "go", "go"),
        ("opentelemetry", "C#", "csharp"),
        ("mine", "Rust", "rust"),
        ("", "", None),
    ],
)
def test_platforms(agent: str, language: str, platform: str | None) -> None:
    service = {"name": "shop", "agent": {"name": agent}, "language": {"name": language}}

    assert one(ERROR, metadata={"service": service}).platform == platform


def test_metadata_is_the_context_of_every_error() -> None:
    metadata = {
        **METADATA,
        "labels": {"region": "north", "tier": 1, "none": None},
        "user": {"username": "service"},
        "system": {"detected_hostname": "a", "configured_hostname": "b", "platform": "linux"},
        "cloud": {"provider": "aws"},
        "process": {"pid": 3, "title": None},
    }

    event = one({**ERROR, "context": {"tags": {"tier": 2}, "user": {"id": None}}}, metadata=metadata)

    assert event.tags == {"region": "north", "tier": "2"}
    assert event.user == {"username": "service"}
    assert event.server_name == "b"
    assert event.contexts["cloud"] == {"provider": "aws"}
    assert event.contexts["process"] == {"pid": 3}
    assert event.contexts["os"] == {"name": "linux"}
    assert event.problems == ()


def test_the_parts_of_an_address_are_joined() -> None:
    request = {
        "method": "GET",
        "headers": {"accept": ["a", "b"], "x": None},
        "url": {
            "protocol": "https:",
            "hostname": "shop.test",
            "port": 8443,
            "pathname": "/pay",
            "search": "?a=1",
        },
        "socket": {"remote_address": "203.0.113.9", "encrypted": True},
    }

    event = one({**ERROR, "context": {"request": request, "page": {"url": "http://a.test"}}})

    assert event.request is not None
    assert (event.request.url, event.request.query) == ("https://shop.test:8443/pay?a=1", "a=1")
    assert event.request.headers == {"accept": "a, b"}
    assert event.request.env == {"REMOTE_ADDR": "203.0.113.9"}
    assert event.extra == {
        "context.page": {"url": "http://a.test"},
        "context.request.socket.encrypted": True,
    }


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://shop.test/pay?a=1", "http://shop.test/pay?a=1"),
        ({"full": "http://shop.test/pay?a=1", "hostname": "other"}, "http://shop.test/pay?a=1"),
        ({"raw": "/pay?a=1", "search": "a=1"}, "/pay?a=1"),
        ({"hostname": "shop.test", "search": "a=1", "hash": "top"}, "http://shop.test/?a=1#top"),
    ],
)
def test_addresses(url: object, expected: str) -> None:
    request = one({**ERROR, "context": {"request": {"method": "GET", "url": url}}}).request

    assert request is not None
    assert (request.url, request.query) == (expected, "a=1")


def test_the_page_of_a_browser() -> None:
    page = {"url": "http://shop.test/cart", "referer": "http://shop.test/"}

    request = one({**ERROR, "context": {"page": page}}).request

    assert request is not None
    assert (request.url, request.headers) == ("http://shop.test/cart", {"Referer": "http://shop.test/"})


def test_the_trace_and_the_response_of_an_error() -> None:
    trace = {"trace_id": "a" * 32, "parent_id": "b" * 16, "transaction_id": "c" * 16}
    more = {
        "transaction": {"type": "request", "sampled": True},
        "context": {"response": {"status_code": 500}},
    }

    event = one({**ERROR, **trace, **more})

    assert event.contexts["trace"] == {
        "trace_id": "a" * 32,
        "span_id": "b" * 16,
        "transaction_id": "c" * 16,
        "op": "request",
        "sampled": True,
    }
    assert event.contexts["response"] == {"status_code": 500}
