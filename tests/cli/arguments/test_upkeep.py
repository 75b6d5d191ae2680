"""Commands that pause intake and copy the store."""

from pathlib import Path

import pytest

from app.cli.arguments.parser import parser


def test_a_pause_lasts_until_resume_unless_a_time_is_given() -> None:
    assert parser().parse_args(["pause"]).seconds is None
    assert parser().parse_args(["pause", "--for", "30m"]).seconds == 1_800


def test_a_backup_names_its_file() -> None:
    assert parser().parse_args(["backup", "a.db"]).file == Path("a.db")
    with pytest.raises(SystemExit):
        parser().parse_args(["restore"])
