"""Commands that correct the grouping."""

import pytest

from app.cli.arguments.parser import parser


def test_a_rule_that_makes_texts_one_takes_several() -> None:
    given = parser().parse_args(
        ["rules", "add", "same", "words", "a", "b", "c", "--project", "shop", "--yes"]
    )
    assert (given.kind, given.part, given.texts) == ("same", "words", ["a", "b", "c"])
    assert (given.project, given.yes) == ("shop", True)


@pytest.mark.parametrize(
    "wrong",
    ["rules add ignore words a b", "rules add apart", "merge", "regroup"],
)
def test_what_is_missing_or_too_much_exits_2(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args(wrong.split())
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err
