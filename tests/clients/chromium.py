"""Headless Chromium on a page of ours, which is served from this machine."""

import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.clients import install, javascript
from tests.end2end.engine_process import PATIENCE_SECONDS

PAGE = '<!doctype html><meta charset="utf-8"><title>shop</title><link rel="icon" href="data:,">'
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--enable-logging=stderr",
)
_CONSOLE = re.compile(r':CONSOLE:\d+\] "(.*)", source: ')


def bundle(main: Path) -> Path:
    """Bundle `main` and all that it imports into one script in a folder `site`; returns its path."""
    site = main.parent / "site"
    site.mkdir()
    esbuild = javascript.PACKAGES / ".bin" / "esbuild"
    options = ["--bundle", "--format=iife", "--log-level=error", f"--outfile={site / main.name}"]
    done = javascript.run([str(esbuild), main.name, *options], main.parent, {})
    assert done.returncode == 0, done.stderr
    return site / main.name


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, with headers of ours, and does not log."""

    headers_of_ours: Mapping[str, str] = {}

    def end_headers(self) -> None:
        for name, value in self.headers_of_ours.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Log nothing."""


@contextmanager
def served(site: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve the folder on a free port of this machine; yields its address."""
    handler = type("Handler", (_Quiet,), {"headers_of_ours": headers or {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Chromium:
    """A browser with an empty profile that shows `url`."""

    def __init__(self, profile: Path, url: str, *switches: str) -> None:
        assert "chromium" not in install.missing_debian_packages(), "run `make test-clients` first"
        self._log = profile.with_suffix(".log")
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                ["chromium", *SWITCHES, f"--user-data-dir={profile}", *switches, url],
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    def close(self) -> None:
        """Close the browser, with all its processes."""
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(PATIENCE_SECONDS)

    def console(self) -> list[str]:
        """The lines that the page, its scripts and the browser wrote to the page's console."""
        return _CONSOLE.findall(self._log.read_text("utf-8", "replace"))


@contextmanager
def shown(profile: Path, url: str, *switches: str) -> Iterator[Chromium]:
    """Show `url` in Chromium until the block ends."""
    browser = Chromium(profile, url, *switches)
    try:
        yield browser
    finally:
        browser.close()
