"""Whether the audit knows vulnerability data from its absence, and what it reports."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from setup import audit

Serve = Callable[[int, bytes], str]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts an index that gives every request the same answer; returns its address."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    servers: list[ThreadingHTTPServer] = []

    def begin(status: int, body: bytes) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                """Prints nothing."""

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/pypi/pip/26.3/json"

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


def test_an_index_with_vulnerability_data_is_used(serve: Serve) -> None:
    assert audit.missing_data(serve(200, b'{"info":{},"vulnerabilities":[]}'), {}) == ""


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (404, b"", "answers 404"),
        (200, b'{"info":{}}', "answers without them"),
        (200, b"<html>Sign in to the hotel's network</html>", "answers without them"),
    ],
)
def test_an_index_without_it_is_named_and_does_not_pass_for_safe(
    serve: Serve, status: int, body: bytes, reason: str
) -> None:
    assert reason in audit.missing_data(serve(status, body), {})


def test_no_network_is_one_line() -> None:
    missing = audit.missing_data("http://127.0.0.1:9/pypi/pip/26.3/json", {})
    assert "cannot be reached" in missing
    assert "\n" not in missing


def test_every_vulnerability_is_a_line_with_its_cure() -> None:
    # As pip-audit 2.10.1 writes it, shortened.
    report = json.loads("""{"dependencies": [
        {"name": "idna", "version": "3.20", "vulns": []},
        {"name": "inner", "skip_reason": "Dependency not found on PyPI and could not be audited: inner (1)"},
        {"name": "requests", "version": "2.31.0", "vulns": [
            {"id": "GHSA-9wx4-h78v-vm56", "fix_versions": ["2.32.0"], "aliases": ["CVE-2024-35195"],
             "description": "Requests Session object does not verify requests"},
            {"id": "GHSA-new", "fix_versions": [], "aliases": [], "description": "x"}]}],
        "fixes": []}""")
    first, second = audit.vulnerabilities(report)
    assert first.startswith(
        "requests 2.31.0: GHSA-9wx4-h78v-vm56 CVE-2024-35195, fixed in 2.32.0. Requests Se"
    )
    assert second == "requests 2.31.0: GHSA-new, fixed in no version yet. x"
