"""A webhook: a real HTTP server on a free port of this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Webhook:
    """Records what is posted to it, as (path, JSON); answers `status`, once `may_answer` is set."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, dict[str, Any]]] = []
        self.arrived = threading.Semaphore(0)
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.status = 200
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                hook.posts.append((self.path, json.loads(body)))
                hook.arrived.release()
                hook.may_answer.wait(30)
                self.send_response(hook.status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, name="webhook", kwargs={"poll_interval": 0.01}
        )
        self._thread.start()

    def url(self, path: str = "hook") -> str:
        """Its URL as a channel."""
        return f"json://127.0.0.1:{self._server.server_port}/{path}"

    def titles(self) -> list[str]:
        """The titles of what was posted."""
        return [body["title"] for _path, body in self.posts]

    def close(self) -> None:
        self.may_answer.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
