"""All faults, one module a kind."""

from tests.torture.fault import Fault
from tests.torture.faults import (
    bombs,
    environment,
    hostile_text,
    interrupted_work,
    kills,
    listeners,
    malformed_content,
    malformed_requests,
    notices,
    slow_connections,
    store,
)

ALL: tuple[Fault, ...] = (
    *kills.FAULTS,
    *interrupted_work.FAULTS,
    *store.FAULTS,
    *environment.FAULTS,
    *malformed_requests.FAULTS,
    *malformed_content.FAULTS,
    *bombs.FAULTS,
    *slow_connections.FAULTS,
    *listeners.FAULTS,
    *notices.FAULTS,
    *hostile_text.FAULTS,
)
