"""Commands that wait and that print an issue."""

import pytest

from app.cli.arguments.parser import parser


def test_a_wait_has_no_end_and_takes_everything_unless_told() -> None:
    given = parser().parse_args(["wait"])
    assert (given.project, given.query, given.new, given.timeout) == (None, "", False, None)
    given = parser().parse_args(
        ["wait", "--project", "shop", "--query", "is:new", "--new", "--timeout", "2.5"]
    )
    assert (given.project, given.query, given.new, given.timeout) == ("shop", "is:new", True, 2.5)


@pytest.mark.parametrize(
    "wrong",
    [
        "wait --timeout -1",
        "wait --timeout nan",
        "wait --timeout inf",
        "wait --timeout 1m",
        "wait --json --markdown",
        "issue",
        "issue x",
        "issue 1 --budget 3",
    ],
)
def test_wrong_usage_exits_2(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args(wrong.split())
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err
