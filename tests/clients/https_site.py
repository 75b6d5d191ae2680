"""A page over https, whose server forwards the browsers' reports to the engine, as a developer's own would.

The Reporting API sends only from and to https; the certificate is made for each run.
"""

import http.client
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from tests.end2end.engine_process import PATIENCE_SECONDS

# Chromium accepts our certificate, and does not collect reports for a minute.
SWITCHES = ("--ignore-certificate-errors", "--short-reporting-delay")


def make_certificate(folder: Path) -> ssl.SSLContext:
    """Create a key and a self-signed certificate for this machine; returns the server's TLS context."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    options = [
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run(
        ["openssl", "req", *options, *names], check=True, capture_output=True, timeout=PATIENCE_SECONDS
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


class _Site(BaseHTTPRequestHandler):
    page = b""
    headers_of_page: Callable[[str], Mapping[str, str]]
    engine = ""

    def do_GET(self) -> None:
        own = f"https://{self.headers['Host']}"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(self.page)))
        for name, value in type(self).headers_of_page(own).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.page)

    def do_POST(self) -> None:
        where = urlsplit(self.engine)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=PATIENCE_SECONDS)
        headers = {
            name: self.headers[name] for name in ("Content-Type", "User-Agent") if name in self.headers
        }
        connection.request("POST", self.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Log nothing."""


@contextmanager
def served(
    folder: Path, page: bytes, headers: Callable[[str], Mapping[str, str]], engine: str
) -> Iterator[str]:
    """Serve `page` with the headers that `headers` returns for the site's own address, which is yielded."""
    handler = type(
        "Handler", (_Site,), {"page": page, "headers_of_page": staticmethod(headers), "engine": engine}
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = make_certificate(folder).wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"https://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
