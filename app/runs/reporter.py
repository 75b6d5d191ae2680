"""Sends what was found to the engine, from a thread of its own, so that the program is never held up."""

import http.client
import json
import queue
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec

from app.protocols import printed
from app.protocols.printed import Printed

TIMEOUT_SECONDS = 10.0
_MOST_WAITING = 1_000
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0


class Reporter:
    """Posts each report until the engine has taken it. `find_url` says where the engine is now.

    `find_url` is called before each try, in the reporter's thread, and raises `OSError` when there is none.
    """

    def __init__(self, find_url: Callable[[], str]) -> None:
        self._find_url = find_url
        self._waiting: queue.Queue[Printed | None] = queue.Queue(_MOST_WAITING)
        self._ends_at = float("inf")
        self._sent = 0
        self._lost: list[str] = []
        self._thread = threading.Thread(target=self._run, name="reporter", daemon=True)
        self._thread.start()

    def send(self, report: Printed) -> None:
        """Send a report. Returns at once; what comes when very many wait is counted as lost."""
        try:
            self._waiting.put_nowait(report)
        except queue.Full:
            self._lost.append("too many at once")

    def finish(self, seconds: float) -> tuple[int, list[str]]:
        """Send what waits, for so long at most; how many were sent, and why each other one was not."""
        self._ends_at = time.monotonic() + seconds
        self._waiting.put(None)
        self._thread.join(seconds + TIMEOUT_SECONDS)
        return self._sent, self._lost

    def _run(self) -> None:
        while (report := self._waiting.get()) is not None:
            self._send(report)

    def _send(self, report: Printed) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                refused = _post(self._find_url(), report)
            except (OSError, http.client.HTTPException) as error:
                refused = None
                why = f"the engine cannot be reached: {error}"
            else:
                if refused is None:
                    self._sent += 1
                    return
                why = refused
            if time.monotonic() + pause > self._ends_at or refused is not None:
                self._lost.append(why)
                return
            time.sleep(pause)
            pause = min(_LONGEST_PAUSE, 2 * pause)


def _post(url: str, report: Printed) -> str | None:
    """Post a report; None when it was taken, else why it was not. Raises `OSError` and `HTTPException`."""
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=TIMEOUT_SECONDS)
    headers = {"Content-Type": "application/json", "User-Agent": "arecibo.run/1"}
    try:
        connection.request("POST", f"/{printed.PATH}", msgspec.json.encode(report), headers)
        answer = connection.getresponse()
        body = answer.read(10_000)
    finally:
        connection.close()
    if answer.status == http.client.OK:
        return None
    if answer.status in (http.client.TOO_MANY_REQUESTS, http.client.SERVICE_UNAVAILABLE):
        raise http.client.HTTPException(f"it answered {answer.status}")
    return f"the engine answered {answer.status}: {_reason(body)}"


def _reason(body: bytes) -> str:
    try:
        value = json.loads(body)
    except ValueError:
        return body[:200].decode("utf-8", "replace")
    return str(value.get("detail") or value.get("error") or "") if isinstance(value, dict) else str(value)
