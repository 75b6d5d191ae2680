"""Every fault there is, a module a kind."""

from tests.torture.fault import Fault
from tests.torture.faults import (
    bombs,
    environment,
    hostile,
    kills,
    listeners,
    neighbours,
    notices,
    slow,
    store,
    unfinished,
    words,
)

ALL: tuple[Fault, ...] = (
    *kills.FAULTS,
    *unfinished.FAULTS,
    *store.FAULTS,
    *environment.FAULTS,
    *hostile.FAULTS,
    *neighbours.FAULTS,
    *bombs.FAULTS,
    *slow.FAULTS,
    *listeners.FAULTS,
    *notices.FAULTS,
    *words.FAULTS,
)
