"""Reports are sent from a thread, again and again until they are taken."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app.protocols.printed import Printed
from app.runs import reporter
from app.runs.reporter import Reporter


class Door(HTTPServer):
    """Answers as it is told, the last answer for ever; remembers what it was sent."""

    def __init__(self, *answers: int) -> None:
        self.answers = list(answers)
        self.bodies: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Door

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        answers = self.server.answers
        self.send_response(answers.pop(0) if len(answers) > 1 else answers[0])
        self.end_headers()
        self.wfile.write(b'{"detail": "no such luck"}')

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def door(*answers: int) -> Iterator[Door]:
    with Door(*answers) as opened:
        serving = threading.Thread(target=opened.serve_forever)
        serving.start()
        yield opened
        opened.shutdown()
        serving.join()


def report(text: str = "x") -> Printed:
    return Printed(event_id="a" * 32, project="shop", text=text)


def test_reports_are_sent_in_order() -> None:
    with door(200) as opened:
        sending = Reporter(lambda: opened.url)
        for number in range(20):
            sending.send(report(f"number {number}"))
        assert sending.finish(10.0) == (20, [])
    assert [f"number {number}".encode() in body for number, body in enumerate(opened.bodies)] == [True] * 20


def test_what_is_answered_later_is_tried_again() -> None:
    with door(503, 429, 200) as opened:
        sending = Reporter(lambda: opened.url)
        sending.send(report())
        assert sending.finish(20.0) == (1, [])
    assert len(opened.bodies) == 3


def test_a_refusal_is_told_with_its_reason() -> None:
    with door(400) as opened:
        sending = Reporter(lambda: opened.url)
        sending.send(report())
        assert sending.finish(10.0) == (0, ["the engine answered 400: no such luck"])


def test_an_engine_that_comes_later_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        urls = [f"http://127.0.0.1:{nobody.getsockname()[1]}"]
    with door(200) as opened:
        urls.append(opened.url)
        sending = Reporter(lambda: urls.pop(0) if len(urls) > 1 else urls[0])
        sending.send(report())
        assert sending.finish(10.0) == (1, [])


def test_it_does_not_try_for_ever() -> None:
    def nowhere() -> str:
        raise OSError("no engine")

    sending = Reporter(nowhere)
    sending.send(report())
    sent, lost = sending.finish(0.1)
    assert (sent, lost) == (0, ["the engine cannot be reached: no engine"])


def test_very_many_at_once_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporter, "_MOST_WAITING", 3)
    may_go = threading.Event()

    def wait() -> str:
        may_go.wait(10.0)
        return opened.url

    with door(200) as opened:
        sending = Reporter(wait)
        for _number in range(20):
            sending.send(report())
        may_go.set()
        sent, lost = sending.finish(10.0)
    assert sent + len(lost) == 20
    assert set(lost) == {"too many at once"}
