import json

import pytest

from app.protocols import table
from tests.protocols import captures, notices

REPORT = notices.report("honeybadger.notice")


@pytest.mark.parametrize(
    ("path", "headers", "query", "project"),
    [
        ("/v1/notices/", {"x-api-key": "checkout_api"}, b"", "checkout_api"),
        ("/v1/notices/js", {"x-api-key": "checkout_api"}, b"", "checkout_api"),
        ("/v1/notices/js", {}, b"api_key=checkout_api", "checkout_api"),
        ("/checkout_api/v1/notices", {}, b"", "checkout_api"),
        ("/v1/notices", {}, b"", ""),
        ("/v1/events/", {"x-api-key": "checkout_api"}, b"", "checkout_api"),
    ],
)
def test_the_key_names_the_project(path: str, headers: dict[str, str], query: bytes, project: str) -> None:
    protocol, request = captures.arrival(path, b"{}", headers, query)
    assert protocol.name.startswith("honeybadger.")
    assert protocol.accept(request).project == project
    answer = protocol.answer(table.Accepted(project, notices.ID))
    assert (answer.status, json.loads(answer.body)) == (201, {"id": notices.ID})


@pytest.mark.parametrize(
    ("path", "project"),
    [
        ("/v1/check_in/chk123", ""),
        ("/v1/check_in/checkout_api/nightly", "checkout_api"),
        ("/checkout_api/v1/check_in/chk123", "checkout_api"),
    ],
)
def test_check_ins(path: str, project: str) -> None:
    found = table.find(path, "GET")
    assert found is not None
    protocol, match = found
    accepted = protocol.accept(table.HttpRequest(path, match.groups(), b"", [], b"", "::1"))
    assert accepted.project == project
    assert protocol.answer(accepted).status == 200
    assert protocol.read(REPORT, b"").others == {"check_in": 1}


def test_a_notice_in_the_address() -> None:
    query = b"notice[error][class]=E&notice[error][message]=no%20card&notice[context][a]=1&api_key=shop&t=1"
    protocol, request = captures.arrival("/v1/notices/js.gif", b"", {}, query, "GET")
    report = captures.report_of(
        protocol.name, protocol.accept(request), b"GET /v1/notices/js.gif?" + query + b" HTTP/1.1"
    )

    (event,) = protocol.read(report, b"").events

    assert (event.title, event.project) == ("E: no card", "shop")


def test_a_visit_without_a_notice_is_refused() -> None:
    protocol, request = captures.arrival("/v1/notices/js.gif", b"", {}, b"api_key=shop", "GET")

    with pytest.raises(table.Malformed):
        protocol.accept(request)
