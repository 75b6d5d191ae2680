import gzip

import pytest

from app.protocols import table
from tests.protocols import captures

BODY = b'{"apiKey": "in_the_body", "events": [{}]}'


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/bugsnag/notify", "bugsnag.notify"),
        ("/bugsnag/notify/", "bugsnag.notify"),
        ("/notify", "bugsnag.notify"),
        ("/my_app/notify", "bugsnag.notify"),
        ("/some/prefix/bugsnag/notify", "bugsnag.notify"),
        ("/bugsnag/sessions", "bugsnag.sessions"),
        ("/sessions", "bugsnag.sessions"),
    ],
)
def test_routes(path: str, name: str) -> None:
    assert captures.arrival(path, BODY)[0].name == name


@pytest.mark.parametrize(
    ("path", "headers", "body", "project"),
    [
        ("/my_app/bugsnag/notify", {"bugsnag-api-key": "in_the_header"}, BODY, "in_the_header"),
        ("/my_app/bugsnag/notify", {"bugsnag-api-key": 8 * "0a1b"}, BODY, "my_app"),
        ("/bugsnag/notify", {"bugsnag-api-key": 8 * "0a1b"}, BODY, 8 * "0a1b"),
        ("/my_app/bugsnag/notify", {}, BODY, "in_the_body"),
        ("/my_app/bugsnag/notify", {}, gzip.compress(BODY, mtime=0), "in_the_body"),
        ("/my_app/bugsnag/notify", {}, b'{"events": []}', "my_app"),
        ("/a/my_app/notify", {}, b"{}", "my_app"),
        ("/bugsnag/notify", {}, b"{}", ""),
        ("/notify", {}, b"{}", ""),
    ],
)
def test_the_key_names_the_project(path: str, headers: dict[str, str], body: bytes, project: str) -> None:
    protocol, request = captures.arrival(path, body, headers)

    assert protocol.accept(request).project == project


def test_an_empty_body_is_refused() -> None:
    protocol, request = captures.arrival("/bugsnag/notify", b" \n")

    with pytest.raises(table.Malformed):
        protocol.accept(request)


def test_answers() -> None:
    accepted = table.Accepted("shop", "0" * 32)

    assert table.by_name("bugsnag.notify").answer(accepted).status == 200
    sessions = table.by_name("bugsnag.sessions").answer(accepted)
    assert (sessions.status, sessions.content_type) == (202, b"application/json")
