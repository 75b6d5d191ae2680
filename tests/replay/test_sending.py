"""Sending against a real server on loopback: answers, failures, cancelling."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.replay.repeatable import TOKEN_HEADER, Repeatable
from app.replay.sending import MOST_READ, ReplayError, Sending


class App(BaseHTTPRequestHandler):
    """Answers 500 with what it got; `/moved` redirects, `/large` sends a megabyte."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            return
        self.send_response(500)
        self.end_headers()
        got = f"{self.path} {self.headers['X-Name']} {self.headers[TOKEN_HEADER]} ".encode() + body
        self.wfile.write(b"x" * (1 << 20) if self.path == "/large" else got)

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), App) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def post(url: str, **fields: object) -> Repeatable:
    return Repeatable(method="POST", url=url, **fields)  # type: ignore[arg-type]


def test_all_of_the_request_arrives(url: str) -> None:
    request = post(f"{url}/pay ment?x=ä", headers=(("X-Name", "Zoë"),), body='{"a": "ö"}')
    answer = Sending(request, "token").run()
    assert answer.status == 500
    assert answer.body.startswith("/pay%20ment?x=%C3%A4 ")
    assert answer.body.endswith(' token {"a": "ö"}')


def test_redirects_are_not_followed(url: str) -> None:
    assert Sending(post(f"{url}/moved"), "t").run().status == 302


def test_a_large_answer_is_read_in_part(url: str) -> None:
    assert len(Sending(post(f"{url}/large"), "t").run().body) == MOST_READ


@pytest.mark.parametrize("address", ["file:///etc/passwd", "localhost:80/x", "http:///x", ""])
def test_only_web_addresses_are_sent_to(address: str) -> None:
    with pytest.raises(ReplayError, match="must begin with http"):
        Sending(post(address), "t").run()


def test_nobody_there_is_a_sentence() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ReplayError, match="Is the app running"):
        Sending(post(f"http://127.0.0.1:{port}/"), "t").run()


def test_odd_headers_and_methods_are_sentences_too(url: str) -> None:
    for request in (Repeatable(method="G T", url=url), Repeatable(method="GET", url=f"{url}:9/")):
        with pytest.raises(ReplayError):
            Sending(request, "t").run()


def test_cancelling_ends_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        sending = Sending(post(f"http://127.0.0.1:{silent.getsockname()[1]}/"), "t")
        failed: list[str] = []

        def run() -> None:
            try:
                sending.run()
            except ReplayError as error:
                failed.append(str(error))

        thread = threading.Thread(target=run)
        thread.start()
        connection, _address = silent.accept()
        with connection:
            assert connection.recv(4)
            sending.cancel()
            thread.join()
    assert failed == ["Cancelled. The app may have received the request."]
