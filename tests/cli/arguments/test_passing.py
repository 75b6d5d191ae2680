"""The arguments of `forward` and `fault`."""

import pytest

from app.cli.arguments.parser import parser
from app.cli.arguments.passing import ANSWERS
from app.store.engine_state.faults import FaultAnswer


def test_the_answers_are_those_of_the_store() -> None:
    assert set(ANSWERS) == {answer.value for answer in FaultAnswer}


def test_forward_and_fault() -> None:
    given = parser().parse_args(["forward", "add", "shop", "https://k@h/1", "--data-dir", "d"])
    assert (given.act, given.project, given.dsn, f"{given.data_dir}") == ("add", "shop", "https://k@h/1", "d")
    assert parser().parse_args(["forward"]).act is None
    given = parser().parse_args(["fault", "shop", "--answer", "none", "--for", "2m", "--share", "5"])
    assert (given.answer, given.lasts, given.share, given.end) == ("none", 120, 0.05, False)
    with pytest.raises(SystemExit):
        parser().parse_args(["forward", "add", "shop"])
