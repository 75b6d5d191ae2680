"""What arguments are read as."""

import argparse

import pytest

from app.cli.arguments import values
from app.cli.arguments.values import QueueId


@pytest.mark.parametrize(("text", "seconds"), [("1s", 1), ("30m", 1_800), ("2d", 172_800), ("1w", 604_800)])
def test_a_time_is_a_number_and_a_unit(text: str, seconds: int) -> None:
    assert values.seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "0h", "h", "1h5m", "-1h", "1 h", "1234567s"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="30m"):
        values.seconds(text)


def test_a_refused_request_has_an_r_before_its_number() -> None:
    assert values.queue_id("7") == QueueId(7, is_refused=False)
    assert values.queue_id("R7") == values.queue_id("r7") == QueueId(7, is_refused=True)


@pytest.mark.parametrize("text", ["-1", "x", "", "1.5", "\u0663"])
def test_a_number_is_whole_and_in_digits(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        values.number(text)
    with pytest.raises(argparse.ArgumentTypeError):
        values.count(text)


def test_a_count_is_at_least_one() -> None:
    assert values.number("0") == 0
    with pytest.raises(argparse.ArgumentTypeError):
        values.count("0")
