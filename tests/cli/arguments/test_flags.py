"""Flags that several commands have."""

import argparse
from pathlib import Path

from app.cli.arguments import flags


def test_a_flag_that_is_not_given_overwrites_nothing() -> None:
    """It may stand before the command, whose own parser comes later."""
    given = argparse.Namespace(data_dir=Path("/before"), port=7)
    flags.everywhere().parse_args([], given)
    flags.listening().parse_args([], given)
    assert (given.data_dir, given.port) == (Path("/before"), 7)


def test_a_hundred_are_printed_unless_another_limit_is_given() -> None:
    assert flags.limited().parse_args([]).limit == 100
    assert flags.limited().parse_args(["--limit", "3"]).limit == 3
    assert flags.printing().parse_args(["--json"]).json
