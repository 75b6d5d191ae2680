"""Every fault there is, a module a kind."""

from tests.torture.fault import Fault
from tests.torture.faults import hostile, kills, neighbours

ALL: tuple[Fault, ...] = (*kills.FAULTS, *hostile.FAULTS, *neighbours.FAULTS)
