"""Another server that takes Sentry's formats: a real HTTP server on a free port of this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from msgspec import Struct


class Taken(Struct, frozen=True):
    """A request that was POSTed; the names of its headers are in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes


class Target:
    """Records what is POSTed; answers `status` with `headers`, once `may_answer` is set."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.arrived = threading.Semaphore(0)
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.status = 200
        self.headers: dict[str, str] = {}
        self.connections = 0
        target = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                target.connections += 1
                super().setup()

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                named = {name.lower(): value for name, value in self.headers.items()}
                target.taken.append(Taken(self.path, named, body))
                target.arrived.release()
                target.may_answer.wait(30)
                self.send_response(target.status)
                for name, value in {"content-length": "0", **target.headers}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="target", kwargs={"poll_interval": 0.01}
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_port

    @property
    def dsn(self) -> str:
        """Its DSN: the key is k3y, the project 42."""
        return f"http://k3ytok3n@127.0.0.1:{self.port}/42"

    def close(self) -> None:
        """Stop it."""
        self.may_answer.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def running() -> Iterator[Target]:
    """A target while a test needs it."""
    target = Target()
    try:
        yield target
    finally:
        target.close()
