import json

import pytest

from app.protocols import table
from tests.protocols import captures, notices


@pytest.mark.parametrize(
    ("path", "headers", "query", "project"),
    [
        ("/api/v3/projects/1/notices", {}, b"key=checkout_api", "checkout_api"),
        ("/api/v3/projects/1/notices", {"authorization": "Bearer checkout_api"}, b"", "checkout_api"),
        ("/api/v3/projects/1/notices/", {"x-airbrake-token": "checkout_api"}, b"", "checkout_api"),
        ("/shop/api/v3/projects/1/notices", {}, b"", "shop"),
        ("/api/v3/projects/7/notices", {}, b"", "project-7"),
    ],
)
def test_the_key_names_the_project(path: str, headers: dict[str, str], query: bytes, project: str) -> None:
    protocol, request = captures.arrival(path, b"{}", headers, query)
    assert protocol.name == "airbrake.notice"
    assert protocol.accept(request).project == project


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/api/v3/projects/1/notices", 201, {"id": notices.ID, "url": ""}),
        ("/api/v4/projects/1/deploys", 201, {"id": notices.ID, "url": ""}),
        ("/api/v5/projects/1/routes-stats", 200, {}),
        ("/api/v5/projects/1/routes-breakdowns", 200, {}),
        ("/api/v5/projects/1/queries-stats", 200, {}),
        ("/api/v5/projects/1/queues-stats", 200, {}),
    ],
)
def test_answers_have_the_shape_that_clients_expect(path: str, status: int, body: object) -> None:
    protocol, _request = captures.arrival(path, b"{}")
    answer = protocol.answer(table.Accepted("shop", notices.ID))
    assert (answer.status, answer.content_type) == (status, b"application/json")
    assert json.loads(answer.body) == body


def test_the_configuration_for_airbrake_js_changes_nothing() -> None:
    answer = table.reply("/2020-06-18/config/1/config.json", b"airbrake-js/node/2.1")

    assert answer is not None
    config = json.loads(answer.body)
    assert {setting["name"]: setting["enabled"] for setting in config["settings"]} == {
        "errors": True,
        "apm": True,
    }
    assert {setting["endpoint"] for setting in config["settings"]} == {None}
