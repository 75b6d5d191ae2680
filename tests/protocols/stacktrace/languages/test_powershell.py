import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


def test_an_error_record() -> None:
    parsed = sample("powershell/record")

    assert (parsed.platform, parsed.before, parsed.unread) == ("powershell", "", 0)
    assert said(parsed) == [
        ("ItemNotFoundException", r"Cannot find path 'C:\shop\order7' because it does not exist.")
    ]
    assert calls(parsed.exceptions[0]) == [r"None C:\shop\till.ps1:3:5"]
    assert parsed.exceptions[0].frames[0].context == ((3, r"Get-Item C:\shop\order7"),)


def test_something_thrown() -> None:
    assert said(sample("powershell/throw")) == [("RuntimeException", "total is negative: -5")]
    assert calls(only("powershell/throw")) == [r"None C:\shop\till.ps1:3:22"]


def test_the_short_view() -> None:
    parsed = sample("powershell/short")
    assert (said(parsed), parsed.unread) == ([("Exception", "total is negative: -5")], 0)
    assert calls(parsed.exceptions[0]) == ["None /srv/shop/till.ps1:3"]


def test_a_stack_of_scripts() -> None:
    parsed = sample("powershell/stack")
    assert said(parsed) == [("RuntimeException", "total is negative: -5")]
    assert parsed.exceptions[0].module == "System.Management.Automation"
    assert calls(parsed.exceptions[0]) == [
        "<ScriptBlock> 1",
        "<ScriptBlock> /srv/shop/shop.ps1:9",
        "Get-Total /srv/shop/till.ps1:3",
    ]


def test_a_module_is_no_code_of_the_app() -> None:
    parsed = parse(
        "no money\nat Pay, C:\\Program Files\\WindowsPowerShell\\Modules\\Bank\\Bank.psm1: line 3\n"
        "at <ScriptBlock>, C:\\shop\\shop.ps1: line 9\n"
    )
    assert [frame.in_app for frame in parsed.exceptions[0].frames] == [True, False]


@pytest.mark.parametrize(
    "text", ["At noon:3 char:1 broke", "Line |\nis a bar", "at home, in the garden: line 3\n", "a: line 3"]
)
def test_prose_is_no_trace(text: str) -> None:
    assert parse(text, "powershell").exceptions == ()
