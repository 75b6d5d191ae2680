"""Every fault there is, a module a kind."""

from tests.torture.fault import Fault
from tests.torture.faults import environment, kills, store

ALL: tuple[Fault, ...] = (*kills.FAULTS, *store.FAULTS, *environment.FAULTS)
