"""A short form of every fault: the engine survives it, nothing is lost, and nothing counted twice."""

from pathlib import Path

import pytest

from tests.torture import __main__ as torture
from tests.torture.fault import Fault
from tests.torture.faults import ALL

SEED = 1974


@pytest.mark.parametrize("fault", [fault for fault in ALL if fault.short], ids=lambda fault: fault.name)
def test_it_is_survived(fault: Fault, tmp_path: Path) -> None:
    if missing := [need for need in fault.needs if not torture.is_met(need)]:
        pytest.skip(f"this machine has no {', '.join(missing)}")
    outcome = torture.run(fault, fault.short, SEED, tmp_path)
    assert outcome.is_survived, outcome


def test_every_fault_has_a_name_of_its_own() -> None:
    assert len({fault.name for fault in ALL}) == len(ALL)
