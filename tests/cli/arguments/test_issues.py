"""Acts on issues."""

import pytest

from app.cli.arguments.parser import parser


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", (None, None, None, False)),
        ("--for 90s", (90, None, None, False)),
        ("--for 2w", (1_209_600, None, None, False)),
        ("--until-more 5", (None, 5, None, False)),
        ("--until-per-hour 7", (None, None, 7, False)),
        ("--until-escalating", (None, None, None, True)),
    ],
)
def test_conditions_of_a_mute(given: str, expected: tuple[int | None, int | None, int | None, bool]) -> None:
    read = parser().parse_args(["mute", "3", "4", *given.split()])
    ends = (read.seconds, read.until_more, read.until_per_hour, read.until_escalating)
    assert (read.issue_ids, ends) == ([3, 4], expected)


@pytest.mark.parametrize(
    "given", ["--for 1", "--for 0h", "--for h", "--for 1h5m", "--until-more 0", "--for 1h --until-more 2"]
)
def test_wrong_conditions_of_a_mute_exit_2(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args(["mute", "1", *given.split()])
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err
