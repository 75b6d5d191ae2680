"""Every fault there is, a module a kind."""

from tests.torture.fault import Fault
from tests.torture.faults import bombs, hostile, kills, listeners, neighbours, notices, slow, words

ALL: tuple[Fault, ...] = (
    *kills.FAULTS,
    *hostile.FAULTS,
    *neighbours.FAULTS,
    *bombs.FAULTS,
    *slow.FAULTS,
    *listeners.FAULTS,
    *notices.FAULTS,
    *words.FAULTS,
)
