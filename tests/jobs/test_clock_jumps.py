"""A clock that jumps is noticed, in either direction, and a machine that slept is not mistaken for one."""

import pytest

from app.jobs.clock_jumps import Clocks, Jump, JumpDetector
from tests.jobs.clocks import SetClocks


@pytest.mark.parametrize("seconds", [-10_800.0, 10_800.0, -1.5, 86_400.0 * 365])
def test_a_jump_is_reported_once(seconds: float) -> None:
    clock = SetClocks()
    jumps = JumpDetector(clock)
    clock.wait(0.5)
    assert jumps.check() is None
    clock.on_the_wall += seconds
    assert jumps.check() == Jump(seconds, slept=False)
    clock.wait(0.5)
    assert jumps.check() is None


def test_a_clock_that_is_pulled_slowly_does_not_jump_until_it_adds_up() -> None:
    clock = SetClocks()
    jumps = JumpDetector(clock)
    found = []
    for _second in range(2_500):
        clock.wait(1)
        clock.on_the_wall += 0.0005
        found.append(jumps.check())
    assert len([each for each in found if each]) == 1


@pytest.mark.parametrize(("known", "slept"), [(True, True), (False, False)])
def test_a_machine_that_slept(known: bool, slept: bool) -> None:
    clock = SetClocks()
    clock.slept = 0.0 if known else None
    jumps = JumpDetector(clock)
    clock.on_the_wall += 3_600
    clock.slept = 3_600.0 if known else None
    assert jumps.check() == Jump(3_600, slept)


def test_a_machine_that_slept_while_its_clock_was_set_is_no_alibi() -> None:
    clock = SetClocks()
    jumps = JumpDetector(clock)
    clock.on_the_wall += 7_200
    clock.slept = 60.0
    assert jumps.check() == Jump(7_200, slept=False)


def test_the_clocks_of_this_machine_do_not_jump() -> None:
    assert JumpDetector(Clocks()).check() is None
