"""What a person does with an installed Arecibo, whichever package it came in."""

import json
import re
import signal
import subprocess
from pathlib import Path
from typing import Any

import sentry_sdk

from app.version import VERSION
from tests.packages.screen import Screen, wait_until

Command = list[str]


def says_its_version(command: Command, kind: str) -> None:
    """`--version` names the version and the kind of installation, `update` the kind."""
    said = output([*command, "--version"])
    assert said.startswith(f"Arecibo {VERSION}"), said
    assert kind in said, said
    assert kind in output([*command, "update"])


def serves(command: Command, data_dir: str) -> None:
    """The engine alone takes an error from a real client, files it, and ends cleanly."""
    served = subprocess.Popen(
        [*command, "serve", "--port", "0", "--data-dir", data_dir], stdout=subprocess.PIPE, text=True
    )
    try:
        assert served.stdout is not None
        url = re.fullmatch(r"listening on (http://\S+)\n", served.stdout.readline())
        assert url, "the first line does not say where it listens"
        crash(f"{url[1].replace('//', '//shop@')}/1")
        wait_until(lambda: status(command, data_dir)["digested"] == 1, "the error is filed")
        line = output([*command, "issues", "--json", "--data-dir", data_dir])
        assert json.loads(line)["type"] == "ZeroDivisionError"
    finally:
        served.send_signal(signal.SIGTERM)
        code = served.wait(30)
    assert code == 0, f"serve ended with {code}"


def shows(command: Command, data_dir: str, port: int, screen: Screen, picture: Path) -> None:
    """The window opens, its engine takes an error, and the window shows it (on the picture, for a person)."""
    window = subprocess.Popen([*command, "--port", str(port), "--data-dir", data_dir])
    try:
        took = wait_until(screen.has_window, "the window is there")
        wait_until(lambda: listens(command, data_dir), "the engine listens")
        before = status(command, data_dir)["digested"]
        crash(f"http://shop@127.0.0.1:{port}/1")
        wait_until(lambda: status(command, data_dir)["digested"] == before + 1, "the error is filed")
        screen.picture(picture)
        print(f"  window after {took:.1f} s; {picture}")
    finally:
        window.send_signal(signal.SIGTERM)
        window.wait(30)


def listens(command: Command, data_dir: str) -> bool:
    """Whether an engine works on the folder; at first there is no store yet."""
    asked = subprocess.run(
        [*command, "status", "--data-dir", data_dir], capture_output=True, text=True, check=False
    )
    return "listens on" in asked.stdout


def status(command: Command, data_dir: str) -> dict[str, Any]:
    """The engine's counters; zeros before there is a store."""
    asked = subprocess.run(
        [*command, "status", "--json", "--data-dir", data_dir], capture_output=True, text=True, check=False
    )
    found: dict[str, Any] = json.loads(asked.stdout) if asked.returncode == 0 else {"digested": 0}
    return found


def crash(dsn: str) -> None:
    """Send a real error by Sentry's client."""
    with sentry_sdk.new_scope() as scope:
        scope.set_client(sentry_sdk.Client(dsn))
        try:
            1 / 0  # noqa: B018
        except ZeroDivisionError:
            sentry_sdk.capture_exception()
        sentry_sdk.flush()


def output(command: Command) -> str:
    """What a command prints; fails when it does."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout
