"""Chromium on a page of ours, without a window: served from this machine, closed when enough was seen."""

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
    """Writes app.js, which holds `main` and all that it imports, beside it in a folder of its own."""
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
        """Say nothing."""


@contextmanager
def served(site: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serves the folder on a free port of this machine; yields its address."""
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
        """Close it, with all its processes."""
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(PATIENCE_SECONDS)

    def console(self) -> list[str]:
        """What the page, its scripts and the browser wrote on the page's console."""
        return _CONSOLE.findall(self._log.read_text("utf-8", "replace"))


@contextmanager
def shown(profile: Path, url: str, *switches: str) -> Iterator[Chromium]:
    """Chromium, for as long as the block lasts."""
    browser = Chromium(profile, url, *switches)
    try:
        yield browser
    finally:
        browser.close()
