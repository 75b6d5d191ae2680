"""Commands that write and read files."""

import pytest

from app.cli.arguments.parser import parser


def test_an_export_has_one_form_and_leaves_out_several_parts() -> None:
    given = parser().parse_args(["export", "1f", "--markdown", "--without", "user", "--without", "locals"])
    assert (given.form, given.without) == ("markdown", ["user", "locals"])
    with pytest.raises(SystemExit):
        parser().parse_args(["export", "1f", "--markdown", "--raw"])
