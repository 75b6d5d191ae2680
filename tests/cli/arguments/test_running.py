"""Commands that run another one, and that read logs."""

import pytest

from app.cli.arguments.parser import parser


def test_a_run_may_be_given_a_project() -> None:
    assert parser().parse_args(["run"]).project is None
    assert parser().parse_args(["run", "--project", "shop"]).project == "shop"


def test_a_verification_has_an_issue_and_may_have_an_end() -> None:
    given = parser().parse_args(["verify", "7"])
    assert (given.issue_id, given.timeout, given.project, given.json, given.budget) == (
        7,
        None,
        None,
        False,
        None,
    )
    given = parser().parse_args(["verify", "7", "--timeout", "2.5", "--markdown", "--budget", "5000"])
    assert (given.timeout, given.markdown, given.budget) == (2.5, True, 5000)


def test_logs_are_named_one_or_more() -> None:
    given = parser().parse_args(["read", "-f", "a.log", "-", "--project", "shop"])
    assert (given.files, given.follow, given.project) == (["a.log", "-"], True, "shop")


@pytest.mark.parametrize(
    "wrong", ["read", "read -f", "verify", "verify x", "verify 0", "verify 1 --timeout 1m"]
)
def test_wrong_usage_exits_2(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(wrong.split())
    assert ended.value.code == 2
    assert "usage: " in capsys.readouterr().err
