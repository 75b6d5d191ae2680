"""Runs in words."""

from datetime import timedelta

import pytest

from app.model import from_micros
from app.run_ending import RunState
from app.store.places.run_numbers import ListedRun
from tests.factories import NOON, SECOND
from ui.sidebar import run_wording
from ui.theme import Theme
from ui.widgets.icons import MEANINGS

NOW = from_micros(NOON)
DONE = ListedRun(
    id=3,
    command="pytest -q",
    project="shop",
    cwd="/home/ada/shop",
    state=RunState.FAILED,
    words="exited with 1",
    exit_code=1,
    signal=None,
    started_at=NOON,
    ended_at=NOON + 65 * SECOND,
    errors=2,
    before=1,
)


def test_a_run_is_told_with_how_it_ended() -> None:
    at = f"{NOW.astimezone():%H:%M}"
    assert run_wording.line(DONE, NOW) == f"exited with 1 · {at} · shop"
    assert run_wording.spoken(DONE, NOW) == (
        f"Run 3: pytest -q, exited with 1, began {at}, project shop, 2 errors"
    )
    told = run_wording.explained(DONE)
    assert "Exited with 1. Began" in told
    assert "took 1 min 5 s" in told
    assert "2 errors in shop. In /home/ada/shop" in told
    assert ", " in run_wording.since(DONE, NOW + timedelta(days=2))


def test_durations_are_short() -> None:
    durations = (400_000, 65 * SECOND, 7_620 * SECOND)
    assert [run_wording.took(micros) for micros in durations] == ["0.4 s", "1 min 5 s", "2 h 7 min"]


def test_a_number_that_was_cut_says_that_there_are_more() -> None:
    assert run_wording.errors(10_001) == "over 10,000 errors"


@pytest.mark.parametrize("state", list(RunState))
def test_every_state_has_a_colour_and_an_icon(state: RunState, dressed: Theme) -> None:
    assert hasattr(dressed, run_wording.TOKENS[state])
    assert run_wording.ICONS[state] in MEANINGS
    assert len(set(run_wording.ICONS.values())) == len(RunState), "colour alone tells nothing"
