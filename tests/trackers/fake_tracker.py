"""A server on loopback that takes issues as GitHub and GitLab do."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from app.trackers.tracker import Service, Tracker

TOKEN = "right-token"


class FakeTracker:
    """`received` are (path, JSON) of what was posted; `status` is what it answers instead of 201."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.received: list[tuple[str, Any]] = []
        self.status = 201
        self.answer: bytes | None = None

    def tracker(self, service: Service = Service.GITHUB) -> Tracker:
        return Tracker(service=service, address=self.address, repository="acme/shop")


@contextmanager
def running() -> Iterator[FakeTracker]:
    class Api(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            read = json.loads(self.rfile.read(int(self.headers["content-length"])))
            given = self.headers["authorization"] or self.headers["private-token"] or ""
            fake.received.append((self.path, read))
            self.send_response(fake.status if TOKEN in given else 401)
            if fake.status == 302:
                self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()
            page = {"html_url": "http://x/acme/shop/issues/7", "number": 7}
            self.wfile.write(
                fake.answer or json.dumps(page | {"web_url": page["html_url"], "iid": 7}).encode()
            )

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Api) as server:
        fake = FakeTracker(f"http://127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, daemon=True).start()
        yield fake
        server.shutdown()
