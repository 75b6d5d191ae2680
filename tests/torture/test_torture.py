"""A short form of every fault: the engine survives it, and nothing is lost or counted twice."""

from pathlib import Path

import pytest

from tests.torture import __main__ as torture
from tests.torture.fault import Fault
from tests.torture.faults import ALL

SEED = 1974


@pytest.mark.faults
@pytest.mark.parametrize("fault", [fault for fault in ALL if fault.short], ids=lambda fault: fault.name)
def test_engine_survives_the_fault(fault: Fault, tmp_path: Path) -> None:
    if missing := [need for need in fault.needs if not torture.is_met(need)]:
        pytest.skip(f"this machine has no {', '.join(missing)}")
    outcome = torture.run(fault, fault.short, SEED, tmp_path)
    assert outcome.is_survived, outcome


def test_fault_names_are_unique() -> None:
    assert len({fault.name for fault in ALL}) == len(ALL)
