import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample

CHAIN = [("InvalidOperationException", "declined\nask the bank"), ("ShopException", "could not check out")]


def test_the_innermost_exception_comes_first() -> None:
    parsed = sample("dotnet/core_chain")

    assert (parsed.platform, parsed.before) == ("csharp", "Unhandled exception.")
    assert said(parsed) == CHAIN
    assert [raised.module for raised in parsed.exceptions] == ["System", "Shop"]
    inner, outer = parsed.exceptions
    assert calls(inner) == [
        "Shop.Program|Pay /srv/shop/Checkout.cs:14",
        "[System.Collections.Generic.List`1|ForEach ]",
        "Shop.Program|Pay { <lambda> } /srv/shop/Checkout.cs:14",
        "Shop.Till`1|Charge /srv/shop/Checkout.cs:9",
    ]
    assert calls(outer) == [
        "Shop.Program|Main C:\\shop\\Checkout.cs:22",
        "Shop.Till`1.Drawer|.ctor ",
        "[System.Runtime.CompilerServices.TaskAwaiter|HandleNonSuccessAndDebuggerNotification ]",
        "Shop.Program|Outer C:\\shop\\Checkout.cs:17",
        "Shop.Program|CheckoutAsync /srv/shop/Checkout.cs:16",
        "Shop.Program|Checkout /srv/shop/Checkout.cs:15",
    ]


@pytest.mark.parametrize("name", ["mono_chain", "mono_async", "mono_uncaught"])
def test_mono_writes_the_headings_on_one_line(name: str) -> None:
    parsed = sample(f"dotnet/{name}")

    assert said(parsed) == CHAIN
    assert calls(parsed.exceptions[0]) == [
        "Shop.Program|Checkout /srv/shop/Checkout.cs:15",
        "Shop.Program|Pay /srv/shop/Checkout.cs:14",
        "[System.Collections.Generic.List`1|ForEach ]",
        "Shop.Program+<Pay>c__AnonStorey3|<>m__0 /srv/shop/Checkout.cs:14",
    ]


def test_three_levels() -> None:
    parsed = sample("dotnet/mono_nested")

    assert said(parsed) == [*CHAIN, ("ApplicationException", "outer")]
    assert [len(raised.frames) for raised in parsed.exceptions] == [4, 2, 1]


@pytest.mark.parametrize("name", ["core_aggregate", "mono_aggregate"])
def test_an_aggregate_holds_each_member_once(name: str) -> None:
    parsed = sample(f"dotnet/{name}")

    assert [raised.type for raised in parsed.exceptions] == [
        "TimeoutException",
        "InvalidOperationException",
        "ShopException",
        "AggregateException",
    ]
    assert [raised.parent for raised in parsed.exceptions] == [3, 2, 3, None]
    assert parsed.exceptions[0].value == "slow"
    assert parsed.exceptions[3].frames[0].function == "Main"


def test_iterators_and_messages_over_lines() -> None:
    assert calls(only("dotnet/mono_walk"))[-1] == "Shop.Program|Walk /srv/shop/Checkout.cs:18"
    assert said(sample("dotnet/mono_index")) == [
        (
            "ArgumentOutOfRangeException",
            "Specified argument was out of the range of valid values.\nParameter name: n",
        )
    ]


@pytest.mark.parametrize(
    ("line", "module", "function"),
    [
        ("at Shop.Program.Main()", "Shop.Program", "Main"),
        ("at Shop.Program.Pay[T](Dictionary`2 orders, T& last)", "Shop.Program", "Pay"),
        ("at Shop.Program.<Main>g__Local|0_1(Int32 n)", "Shop.Program", "Main { Local }"),
        ("at Shop.Till..cctor()", "Shop.Till", ".cctor"),
        ("at (wrapper managed-to-native) System.Array.Copy(object,int)", "System.Array", "Copy"),
    ],
)
def test_one_call(line: str, module: str, function: str) -> None:
    (frame,) = parse(f"   {line}").frames

    assert (frame.module, frame.function) == (module, function)


def test_a_code_behind_the_type_and_a_bare_stack() -> None:
    stack = "   at Shop.Program.Main(String[] a) in /srv/shop/Checkout.cs:line 22\n"
    parsed = parse(f"System.ComponentModel.Win32Exception (0x80004005): No such file\n{stack}")
    assert said(parsed) == [("Win32Exception", "No such file")]

    bare = parse(f"fail: Shop.Worker[0]\n{stack}")
    assert bare.before == "fail: Shop.Worker[0]"
    assert said(bare) == [(None, None)]
    assert calls(bare.exceptions[0]) == ["Shop.Program|Main /srv/shop/Checkout.cs:22"]


def test_logs_indent_it() -> None:
    parsed = parse(
        "fail: Shop.Worker[0]\n      Could not charge\n      System.TimeoutException: slow\n"
        "         at Shop.Program.Main(String[] a)\n"
    )

    assert parsed.before == "fail: Shop.Worker[0]\n      Could not charge"
    assert said(parsed) == [("TimeoutException", "slow")]


def test_lines_that_are_not_understood_are_no_message() -> None:
    parsed = parse(
        "System.Exception: outer\n ---> Shop.Declined: declined\n"
        "   at Shop.Till.Charge(Order order)\n~ odd ~\n"
        "   at Shop.Till.Pay()\n   --- End of inner exception stack trace ---\n~ odd too ~\n"
        "   at Shop.Program.Main()\n"
    )

    assert said(parsed) == [("Declined", "declined"), ("Exception", "outer")]
    assert [len(raised.frames) for raised in parsed.exceptions] == [2, 1]
    assert parsed.unread == 2


def test_the_next_error_of_a_log_is_another() -> None:
    first = "System.Exception: one\n   at Shop.Program.Main()\n"
    parsed = parse(f"{first}Unhandled exception. System.Exception: two\n   at Shop.Other.Run()\n")

    assert said(parsed) == [("Exception", "one")]
    assert (len(parsed.frames), parsed.unread) == (1, 2)


def test_a_lambda_that_is_async() -> None:
    parsed = parse("   at Shop.Program.<>c.<<Main>b__0_0>d.MoveNext() in /srv/x.cs:line 3\n", "csharp")

    assert calls(parsed.exceptions[0]) == ["Shop.Program|Main { <lambda> } /srv/x.cs:3"]
