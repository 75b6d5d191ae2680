import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample

NEGATIVE = "total is negative: -5\nask the bank"
REFUSE = "Shop.Till|Shop.Till.refuse/2 shop.exs:6"


def own(name: str) -> list[str]:
    return [call for call in calls(sample(name).exceptions[-1]) if not call.startswith("[")]


def test_an_uncaught_exception() -> None:
    parsed = sample("elixir/plain")

    assert (parsed.platform, parsed.before, parsed.unread) == ("elixir", "", 0)
    assert said(parsed) == [("ArgumentError", NEGATIVE)]
    assert calls(parsed.exceptions[0]) == [
        "[Code|Code.require_file/2 lib/code.ex:1245]",
        '[Enum|Enum."-each/2-lists^foreach/1-0-"/2 lib/enum.ex:975]',
        REFUSE,
    ]


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("elixir/throw", "throw", "{:declined, 5}"),
        (
            "elixir/undef",
            "UndefinedFunctionError",
            "function Shop.Nope.run/1 is undefined (module Shop.Nope is not available)",
        ),
        (
            "elixir/erl",
            "ArgumentError",
            "errors were found at the given arguments:\n\n  * 1st argument: not a binary",
        ),
    ],
)
def test_kinds_of_exits(name: str, kind: str, value: str) -> None:
    assert said(sample(name)) == [(kind, value)]


def test_the_arguments_of_a_clause_are_its_message() -> None:
    (raised,) = sample("elixir/clause").exceptions
    assert raised.value is not None
    assert raised.value.endswith(
        "The following arguments were given to Shop.Till.only/1:\n\n        # 1\n        2"
    )
    assert own("elixir/clause") == ["Shop.Till|Shop.Till.only/1 shop.exs:7"]


def test_what_a_process_was_doing_is_no_call_and_its_client_is_another_stack() -> None:
    parsed = sample("elixir/gen")

    assert parsed.before.endswith("[error] GenServer #PID<0.109.0> terminating")
    assert own("elixir/gen") == ["Srv|Srv.handle_call/3 shop.exs:23", REFUSE]
    assert not any("do_call" in call for call in calls(parsed.exceptions[-1]))
    assert parsed.unread, "the client's stack and its own exit"


def test_a_wrapper_is_left_out_and_a_call_that_exited_is_not() -> None:
    assert said(sample("elixir/phoenix")) == [("KeyError", "key :total not found in: %{id: 7}")]
    assert own("elixir/phoenix")[-1] == (
        "ShopWeb.OrderController|ShopWeb.OrderController.show/2 "
        "lib/shop_web/controllers/order_controller.ex:12"
    )
    exited = parse(
        "** (exit) exited in: GenServer.call(Till, :pay, 5000)\n"
        "    ** (EXIT) an exception was raised:\n"
        "        ** (RuntimeError) no money\n"
        "            (shop 0.1.0) lib/till.ex:6: Till.pay/1\n"
        "    (elixir 1.14.0) lib/gen_server.ex:1038: GenServer.call/3\n"
    )
    assert said(exited) == [
        ("RuntimeError", "no money"),
        ("exit", "exited in: GenServer.call(Till, :pay, 5000)"),
    ]
    assert [calls(raised) for raised in exited.exceptions] == [
        ["Till|Till.pay/1 lib/till.ex:6"],
        ["[GenServer|GenServer.call/3 lib/gen_server.ex:1038]"],
    ]


def test_a_failed_test() -> None:
    parsed = sample("elixir/exunit")
    assert said(parsed) == [("RuntimeError", "total is negative: -5")]
    assert own("elixir/exunit") == [
        "(test) test/till_test.exs:8",
        "Shop.Till|Shop.Till.charge/2 lib/shop/till.ex:6",
    ]
    assert parsed.unread == 0


def test_calls_alone() -> None:
    assert said(sample("elixir/bare")) == [(None, None)]
    assert own("elixir/bare") == ["Shop.Till|Shop.Till.charge/2 lib/shop/till.ex:6"]


def test_erlangs_shell_and_crash_reports() -> None:
    shell = sample("erlang/shell")
    assert shell.platform == "erlang"
    assert said(shell) == [("error", "an error occurred when evaluating an arithmetic expression")]
    assert calls(only("erlang/proc")) == ["till|charge/2 till.erl:3"]
    assert "[lists|map/2 lists.erl:1315]" in calls(only("erlang/escript"))


def test_macros_and_modules_are_calls() -> None:
    parsed = parse(
        "** (ArgumentError) no such field\n    (elixir 1.14.0) expanding macro: Kernel.if/2\n"
        "    lib/shop.ex:5: Shop (module)\n    iex:1: (file)\n"
    )
    assert calls(parsed.exceptions[0]) == [
        "(file) iex:1",
        "Shop (module) lib/shop.ex:5",
        "[expanding macro: Kernel.if/2 ]",
    ]


def test_eunit_says_below_what_was_raised() -> None:
    parsed = parse(
        "till_tests: pay_test...*failed*\nin function till:charge/2 (till.erl, line 4)\n"
        "in call from till_tests:pay_test/0 (till_tests.erl, line 7)\n**error:badarith\n"
    )
    assert (parsed.platform, said(parsed), parsed.unread) == ("erlang", [("error", "badarith")], 0)
    assert calls(parsed.exceptions[0]) == [
        "till_tests|pay_test/0 till_tests.erl:7",
        "till|charge/2 till.erl:4",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "** (Optional) paint the shed **\n** (Later) sell it **",
        "an exception error: we do not know",
        "see lib/shop.ex:12: it is wrong",
    ],
)
def test_prose_is_no_exception(text: str) -> None:
    assert parse(text, "elixir").exceptions == ()
