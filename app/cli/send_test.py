"""A real error, sent the way a client sends it: raised here, and posted to the engine by HTTP."""

import http.client
import json
import linecache
import platform
import traceback
import uuid
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec import Struct

from app.program_command import NAME

PROJECT = "arecibo_test"
TIMEOUT_SECONDS = 5.0


class TestError(Exception):
    """The error that `send` raises, catches and reports."""

    __test__ = False


class SendResult(Struct, frozen=True):
    """Whether the engine accepted the error, a sentence about it, and the event's id if it did."""

    ok: bool
    message: str
    event_id: str | None = None


def new_id() -> str:
    """An id for a test, for a caller that must know it before it is sent."""
    return uuid.uuid4().hex


def send(url: str, project: str = PROJECT, event_id: str = "") -> SendResult:
    """Send an error of this project to the engine at `url`."""
    event_id = event_id or new_id()
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request(
            "POST",
            f"/api/1/envelope/?sentry_key={quote(project)}&sentry_version=7",
            _envelope(event_id, _raised()),
            {"Content-Type": "application/x-sentry-envelope", "User-Agent": "arecibo.send-test/1"},
        )
        answer = connection.getresponse()
        body = answer.read(1_000).decode("utf-8", "replace")
    except OSError as error:
        return SendResult(False, f"Nobody took it at {url}: {error}. Start the engine with {NAME} serve.")
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK:
        return SendResult(False, f"{url} answered {answer.status}: {body}")
    return SendResult(True, f"{url} took the event {event_id}.", event_id)


def _raised() -> TestError:
    def check_the_line(receiver: str) -> None:
        raise TestError(f"A test error from {receiver}: if you can read this, errors arrive.")

    try:
        check_the_line("Arecibo")
    except TestError as error:
        return error
    raise AssertionError("unreachable: check_the_line always raises")


def _envelope(event_id: str, error: TestError) -> bytes:
    frames = [_frame(frame, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    event = {
        "event_id": event_id,
        "timestamp": datetime.now(UTC).isoformat(),
        "platform": "python",
        "level": "error",
        "environment": "test",
        "server_name": platform.node(),
        "sdk": {"name": "arecibo.send-test", "version": "1"},
        "contexts": {
            "runtime": {"name": platform.python_implementation(), "version": platform.python_version()}
        },
        "exception": {
            "values": [
                {
                    "type": type(error).__name__,
                    "value": str(error),
                    "module": type(error).__module__,
                    "mechanism": {"type": "send-test", "handled": True},
                    "stacktrace": {"frames": frames},
                }
            ]
        },
    }
    payload = json.dumps(event).encode()
    head = json.dumps({"event_id": event_id, "sent_at": event["timestamp"]}).encode()
    item = json.dumps({"type": "event", "length": len(payload)}).encode()
    return b"\n".join((head, item, payload, b""))


def _frame(frame: FrameType, line: int) -> dict[str, Any]:
    file = frame.f_code.co_filename
    source = [text.rstrip("\n") for text in linecache.getlines(file)]
    return {
        "filename": Path(file).name,
        "abs_path": file,
        "module": frame.f_globals.get("__name__"),
        "function": frame.f_code.co_name,
        "lineno": line,
        "in_app": True,
        "pre_context": source[max(0, line - 6) : line - 1],
        "context_line": "".join(source[line - 1 : line]),
        "post_context": source[line : line + 5],
        "vars": {name: repr(value) for name, value in frame.f_locals.items()},
    }
