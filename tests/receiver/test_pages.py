"""What the port answers to requests that bring no report."""

import json

import pytest

from tests.factories import envelope
from tests.receiver.conftest import ENVELOPE, Running

EVENT = "0123456789abcdef0123456789abcdef"


def test_the_front_page_says_how_to_point_a_client_here(running: Running) -> None:
    answer = running.ask("GET", "/")
    said = json.loads(answer.body)
    assert answer.status == 200
    assert said["name"] == "Arecibo"
    assert said["dsn"] == f"http://my_app@127.0.0.1:{running.port}/1"
    assert set(said["send"]) >= {"sentry.envelope", "sentry.store", "arecibo.v1"}
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", [ENVELOPE, "/api/1/store/", "/v/1/", "/bugsnag/notify"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PROPFIND"])
def test_other_methods_are_answered_with_what_to_send(running: Running, method: str, path: str) -> None:
    answer = running.ask(method, path)
    assert answer.status == 405
    assert "POST" in json.loads(answer.body)["send"]
    assert "POST" in answer.headers["allow"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_web_page_may_read_what_its_client_asks_before_it_sends(running: Running) -> None:
    answer = running.ask("GET", "/2020-06-18/config/1/config.json?notifier_name=airbrake-js")
    assert answer.status == 200
    assert "errors" in {setting["name"] for setting in json.loads(answer.body)["settings"]}
    assert answer.headers["access-control-allow-origin"] == "*"


def test_head_has_no_body(running: Running) -> None:
    answer = running.ask("HEAD", "/")
    assert (answer.status, answer.body) == (200, b"")


def test_unknown_paths_are_answered_with_where_to_send(running: Running) -> None:
    answer = running.ask("GET", "/events?%ff")
    assert answer.status == 404
    said = json.loads(answer.body)
    assert "/events" in said["detail"]
    assert "plain" in said["send"]
    assert "sentry.envelope" in said["send"]


@pytest.mark.parametrize(
    ("path", "named"),
    [("/a%3Fb%23c%5Cd", "/a%3Fb%23c%5Cd"), ("/a%0Ab%09c%0D", "/abc"), ("/%C3%A9", "/é"), ("/%00", "/\\x00")],
)
def test_an_answer_names_the_path_as_it_can_be_typed(running: Running, path: str, named: str) -> None:
    answer = running.ask("GET", path)
    assert answer.status == 404
    assert repr(named).replace("\\\\", "\\") in json.loads(answer.body)["detail"]


@pytest.mark.parametrize("path", ["/a%0Ab", "/a%0A/", "*"])
def test_no_path_gets_around_the_check_of_the_host(running: Running, path: str) -> None:
    assert running.ask("GET", path, headers={"Host": "evil.example"}).status == 421
    assert running.ask("OPTIONS", path, headers={"Host": "evil.example"}).status == 421
    assert running.ask("OPTIONS", path).status == 204


def test_an_answer_has_the_length_and_the_type_that_it_says(running: Running) -> None:
    asked = [("GET", "/"), ("PUT", "/v/1"), ("GET", "/nothing"), ("GET", "/config/v1/rum/agents")]
    for method, path in asked:
        answer = running.ask(method, path)
        assert answer.headers["content-length"] == str(len(answer.body))
        assert answer.headers["content-type"] == "application/json"
        assert json.loads(answer.body) is not None


def test_nothing_that_was_sent_can_be_read(running: Running) -> None:
    running.ask(body=envelope(EVENT, message="a secret"))
    for path in ("/", ENVELOPE, f"/api/1/events/{EVENT}/", "/stream", "/static/x", "/api/0/issues/"):
        answer = running.ask("GET", path)
        assert b"secret" not in answer.body
        assert EVENT.encode() not in answer.body.replace(path.encode(), b"")
