import json

import pytest

from app.protocols import table
from tests.protocols import captures

BODY = b'{"access_token": "in_the_body", "data": {"uuid": "100359b2-e9b3-44e9-b801-0bb6c7de8bff"}}'


@pytest.mark.parametrize(
    "path",
    [
        "/api/1/item/",
        "/api/1/item",
        "/api/1/item/item/",
        "/api/1/item/item",
        "/my_app/api/1/item/",
        "/a/b/api/1/item/item/",
    ],
)
def test_routes(path: str) -> None:
    assert captures.arrival(path, BODY)[0].name == "rollbar.item"


@pytest.mark.parametrize(
    ("path", "headers", "query", "body", "project"),
    [
        ("/my_app/api/1/item/", {"x-rollbar-access-token": "in_the_header"}, b"", BODY, "in_the_header"),
        ("/my_app/api/1/item/", {}, b"access_token=in_the_query", BODY, "in_the_query"),
        ("/my_app/api/1/item/", {}, b"", BODY, "in_the_body"),
        ("/my_app/api/1/item/", {}, b"", b'{"data": {}}', "my_app"),
        ("/my_app/api/1/item/item/", {}, b"", b"{}", "my_app"),
        ("/api/1/item/", {}, b"", b"{}", ""),
    ],
)
def test_the_token_names_the_project(
    path: str, headers: dict[str, str], query: bytes, body: bytes, project: str
) -> None:
    protocol, request = captures.arrival(path, body, headers, query)

    assert protocol.accept(request).project == project


def test_the_clients_own_id_is_answered() -> None:
    protocol, request = captures.arrival("/api/1/item/", BODY)

    answer = protocol.answer(protocol.accept(request))

    assert (answer.status, answer.content_type) == (200, b"application/json")
    result = {"id": None, "uuid": "100359b2e9b344e9b8010bb6c7de8bff"}
    assert json.loads(answer.body) == {"err": 0, "result": result}


def test_an_item_is_never_too_large() -> None:
    assert table.by_name("rollbar.item").never_too_large


def test_an_empty_body_is_refused() -> None:
    protocol, request = captures.arrival("/api/1/item/", b"")

    with pytest.raises(table.Malformed):
        protocol.accept(request)
