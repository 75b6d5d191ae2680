"""Clients that post errors whatever happens to the engine, and record which were acknowledged."""

import http.client
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from tests.factories import envelope

PATIENCE_SECONDS = 15.0
PAUSE_SECONDS = 0.05
BUGS = 20


def ordinary(event_id: str, number: int) -> bytes:
    """An envelope with one error; its number decides which of `BUGS` bugs it is."""
    frames = [{"function": f"f{number % BUGS}", "module": "shop", "lineno": 7}]
    raised = {"type": "KeyError", "value": event_id, "stacktrace": {"frames": frames}}
    return envelope(event_id, exception={"values": [raised]})


class Senders:
    """A few connections that each send again once answered, and reconnect when they break.

    `port` is called before each connection, since a restarted engine may have another. `acknowledged` holds
    the ids of the events that were answered with 200, `answers` how often each status came.
    """

    def __init__(
        self,
        port: Callable[[], int],
        *,
        connections: int = 4,
        pause: float = 0.0,
        make: Callable[[str, int], bytes] = ordinary,
    ) -> None:
        self.acknowledged: list[str] = []
        self.answers: Counter[int] = Counter()
        self._port = port
        self._pause = pause
        self._make = make
        self._stopping = threading.Event()
        self._progress = threading.Condition()
        self._threads = [
            threading.Thread(target=self._send, args=(number,), daemon=True) for number in range(connections)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(2 * PATIENCE_SECONDS)

    def wait_for(self, more: int, seconds: float = 60.0) -> bool:
        """Wait until `more` events are acknowledged; False when that takes longer than `seconds`."""
        with self._progress:
            wanted = len(self.acknowledged) + more
            return self._progress.wait_for(lambda: len(self.acknowledged) >= wanted, seconds)

    def unexpected(self, allowed: Sequence[int] = (200, 503)) -> dict[int, int]:
        """How often each status came that is not `allowed`."""
        return {status: count for status, count in self.answers.items() if status not in allowed}

    def _send(self, number: int) -> None:
        while not self._stopping.is_set():
            try:
                self._send_over_one_connection(number)
            except (OSError, http.client.HTTPException):
                # The engine is gone, or has closed the connection: that is what the fault does.
                self._stopping.wait(PAUSE_SECONDS)

    def _send_over_one_connection(self, number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port(), timeout=PATIENCE_SECONDS)
        try:
            while not self._stopping.wait(self._pause):
                number += 1
                event_id = uuid.uuid4().hex
                connection.request("POST", "/api/1/envelope/?sentry_key=shop", self._make(event_id, number))
                answer = connection.getresponse()
                answer.read()
                self._record(answer.status, event_id)
                if answer.status == http.HTTPStatus.SERVICE_UNAVAILABLE:
                    self._stopping.wait(PAUSE_SECONDS)
        finally:
            connection.close()

    def _record(self, status: int, event_id: str) -> None:
        with self._progress:
            self.answers[status] += 1
            if status == http.HTTPStatus.OK:
                self.acknowledged.append(event_id)
            self._progress.notify_all()
