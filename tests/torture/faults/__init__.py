"""Every fault there is, a module a kind."""

from tests.torture.fault import Fault
from tests.torture.faults import kills

ALL: tuple[Fault, ...] = (*kills.FAULTS,)
